"""Models and data of every kind can be watched: none ends `fit`."""

import copy
import pickle

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.parts import quick
from zoo import layers
from zoo.callbacks import (
    ActivationMonitor,
    DeadReLUMonitor,
    GradientMonitor,
    TrainingDoctor,
    _naming,
)

dense = keras.layers.Dense
STEPS, FEATURES = 5, 4
RNG = np.random.default_rng(0)
X = RNG.normal(size=(24, STEPS, FEATURES)).astype("float32")
Y = RNG.normal(size=(24, 1)).astype("float32")


def quiet(issue):
    """For on_issue, where the diagnosis is looked at afterwards."""


def doctor(**options):
    return TrainingDoctor(on_issue=quiet, **options)


@keras.saving.register_keras_serializable("tests")
class InLoop(keras.layers.Layer):
    """Calls a layer in the body of a loop."""

    def __init__(self, loop):
        super().__init__()
        self.loop = loop
        self.inner = dense(FEATURES, "relu")

    def build(self, input_shape):
        self.inner.build(input_shape)

    def call(self, x):
        return self.loop(self.inner, x)


def mapped(inner, x):
    return keras.ops.map(inner, x)


def while_loop(inner, x):
    return keras.ops.while_loop(
        lambda i, x: i < 2, lambda i, x: (i + 1, inner(x)), (0, x)
    )[1]


def cond(inner, x):
    positive = keras.ops.sum(x * x) > 0
    return keras.ops.cond(positive, lambda: inner(x), lambda: -x)


def function(inner, x):
    return tf.function(lambda x: inner(x))(x)


def recurrent(layer):
    return lambda: [layer, dense(1)]


def looped(loop):
    return lambda: [InLoop(loop), keras.layers.Flatten(), dense(1)]


LSTM = keras.layers.LSTM
PROGRAMS = {
    "LSTM": recurrent(LSTM(3, name="rnn")),
    "GRU": recurrent(keras.layers.GRU(3, name="rnn")),
    "SimpleRNN": recurrent(keras.layers.SimpleRNN(3, name="rnn")),
    "Bidirectional": recurrent(keras.layers.Bidirectional(LSTM(3, name="rnn"))),
    "RNN of a cell": recurrent(
        keras.layers.RNN(keras.layers.LSTMCell(3), name="rnn")
    ),
    "stacked": lambda: [LSTM(3, return_sequences=True), LSTM(3), dense(1)],
    "masked": lambda: [keras.layers.Masking(), LSTM(3), dense(1)],
    "unrolled": recurrent(LSTM(3, unroll=True)),
    "TimeDistributed": lambda: [
        keras.layers.TimeDistributed(dense(3)),
        keras.layers.Flatten(),
        dense(1),
    ],
    "map": lambda: [InLoop(mapped), keras.layers.Flatten(), dense(1)],
    "while_loop": lambda: [
        InLoop(while_loop),
        keras.layers.Flatten(),
        dense(1),
    ],
    "cond": lambda: [InLoop(cond), keras.layers.Flatten(), dense(1)],
    "tf.function": lambda: [InLoop(function), keras.layers.Flatten(), dense(1)],
}


def model_of(steps, **options):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((STEPS, FEATURES)), *steps])
    model.compile("sgd", "mse", **options)
    return model


@pytest.mark.parametrize(
    "name", quick(PROGRAMS, ("LSTM", "Bidirectional", "map", "tf.function"))
)
def test_loops_and_other_graphs(name):
    monitors = [doctor(), GradientMonitor(), DeadReLUMonitor(X)]
    model = model_of(PROGRAMS[name]())
    model.fit(X, Y, 8, epochs=2, verbose=0, callbacks=monitors)
    record = monitors[0].history[-1]
    # Every trained weight has a norm, and the last layer its outputs.
    entries = record["gradients"]["variables"]
    assert all(entry["norm"] > 0 for entry in entries.values())
    assert list(record["activations"]["layers"])[-1] == model.layers[-1].path
    if any("rnn" in path for path in entries):
        found = record["activations"]["layers"]
        rnns = [n for n in found if "rnn" in n]
        assert len(rnns) == (2 if name == "Bidirectional" else 1)
        assert all(found[rnn]["std"] > 0 for rnn in rnns)


def attention(**options):
    x = inputs = keras.Input((STEPS, FEATURES))
    mha = keras.layers.MultiHeadAttention(2, 3, name="mha", **options)
    x = keras.layers.LayerNormalization(axis=(1, 2))(x + mha(x, x))
    x = keras.layers.Flatten()(keras.layers.PReLU()(x))
    return keras.Model(inputs, dense(1, name="top")(x))


def embedding():
    inputs = keras.Input((STEPS,), dtype="int32")
    x = keras.layers.Embedding(7, 3, name="words")(inputs)
    return keras.Model(inputs, dense(1, name="top")(keras.layers.Flatten()(x)))


def images(*steps):
    return lambda: keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            *steps,
            keras.layers.Flatten(),
            dense(1, name="top"),
        ]
    )


class Matrix(keras.layers.Layer):
    """A layer whose kernel has a name of its own."""

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], 3), name="w")
        self.b = self.add_weight(shape=(1, 3), name="b")

    def call(self, x):
        return x @ self.w + self.b


KERNELS = {
    "attention": (
        attention,
        [
            "mha/query/kernel",
            "mha/key/kernel",
            "mha/value/kernel",
            "mha/attention_output/kernel",
            "top/kernel",
        ],
    ),
    "embedding": (embedding, ["words/embeddings", "top/kernel"]),
    "separable": (
        images(keras.layers.SeparableConv2D(2, 3, name="conv")),
        ["conv/depthwise_kernel", "conv/pointwise_kernel", "top/kernel"],
    ),
    "pointwise of one": (
        images(keras.layers.DepthwiseConv2D(1, name="conv")),
        ["conv/kernel", "top/kernel"],
    ),
    "LSTM": (
        lambda: model_of([LSTM(3, name="rnn"), dense(1, name="top")]),
        ["lstm_cell/kernel", "lstm_cell/recurrent_kernel", "top/kernel"],
    ),
    "weight norm": (
        images(layers.WeightNorm(keras.layers.Conv2D(2, 3, name="conv"))),
        ["conv/kernel", "top/kernel"],
    ),
    "decorrelated": (
        images(layers.DecorrelatedBatchNorm(name="whitening")),
        ["top/kernel"],
    ),
    "scalar": (
        images(keras.layers.Normalization(mean=0.0, variance=1.0)),
        ["top/kernel"],
    ),
    "own names": (images(Matrix(name="own")), ["own/w", "top/kernel"]),
}


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_are_those_of_the_layers(name):
    make, expected = KERNELS[name]
    model = make()
    known = _naming.kernels(model)
    paths = [v.path for v in model.weights if id(v) in known]
    assert len(paths) == len(expected)
    for path, end in zip(paths, expected, strict=True):
        assert path.endswith(end)
    # Frozen ones are kernels, too.
    model.trainable = False
    assert _naming.kernels(model) == known


def test_attention_with_biases_is_healthy():
    keras.utils.set_random_seed(0)
    x = RNG.normal(size=(256, STEPS, FEATURES)).astype("float32")
    model = attention()
    model.compile("adam", "mse", jit_compile=False)
    watcher = doctor()
    model.fit(x, x[:, :1, 0], epochs=2, verbose=0, callbacks=[watcher])
    assert not {i.cause for i in watcher.diagnosis} & {"exploding", "vanishing"}
    weights = watcher.history[0]["weights"]
    assert not [path for path in weights if "bias" in path]


@pytest.mark.parametrize("kind", ["sequential", "functional", "subclassed"])
def test_rates_of_dropout_layers(kind):
    drops = [keras.layers.Dropout(0.9), keras.layers.Dropout(0.2)]

    class Subclassed(keras.Model):
        def __init__(self):
            super().__init__()
            self.steps = [dense(4), drops[0], dense(4), drops[1], dense(3)]

        def call(self, x):
            for step in self.steps:
                x = step(x)
            return x

    x = inputs = keras.Input((6,))
    model = Subclassed()
    if kind == "functional":
        model = keras.Model(inputs, model.call(x))
    if kind == "sequential":
        model = keras.Sequential([inputs, *model.steps])
    x = RNG.normal(size=(16, 6))
    y = RNG.integers(0, 3, 16)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("sgd", loss, metrics=["accuracy"])
    watcher = doctor()
    model.fit(x, y, epochs=3, verbose=0, callbacks=[watcher])
    found = watcher.history[-1]["dropout"]
    assert found == {
        drop.name: {"rate": rate}
        for drop, rate in zip(drops, (0.9, 0.2), strict=True)
    }
    (issue,) = (i for i in watcher.diagnosis if i.cause == "dropout_too_high")
    assert issue.layer == drops[0].name


@pytest.mark.parametrize("watcher", [GradientMonitor, doctor])
@pytest.mark.filterwarnings("ignore:Gradients do not exist")
def test_without_any_gradient_keras_says_so(watcher):
    inputs = keras.Input((6,))
    outputs = keras.ops.stop_gradient(dense(1)(inputs))
    model = keras.Model(inputs, outputs)
    model.compile("sgd", "mse", jit_compile=False)
    with pytest.raises(ValueError, match="No gradients provided for any"):
        model.fit(np.ones((8, 6)), np.ones(8), verbose=0, callbacks=[watcher()])
    # And nothing stays behind that would disturb a training.
    model = keras.Model(inputs, dense(1)(inputs))
    model.compile("sgd", "mse", jit_compile=False)
    again = watcher()
    model.fit(np.ones((8, 6)), np.ones(8), verbose=0, callbacks=[again])
    assert len(again.history) == 1


A = RNG.normal(size=(20, 6)).astype("float32")
B = 2 * A


def two_inputs(subclassed=False):
    class Sum(keras.Model):
        def __init__(self):
            super().__init__()
            self.hidden = dense(5, "relu")

        def call(self, inputs):
            return self.hidden(inputs[0] + inputs[1])

    if subclassed:
        return Sum()
    a, b = keras.Input((6,), name="a"), keras.Input((6,), name="b")
    return keras.Model([a, b], dense(5, "relu")(a + b))


def one_way(make):
    """A dataset of a generator that can be read once."""
    batches = make()

    def generator():
        yield from batches

    return tf.data.Dataset.from_generator(
        generator,
        output_signature=tf.TensorSpec((None, 6), "float32"),
    )


class Batches(keras.utils.PyDataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        part = slice(5 * index, 5 * index + 5)
        return A[part], A[part, :1]


SINGLE = {
    "array": lambda: A,
    "tensor": lambda: tf.constant(A),
    "(x, y)": lambda: (A, A[:, :1]),
    "[x]": lambda: [A],
    "dataset": lambda: tf.data.Dataset.from_tensor_slices((A, A)).batch(8),
    "one-way dataset": lambda: one_way(lambda: iter([A[:8], A[8:]])),
    "generator": lambda: ((A[i : i + 5], A[:5, :1]) for i in range(0, 20, 5)),
    "PyDataset": Batches,
}
DOUBLE = {
    "[a, b]": lambda: [A, B],
    "(a, b)": lambda: (A, B),
    "([a, b], y)": lambda: ([A, B], A),
    "dataset": lambda: tf.data.Dataset.from_tensor_slices(((A, B), A)).batch(8),
}


@pytest.mark.parametrize("name", SINGLE)
def test_probe_of_a_single_input(name):
    model = keras.Sequential([keras.Input((6,)), dense(5, "relu")])
    model.compile("sgd", "mse", jit_compile=False)
    watcher = doctor(probe=SINGLE[name](), probe_size=20)
    model.fit(A, np.zeros((20, 5)), verbose=0, callbacks=[watcher])
    (site,) = watcher.history[0]["units"]["sites"].values()
    assert site["active"] == pytest.approx((model(A).numpy() > 0).mean())


@pytest.mark.parametrize("subclassed", [False, True])
@pytest.mark.parametrize("name", DOUBLE)
def test_probe_of_two_inputs(name, subclassed):
    model = two_inputs(subclassed)
    model.compile("sgd", "mse", jit_compile=False)
    watcher = doctor(probe=DOUBLE[name]())
    model.fit([A, B], np.zeros((20, 5)), verbose=0, callbacks=[watcher])
    (site,) = watcher.history[0]["units"]["sites"].values()
    assert site["active"] == pytest.approx((model([A, B]).numpy() > 0).mean())


@pytest.mark.parametrize(
    "probe", [[], {}, 3.0, [A, B[:5]], iter(()), {"a": A, "b": B[:5]}]
)
def test_probe_that_is_none(probe):
    with pytest.raises(ValueError, match=r"probe (must be|is a dataset)"):
        doctor(probe=probe)


def test_a_dataset_is_read_once():
    reads = []

    def generator():
        reads.append(1)
        yield A

    data = tf.data.Dataset.from_generator(
        generator, output_signature=tf.TensorSpec((None, 6), "float32")
    )
    doctor(probe=data)
    assert len(reads) == 1


@pytest.mark.parametrize("make", [doctor, DeadReLUMonitor, ActivationMonitor])
def test_another_model_with_other_inputs(make):
    watcher = make()
    for size in (6, 3):
        model = keras.Sequential([keras.Input((size,)), dense(5, "relu")])
        model.compile("sgd", "mse", jit_compile=False)
        x = A[:, :size]
        model.fit(x, np.zeros((20, 5)), verbose=0, callbacks=[watcher])
        assert len(watcher.history) == 1


@pytest.mark.parametrize(
    "make", [doctor, GradientMonitor, DeadReLUMonitor, ActivationMonitor]
)
@pytest.mark.parametrize("way", ["deepcopy", "pickle"])
def test_monitors_can_be_copied_after_fit(make, way, tmp_path):
    watcher = make(path=tmp_path / "a.jsonl", log_dir=tmp_path / "board")
    model = keras.Sequential([keras.Input((6,)), dense(5, "relu")])
    model.compile("sgd", "mse", jit_compile=False)
    model.fit(A, np.zeros((20, 5)), verbose=0, callbacks=[watcher])
    if way == "pickle":
        other = pickle.loads(pickle.dumps(watcher))
    else:
        other = copy.deepcopy(watcher)
    # NaN is not equal to itself.
    assert repr(other.history) == repr(watcher.history)
    model.fit(A, np.zeros((20, 5)), verbose=0, callbacks=[other])
    assert len(other.history) == 1
    assert "apply" not in model.optimizer.__dict__


@pytest.mark.parametrize("make", [doctor, DeadReLUMonitor])
def test_a_second_fit_with_other_shapes(make):
    watcher = make()
    model = keras.Sequential(
        [keras.Input((None, FEATURES)), dense(3, "relu"), LSTM(2), dense(1)]
    )
    model.compile("sgd", "mse", jit_compile=False)
    for x in (X, X[:8, :3]):
        model.fit(x, Y[: len(x)], 8, verbose=0, callbacks=[watcher])
        assert len(watcher.history) == 1
    if make is doctor:
        facts = watcher.history[0]["facts"]["inputs"]["0"]
        assert facts["rows"] == 8 * 3  # of the second


@pytest.mark.filterwarnings("ignore:Your input ran out of data")
def test_batches_of_lengths_of_their_own():
    def batches():
        for length in (5, 3, 4):
            yield X[:8, :length], Y[:8]

    data = tf.data.Dataset.from_generator(
        batches,
        output_signature=(
            tf.TensorSpec((None, None, FEATURES), "float32"),
            tf.TensorSpec((None, 1), "float32"),
        ),
    )
    model = keras.Sequential([keras.Input((None, FEATURES)), LSTM(2), dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    watcher = doctor()
    model.fit(data, epochs=2, shuffle=False, verbose=0, callbacks=[watcher])
    facts = watcher.history[0]["facts"]
    assert facts["inputs"]["0"]["rows"] == 8 * (5 + 3 + 4)
    assert facts["start"]["steps"] == 3
    assert np.isfinite(watcher.history[-1]["fit"]["constant"])


class Adversaries(keras.Model):
    """Two networks, each with an optimizer that `train_step` applies."""

    def __init__(self):
        super().__init__()
        self.maker = keras.Sequential([keras.Input((2,)), dense(6)])
        self.judge = keras.Sequential([keras.Input((6,)), dense(1)])

    def compile(self):
        super().compile(jit_compile=False)
        self.first, self.second = (
            keras.optimizers.Adam(),
            keras.optimizers.SGD(),
        )

    def train_step(self, x):
        noise = tf.random.normal((tf.shape(x)[0], 2))
        with tf.GradientTape(persistent=True) as tape:
            made, real = self.judge(self.maker(noise)), self.judge(x)
            judged = tf.reduce_mean(
                tf.nn.softplus(made) + tf.nn.softplus(-real)
            )
            fooled = tf.reduce_mean(tf.nn.softplus(-made))
        for net, optimizer, loss in (
            (self.judge, self.second, judged),
            (self.maker, self.first, fooled),
        ):
            weights = net.trainable_variables
            optimizer.apply_gradients(
                zip(tape.gradient(loss, weights), weights, strict=True)
            )
        return {"judged": judged, "fooled": fooled}


def test_a_model_that_applies_its_own_optimizers():
    model = Adversaries()
    model.compile()
    watcher = doctor()
    with pytest.warns(RuntimeWarning, match="cannot be run on its training"):
        model.fit(A, epochs=2, verbose=0, callbacks=[watcher])
    entries = watcher.history[-1]["gradients"]["variables"]
    assert len(entries) == 4
    assert all(entry["norm"] > 0 for entry in entries.values())
    assert watcher.diagnosis == []
    for optimizer in (model.first, model.second):
        assert "apply" not in optimizer.__dict__

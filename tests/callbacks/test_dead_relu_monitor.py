"""Every way a ReLU can hide, and what is counted there."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.callbacks import _reference as reference
from zoo import layers
from zoo.callbacks import ActivationMonitor, DeadReLUMonitor

dense = keras.layers.Dense
X = reference.data()[0]


def dying(dead=2, **kwargs):
    """A layer of 5 units with `dead` that cannot fire."""
    bias = np.zeros(5)
    bias[:dead] = -1e3
    return dense(
        5, bias_initializer=lambda shape, dtype: bias, name="units", **kwargs
    )


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__(name="block")
        self.units = dying()

    def call(self, x):
        return keras.ops.relu(self.units(x))


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block()

    def call(self, x):
        return tf.nn.relu(self.block(x) - 1e-3)


class Inner(keras.layers.Layer):
    """A layer that keeps its activation to itself."""

    def __init__(self):
        super().__init__(name="inner")
        self.units = dying()
        self.activation = keras.layers.ReLU()

    def call(self, x):
        return 2 * self.activation(self.units(x)) + 1


def functional(*steps):
    x = inputs = keras.Input((6,))
    for step in steps:
        x = step(x)
    return keras.Model(inputs, x)


def nested():
    return keras.Sequential(
        [keras.Input((6,)), functional(dying(), keras.layers.ReLU()), dense(3)]
    )


def shared():
    x = inputs = keras.Input((6,))
    relu = keras.layers.ReLU(name="relu")
    return keras.Model(inputs, relu(dying()(x)) + relu(dense(5)(x) + 1e3))


def masked(x):
    """ReLU(threshold=0.1), as Keras 3.12 computes it."""
    return x * keras.ops.cast(x > 0.1, x.dtype)


HIDDEN = {
    "ReLU layer": lambda: functional(dying(), keras.layers.ReLU()),
    "relu6": lambda: functional(dying(), keras.layers.ReLU(max_value=6)),
    "max_value": lambda: functional(dying(), keras.layers.ReLU(max_value=2)),
    "threshold": lambda: functional(dying(), keras.layers.ReLU(threshold=0.1)),
    "mask": lambda: functional(dying(), masked),
    "Activation": lambda: functional(dying(), keras.layers.Activation("relu")),
    "string": lambda: functional(dying(activation="relu")),
    "keras.activations": lambda: functional(
        dying(activation=keras.activations.relu)
    ),
    "tf.nn": lambda: functional(dying(activation=tf.nn.relu)),
    "keras.ops": lambda: functional(dying(activation=keras.ops.relu)),
    "layer as activation": lambda: functional(
        dying(activation=keras.layers.ReLU())
    ),
    "op node": lambda: functional(dying(), keras.ops.relu),
    "maximum": lambda: functional(dying(), lambda x: keras.ops.maximum(x, 0)),
    "Lambda": lambda: functional(dying(), keras.layers.Lambda(tf.nn.relu)),
    "custom layer": lambda: functional(Inner()),
    "block": lambda: functional(Block()),
    "nested": nested,
    "Sequential": lambda: keras.Sequential([dying(), keras.layers.ReLU()]),
}


def watch(model, monitor=None):
    """Record and logs of an epoch without a step."""
    monitor = monitor or DeadReLUMonitor(X)
    logs = {}
    monitor.set_model(model)
    monitor.on_epoch_begin(0)
    monitor.on_epoch_end(0, logs)
    return monitor.history[0], logs


@pytest.mark.parametrize("case", HIDDEN)
def test_finds_each_relu_once(case):
    keras.utils.set_random_seed(0)
    record, logs = watch(HIDDEN[case]())
    (site,) = record["sites"].values()
    assert site["kind"] == "relu"
    assert site["channels"] == 5
    assert site["dead"] == pytest.approx(0.4)
    assert 0.1 < site["active"] <= 0.6
    assert logs["dead_relu"] == pytest.approx(0.4)


def test_subclassed_model():
    record, _ = watch(Subclassed())
    assert [s["dead"] for s in record["sites"].values()] == [0.4, 0.4]


def test_shared_layer_has_a_site_for_each_call():
    record, logs = watch(shared())
    dead = {name: site["dead"] for name, site in record["sites"].items()}
    assert dead == {"relu": 0.4, "relu#2": 0.0}
    assert logs["dead_relu"] == pytest.approx(0.2)


def test_channels_of_a_convolution():
    inputs = keras.Input((8, 8, 3))
    x = keras.layers.Conv2D(
        4, 3, bias_initializer=lambda s, dtype: np.array([-1e3, 0, 0, 0])
    )(inputs)
    model = keras.Model(inputs, keras.layers.ReLU(name="relu")(x))
    images = np.random.default_rng(0).normal(size=(100, 8, 8, 3))
    images = images.astype("float32")
    record, _ = watch(model, DeadReLUMonitor(images))
    outputs = model(images).numpy()
    site = record["sites"]["relu"]
    assert site["dead"] == 0.25
    assert site["active"] == pytest.approx((outputs > 0).mean(), 1e-5)


def test_nearly_dead():
    x = np.zeros((200, 1), "float32")
    x[0] = 1
    model = keras.Sequential([keras.Input((1,)), keras.layers.ReLU()])
    record, _ = watch(model, DeadReLUMonitor(x, nearly=0.01))
    (site,) = record["sites"].values()
    assert (site["dead"], site["nearly_dead"]) == (0, 1)


def scaled_prelu():
    # Slopes 0 and 0.25.
    slopes = np.array([0, 0.25, 0.25, 0.25, 0.25], "float32")
    return layers.PReLU(alpha_initializer=lambda s, dtype: slopes)


LEAKY = {
    "LeakyReLU": keras.layers.LeakyReLU,
    "negative_slope": lambda: keras.layers.ReLU(negative_slope=0.1),
    "RReLU": layers.RReLU,
    "ELU": keras.layers.ELU,
    "SELU": lambda: keras.layers.Activation("selu"),
    "PReLU": scaled_prelu,
    "keras PReLU": lambda: keras.layers.PReLU("zeros"),
}


@pytest.mark.parametrize("case", LEAKY)
def test_leaky_units_have_a_negative_fraction(case):
    model = functional(dense(5, name="units"), LEAKY[case]())
    record, logs = watch(model)
    before = keras.Model(model.input, model.layers[1].output)(X).numpy()
    (site,) = record["sites"].values()
    assert site["kind"] == "leaky"
    assert site["negative"] == pytest.approx((before <= 0).mean(), abs=1e-6)
    near = {"PReLU": 0.2, "keras PReLU": 1.0}.get(case)
    assert site.get("slopes_near_zero") == (near and pytest.approx(near))
    assert logs["dead_relu"] == 0.0


@pytest.mark.parametrize(
    ("activation", "kind"),
    [("tanh", "tanh"), ("sigmoid", "sigmoid"), (layers.ScaledTanh, "tanh")],
)
def test_saturation(activation, kind):
    if not isinstance(activation, str):
        activation = activation()
    scale = dense(
        5, kernel_initializer=keras.initializers.RandomNormal(0, 3, seed=0)
    )
    model = functional(scale, keras.layers.Activation(activation), dense(2))
    record, _ = watch(model)
    before = keras.Model(model.input, scale.output)(X).numpy()
    slope = {
        "tanh": lambda x: 1 - np.tanh(x) ** 2,
        "sigmoid": lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
    }[kind]
    if isinstance(activation, layers.ScaledTanh):
        before = before * 2 / 3
    (site,) = record["sites"].values()
    assert site["kind"] == kind
    expected = (slope(before) < 0.00995).mean()
    assert site["saturated"] == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("activation", ["gelu", "silu", "mish", "softplus"])
def test_smooth_activations_are_no_sites(activation):
    tanh_gelu = [lambda x: keras.ops.gelu(x, approximate=True)]
    steps = tanh_gelu if activation == "gelu" else []
    record, _ = watch(functional(dense(5, activation), *steps))
    assert record["sites"] == {}


def test_sample_of_the_training_data():
    """It is the first data seen, and taking it changes nothing."""

    def train(callbacks):
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [dense(5, "relu"), keras.layers.Dropout(0.5), dense(3)]
        )
        model.compile("adam", reference.LOSS, jit_compile=False)
        x, y = reference.data()
        data = tf.data.Dataset.from_tensor_slices((x, y))
        data = data.shuffle(100, seed=1).batch(8)
        model.fit(data, epochs=2, verbose=0, shuffle=False, callbacks=callbacks)
        return model

    monitors = [
        DeadReLUMonitor(probe_size=20),
        ActivationMonitor(probe_size=1000),
    ]
    watched, unwatched = train(monitors), train([])
    for a, b in zip(watched.variables, unwatched.variables, strict=True):
        np.testing.assert_array_equal(a, b)
    assert "train_step" not in watched.__dict__
    sample = monitors[0]._probe._sample.read()
    assert len(sample) == 20
    everything = monitors[1]._probe._sample.read()
    assert sorted(everything[:, 0]) == sorted(X[:, 0])
    assert len(monitors[0].history) == 2


def test_structured_inputs():
    a, b = keras.Input((6,), name="a"), keras.Input((6,), name="b")
    model = keras.Model({"a": a, "b": b}, dense(3, "relu")(a + b))
    model.compile("sgd", "mse")
    x = {"a": X, "b": 2 * X}
    monitor = DeadReLUMonitor(probe_size=8)
    model.fit(x, np.zeros((len(X), 3)), verbose=0, callbacks=[monitor])
    (site,) = monitor.history[0]["sites"].values()
    sample = monitor._probe._sample.read()
    assert sample["a"].shape == (8, 6)
    np.testing.assert_array_equal(sample["b"], 2 * sample["a"])
    expected = (model(sample).numpy() > 0).mean()
    assert site["active"] == pytest.approx(expected)
    assert 0 < expected < 1


def test_dataset_as_probe():
    data = tf.data.Dataset.from_tensor_slices((X, X[:, :1])).batch(8)
    record, _ = watch(
        functional(dying(activation="relu")), DeadReLUMonitor(data)
    )
    assert record["sites"]["units"]["dead"] == pytest.approx(0.4)


def test_every_second_epoch(tmp_path):
    path = tmp_path / "units.jsonl"
    monitor = DeadReLUMonitor(X, every=2, path=path)
    model = functional(dying(activation="relu"))
    model.compile("sgd", "mse")
    logs = model.fit(
        X, np.zeros((len(X), 5)), epochs=3, verbose=0, callbacks=[monitor]
    ).history
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["epoch"] for line in lines] == [0, 2]
    assert len(logs["dead_relu"]) == 3


def picture(monitor, path):
    """The first axes of what `plot` draws."""
    figure = monitor.plot(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    return figure.axes[0]


def test_picture_of_dead_and_saturated_units(tmp_path):
    monitor = DeadReLUMonitor(X)
    tanh = dense(5, "tanh", bias_initializer=lambda s, dtype: [9, 9, 9, 0, 0])
    watch(functional(dying(activation="relu"), tanh), monitor)
    monitor.on_epoch_end(1)
    axes = picture(monitor, tmp_path / "units.png")
    shown = axes.images[0].get_array()
    site = monitor.history[0]["sites"][tanh.path]
    assert site["saturated"] >= 0.6
    np.testing.assert_allclose(shown, [[0.4] * 2, [site["saturated"]] * 2])
    assert [t.get_text() for t in axes.get_xticklabels()] == ["1", "2"]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["units", tanh.path]


def test_picture_of_a_network_without_such_units(tmp_path):
    monitor = DeadReLUMonitor(X)
    watch(functional(dense(5, "gelu")), monitor)
    axes = picture(monitor, tmp_path / "units.png")
    assert [text.get_text() for text in axes.texts] == [
        "no ReLU, tanh or sigmoid"
    ]


def test_activation_monitor(tmp_path):
    model = functional(
        dense(5, name="first"), keras.layers.LayerNormalization(), dense(2)
    )
    monitor = ActivationMonitor(X, path=tmp_path / "activations.csv")
    record, _ = watch(model, monitor)
    first = keras.Model(model.input, model.get_layer("first").output)(X)
    entry = record["layers"]["first"]
    values = first.numpy()
    assert entry["mean"] == pytest.approx(values.mean(), abs=1e-6)
    assert entry["std"] == pytest.approx(values.std(), rel=1e-5)
    assert entry["q05"] == pytest.approx(np.percentile(values, 5), rel=1e-5)
    assert list(record["layers"]) == [
        "first",
        model.layers[-2].path,
        model.layers[-1].path,
    ]
    monitor.plot(tmp_path / "activations.png")
    assert (tmp_path / "activations.png").exists()


@pytest.mark.parametrize(
    ("argument", "value"),
    [("probe_size", 0), ("every", 0), ("nearly", 1.0)],
)
def test_arguments_out_of_range(argument, value):
    with pytest.raises(ValueError, match=f"{argument} must be"):
        DeadReLUMonitor(**{argument: value})

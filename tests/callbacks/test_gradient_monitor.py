"""What the monitor records is what GradientTape computes by hand."""

import csv
import itertools
import json
import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from tests.callbacks import _reference as reference
from tests.parts import quick
from zoo.callbacks import (
    DeadReLUMonitor,
    GradientMonitor,
    TrainingDoctor,
)
from zoo.callbacks._naming import layer_of

dense = keras.layers.Dense


def sequential(**kwargs):
    return keras.Sequential(
        [
            keras.Input((6,)),
            dense(5, "relu"),
            keras.layers.BatchNormalization(),
            dense(3, kernel_regularizer=keras.regularizers.L2(0.01)),
        ]
    )


def small():
    return keras.Sequential([keras.Input((6,)), dense(5, "relu"), dense(3)])


def linear():
    return keras.Sequential([keras.Input((6,)), dense(3)])


def unbuilt():
    return keras.Sequential([dense(5, "relu"), dense(3)])


def functional():
    x = inputs = keras.Input((6,))
    shared = dense(6, "tanh", name="shared")
    x = shared(shared(x)) + x
    return keras.Model(inputs, dense(3)(x))


def nested():
    return keras.Sequential([keras.Input((6,)), sequential(), dense(3)])


@keras.saving.register_keras_serializable("tests")
class Subclassed(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = dense(5, "relu")
        self.unused = dense(5)
        self.top = dense(3)

    def call(self, x):
        self.unused(x)
        return self.top(self.hidden(x))


@keras.saving.register_keras_serializable("tests")
class CustomStep(Subclassed):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
            scaled = self.optimizer.scale_loss(loss)
        weights = self.trainable_weights
        self.optimizer.apply(tape.gradient(scaled, weights), weights)
        return {"loss": loss}


def frozen():
    model = sequential()
    model.layers[0].trainable = False
    return model


def half():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        return small()
    finally:
        keras.config.set_dtype_policy("float32")


def embedding():
    # Its gradient comes as IndexedSlices, with rows named twice.
    inputs = keras.Input((6,))
    codes = keras.ops.cast(keras.ops.abs(inputs) * 2, "int32")
    x = keras.layers.Flatten()(keras.layers.Embedding(16, 2)(codes))
    return keras.Model(inputs, dense(3)(x))


def adam(**kwargs):
    return lambda: keras.optimizers.Adam(0.01, **kwargs)


MODELS = {
    f.__name__: f
    for f in (
        sequential,
        unbuilt,
        functional,
        nested,
        Subclassed,
        CustomStep,
        frozen,
        embedding,
    )
}
SETTINGS = {
    "jit": {"jit_compile": True},
    "eager": {"run_eagerly": True},
    "steps_per_execution": {"steps_per_execution": 3},
    "clipnorm": {"optimizer": adam(clipnorm=0.01)},
    "clipvalue": {"optimizer": adam(clipvalue=0.01)},
    "global_clipnorm": {"optimizer": adam(global_clipnorm=0.01)},
    "ema": {"optimizer": adam(use_ema=True, ema_overwrite_frequency=2)},
    "accumulation": {"optimizer": adam(gradient_accumulation_steps=2)},
    "loss_scale": {"optimizer": adam(loss_scale_factor=128.0)},
    "accumulation_scaled": {
        "optimizer": adam(
            gradient_accumulation_steps=2,
            loss_scale_factor=128.0,
            global_clipnorm=0.1,
        )
    },
    "mixed_float16": {"model": half},
    "mixed_float16_clipped": {
        "model": half,
        "optimizer": adam(global_clipnorm=0.01),
    },
}
if hasattr(keras.optimizers, "MultiOptimizer"):  # from Keras 3.15 on
    SETTINGS["multi_optimizer"] = {
        "optimizer": lambda: keras.optimizers.MultiOptimizer(
            keras.optimizers.OptimizerMap(
                keras.optimizers.SGD(), {".*/bias": keras.optimizers.Adam()}
            )
        )
    }
NOT_ALONE = {"Optimizer", "LossScaleOptimizer", "MultiOptimizer"}
if "multi_optimizer" not in SETTINGS:
    NOT_ALONE.add("Muon")  # does not run on TensorFlow before Keras 3.15
OPTIMIZERS = sorted(
    name
    for name in dir(keras.optimizers)
    if isinstance(getattr(keras.optimizers, name), type)
    and issubclass(getattr(keras.optimizers, name), keras.optimizers.Optimizer)
    and name not in NOT_ALONE
)
SEVERAL = {
    **{name: {"model": model} for name, model in MODELS.items()},
    **SETTINGS,
}
ADAM = adam()


def compiled(model=small, optimizer=ADAM, jit_compile=False, **kwargs):
    keras.utils.set_random_seed(1)
    keras.backend.clear_session(free_memory=False)
    model = model()
    model.compile(
        optimizer(), reference.LOSS, jit_compile=jit_compile, **kwargs
    )
    return model


def by_hand(model=small, optimizer=ADAM, **kwargs):
    model = compiled(model, optimizer)
    return reference.train_by_hand(model, model.optimizer)


def assert_close(actual, expected, rtol=1e-5):
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=1e-9)


def fit_both(watchers, **settings):
    """Logs and the watched model, which is what an unwatched one is."""
    unwatched = compiled(**settings)
    losses = reference.fit(unwatched).history["loss"]
    watched = compiled(**settings)
    logs = reference.fit(watched, watchers).history
    assert logs["loss"] == losses
    for one, other in (
        (watched.variables, unwatched.variables),
        (watched.optimizer.variables, unwatched.optimizer.variables),
    ):
        for a, b in zip(one, other, strict=True):
            np.testing.assert_array_equal(a, b)
    for thing in (watched, watched.optimizer):
        assert not {"apply", "_clip_gradients", "train_step"} & set(
            thing.__dict__
        )
    return logs, watched


def assert_records(record, steps):
    """That `record` tells of the gradients of `steps`."""
    each, total = reference.norms(steps)
    assert list(record["variables"]) == list(each)
    layers = {}
    for path, expected in each.items():
        entry = record["variables"][path]
        assert entry["nonfinite_steps"] == 0
        if np.isnan(expected).all():
            assert entry["norm"] is None
            continue
        assert_close(entry["norm"], np.mean(expected))
        assert_close(entry["norm_max"], np.max(expected))
        layers.setdefault(layer_of(path), []).append(expected)
    assert list(record["layers"]) == list(layers)
    for layer, expected in layers.items():
        expected = np.sqrt(np.sum(np.square(expected), 0))
        assert_close(record["layers"][layer]["norm"], np.mean(expected))
    assert_close(record["grad_norm"], np.mean(total))
    assert_close(record["grad_norm_max"], np.max(total))


class FirstReLU(keras.callbacks.Callback):
    """What the first layer with ReLU makes of the data after the epoch."""

    layer = None

    def on_epoch_end(self, epoch, logs=None):
        for layer in self.model._flatten_layers():
            if getattr(layer, "activation", None) is keras.activations.relu:
                self.layer = layer
                self.outputs = layer(reference.data()[0]).numpy()
                break


def update_ratios(weights, path):
    return [
        np.linalg.norm(b[path] - a[path]) / np.linalg.norm(a[path])
        for a, b in itertools.pairwise(weights)
    ]


# One of each kind; `make programs` has the others.
KINDS = (
    *("sequential", "nested", "CustomStep", "frozen", "jit", "eager"),
    *("global_clipnorm", "accumulation_scaled", "mixed_float16_clipped"),
    "multi_optimizer",
)


@pytest.mark.filterwarnings("ignore:Gradients do not exist")
@pytest.mark.parametrize("case", quick(SEVERAL, KINDS))
def test_all_monitors_record_what_is_and_change_nothing(case):
    settings = SEVERAL[case]
    clipping = case != "multi_optimizer"
    third = GradientMonitor(every=3, after_clipping=clipping)
    doctor = TrainingDoctor(on_issue=lambda issue: None)
    first = FirstReLU()
    logs, watched = fit_both([third, doctor, first], **settings)
    seen = doctor.history[0]
    record = seen["gradients"]

    steps, weights = by_hand(**settings)
    assert_records(record, steps)
    assert logs["grad_norm"] == [record["grad_norm"]]
    kernels = [
        record["variables"][v.path]["norm"]
        for v in watched.trainable_variables
        if len(v.shape) == 2
    ]
    kernels = [norm for norm in kernels if norm is not None]
    assert logs["grad_first_last_ratio"] == [kernels[0] / kernels[-1]]

    optimizer = watched.optimizer
    inner = getattr(optimizer, "inner_optimizer", optimizer)
    every = inner.gradient_accumulation_steps or 1
    updates = []
    for i in range(0, len(steps), 3 * every):
        there = [k for k, g in steps[0].items() if g is not None]
        mean = [sum(s[k] for s in steps[i : i + every]) / every for k in there]
        clip = dict(zip(there, inner._clip_gradients(mean), strict=True))
        updates.append(dict.fromkeys(steps[0]) | clip)
    assert_records(third.history[0], updates)

    for path, entry in record["variables"].items():
        if "update_ratio" not in entry:
            assert weights[0][path].ndim < 2 or entry["norm"] is None
            continue
        # The doctor looks at the first of ten.
        ratio = update_ratios(weights, path)[every - 1]
        assert_close(entry["update_ratio"], ratio, 1e-4)

    if first.layer is not None:
        name, outputs = first.layer.path, first.outputs
        site = seen["units"]["sites"][name]
        assert site["dead"] == np.mean((outputs <= 0).all(0))
        # In half precision the graph rounds some to 0 that are not here.
        assert site["active"] == pytest.approx((outputs > 0).mean(), abs=0.01)
        layer = seen["activations"]["layers"][name]
        half = outputs.dtype == np.float16
        assert_close(layer["mean"], outputs.mean(), 1e-2 if half else 1e-5)


@pytest.mark.parametrize("name", quick(OPTIMIZERS, OPTIMIZERS[::4]))
def test_every_optimizer(name):
    settings = {"model": linear, "optimizer": getattr(keras.optimizers, name)}
    monitor = GradientMonitor()
    fit_both([monitor], **settings)
    steps, _ = by_hand(**settings)
    assert_records(monitor.history[0], steps)


def test_nonfinite_steps_are_counted_and_left_out():
    x, y = reference.data()
    x[3 * reference.BATCH] = np.inf
    # oneDNN's ReLU would make 0 of NaN.
    model = compiled(
        lambda: keras.Sequential([dense(5, "tanh"), dense(3)]),
        lambda: keras.optimizers.SGD(0.0),
    )
    monitor = GradientMonitor(every=3)
    logs = model.fit(
        x, y, reference.BATCH, shuffle=False, verbose=0, callbacks=[monitor]
    ).history
    assert logs["grad_nonfinite_steps"] == [1]
    assert np.isfinite(logs["grad_norm"][0])
    for entry in monitor.history[0]["variables"].values():
        assert entry["first_nonfinite_step"] == 3


def test_epochs_longer_than_a_block():
    """The statistics of many steps are those of the few that recur."""
    settings = linear, lambda: keras.optimizers.SGD(0.0)
    x, y = (np.tile(a, (50, 1)[: a.ndim]) for a in reference.data())
    x[150 * reference.BATCH] = np.inf  # and the weights from then on
    monitors = [GradientMonitor(), GradientMonitor(every=2)]
    compiled(*settings).fit(
        x, y, reference.BATCH, shuffle=False, verbose=0, callbacks=monitors
    )
    _, total = reference.norms(by_hand(*settings)[0])
    for monitor, every in zip(monitors, (1, 2), strict=True):
        record = monitor.history[0]
        expected = np.tile(total, 50)[:150:every]
        assert_close(record["grad_norm"], np.mean(expected))
        assert record["grad_nonfinite_steps"] == 50 // every
        for entry in record["variables"].values():
            assert entry["first_nonfinite_step"] == 150


@pytest.mark.parametrize("steps", [None, 2])
def test_update_ratio(steps):
    settings = linear, adam(gradient_accumulation_steps=steps)
    monitor = GradientMonitor(update_ratio=True)
    model = compiled(*settings)
    reference.fit(model, [monitor])
    path = model.layers[0].kernel.path
    ratios = update_ratios(by_hand(*settings)[1], path)
    ratios = ratios[(steps or 1) - 1 :: steps or 1]
    entry = monitor.history[0]["variables"][path]
    assert_close(entry["update_ratio"], np.mean(ratios), 1e-4)
    assert_close(entry["update_ratio_max"], np.max(ratios), 1e-4)


@pytest.mark.skipif(
    "multi_optimizer" not in SETTINGS, reason="Keras before 3.15 has none"
)
def test_clipping_by_several_optimizers_is_refused():
    model = compiled(**SETTINGS["multi_optimizer"])
    with pytest.raises(ValueError, match="after_clipping=True needs one"):
        reference.fit(model, [GradientMonitor(after_clipping=True)])


def test_second_fit_is_recorded_like_the_first():
    monitor, units = GradientMonitor(), DeadReLUMonitor()
    model = compiled(small, lambda: keras.optimizers.SGD(0.0))
    records = []
    for _ in range(2):
        reference.fit(model, [monitor, units])
        assert len(monitor.history) == len(units.history) == 1
        records.append((monitor.history[0], units.history[0]))
    # The weights stand still.
    assert records[0] == records[1]


class Stop(keras.callbacks.Callback):
    """Ends `fit` in the middle of the second epoch."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == (1, 1):
            raise self.error


def test_after_an_exception(tmp_path):
    path = tmp_path / "doctor.jsonl"
    model = compiled(linear)
    broken = TrainingDoctor(path=path, on_issue=lambda issue: None)
    with pytest.raises(RuntimeError, match="stop"):
        reference.fit(model, [broken, Stop(RuntimeError("stop"))], epochs=2)
    assert json.loads(path.read_text())["epoch"] == 0
    # A later fit takes away what was left, whoever watches it.
    others = GradientMonitor(), DeadReLUMonitor()
    reference.fit(model, others)
    assert others[0].history[0]["grad_norm"] > 0
    assert "apply" not in model.optimizer.__dict__
    assert "train_step" not in model.__dict__

    with pytest.raises(KeyboardInterrupt):
        reference.fit(model, [broken, Stop(KeyboardInterrupt())], epochs=2)
    assert "apply" in model.optimizer.__dict__
    broken.detach()
    assert "apply" not in model.optimizer.__dict__
    assert "train_step" not in model.__dict__


def test_resumed_run_appends(tmp_path):
    def run(*others):
        model = compiled(linear)
        backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
        monitor = GradientMonitor(path=tmp_path / "gradients.jsonl")
        table = GradientMonitor(path=tmp_path / "gradients.csv")
        reference.fit(model, [backup, monitor, table, *others], epochs=3)
        return model, monitor

    with pytest.raises(RuntimeError):
        run(Stop(RuntimeError("stop")))
    # As a crash in the middle of a line leaves it.
    with open(tmp_path / "gradients.jsonl", "a") as file:
        file.write('{"epoch": 1, "grad')
    resumed, monitor = run()
    straight = compiled(linear)
    whole = GradientMonitor()
    reference.fit(straight, [whole], epochs=3)
    for a, b in zip(resumed.variables, straight.variables, strict=True):
        np.testing.assert_array_equal(a, b)
    lines = (tmp_path / "gradients.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert records == monitor.history == whole.history
    with open(tmp_path / "gradients.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    totals = [r for r in rows if r["statistic"] == "grad_norm"]
    assert [int(r["epoch"]) for r in totals] == [0, 1, 2]
    assert_close(
        [float(r["value"]) for r in totals],
        [r["grad_norm"] for r in whole.history],
    )


def test_jsonl_has_null_for_what_is_no_number(tmp_path):
    path = tmp_path / "gradients.jsonl"
    monitor = GradientMonitor(path=path)
    monitor.on_epoch_begin(0)
    monitor._keep({"epoch": 0, "grad_norm": math.nan}, {})
    assert json.loads(path.read_text()) == {"epoch": 0, "grad_norm": None}


def test_logs_reach_other_callbacks(tmp_path):
    csv_logger = keras.callbacks.CSVLogger(tmp_path / "log.csv")
    stop = keras.callbacks.EarlyStopping("grad_norm", 1e9, mode="min")
    monitor = GradientMonitor(log_dir=tmp_path / "board")
    model = compiled(linear)
    history = reference.fit(
        model, [monitor, csv_logger, stop], epochs=5
    ).history
    csv_logger.on_train_end()
    assert len(history["grad_norm"]) == 2
    assert "grad_first_last_ratio" in (tmp_path / "log.csv").read_text()
    (events,) = (tmp_path / "board").iterdir()
    tags = {
        value.tag
        for event in tf.compat.v1.train.summary_iterator(str(events))
        for value in event.summary.value
    }
    assert "grad_norm" in tags
    assert f"variables/{model.layers[0].kernel.path}/norm" in tags
    assert "layers/norm" in tags


def test_missing_tensorboard_is_said_clearly(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tensorboard", None)
    with pytest.raises(ImportError, match="pip install tensorboard"):
        GradientMonitor(log_dir=tmp_path)


def test_picture_counts_epochs_from_1(tmp_path):
    monitor = GradientMonitor()
    norms = ((0.1, 1.0), (0.01, 10.0), (0.001, None))
    monitor.history = [
        {"epoch": i, "layers": {"first": {"norm": a}, "last": {"norm": b}}}
        for i, (a, b) in enumerate(norms)
    ]
    path = tmp_path / "new" / "gradients.png"
    figure = monitor.plot(path)
    assert path.read_bytes().startswith(b"\x89PNG")
    heat, flow = figure.axes[:2]
    assert_close(heat.images[0].get_array()[:, :2], [[-1, -2], [0, 1]])
    ticks = [label.get_text() for label in heat.get_xticklabels()]
    assert ticks == ["1", "2", "3"]
    assert [line.get_label() for line in flow.lines] == [
        "epoch 1",
        "epoch 2",
        "epoch 3",
    ]


@pytest.mark.parametrize(
    ("argument", "value"),
    [("every", 0), ("every", 1.5), ("update_ratio", -1)],
)
def test_arguments_out_of_range(argument, value):
    with pytest.raises(ValueError, match=f"{argument} must be"):
        GradientMonitor(**{argument: value})

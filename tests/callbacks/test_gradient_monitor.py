"""What the monitor records is what GradientTape computes by hand."""

import csv
import itertools
import json
import math

import keras
import numpy as np
import pytest
import tensorflow as tf

from callbacks import GradientMonitor
from tests.callbacks import _reference as reference

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
        return sequential()
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
    "multi_optimizer": {
        "optimizer": lambda: keras.optimizers.MultiOptimizer(
            keras.optimizers.OptimizerMap(
                keras.optimizers.SGD(), {".*/bias": keras.optimizers.Adam()}
            )
        )
    },
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
OPTIMIZERS = sorted(
    name
    for name in dir(keras.optimizers)
    if isinstance(getattr(keras.optimizers, name), type)
    and issubclass(getattr(keras.optimizers, name), keras.optimizers.Optimizer)
    and name not in ("Optimizer", "LossScaleOptimizer", "MultiOptimizer")
)
CASES = {
    **{name: {"model": model} for name, model in MODELS.items()},
    **SETTINGS,
    **{
        name: {"optimizer": getattr(keras.optimizers, name)}
        for name in OPTIMIZERS
    },
}


ADAM = adam()


def compiled(model=sequential, optimizer=ADAM, **kwargs):
    keras.utils.set_random_seed(1)
    keras.backend.clear_session(free_memory=False)
    model = model()
    model.compile(optimizer(), reference.LOSS, **kwargs)
    return model


def by_hand(model=sequential, optimizer=ADAM, **kwargs):
    model = compiled(model, optimizer)
    return reference.gradients_by_hand(model, model.optimizer)


def assert_close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-9)


@pytest.mark.filterwarnings("ignore:Gradients do not exist")
@pytest.mark.parametrize("case", CASES)
def test_records_the_gradients_and_changes_nothing(case):
    unwatched = compiled(**CASES[case])
    losses = reference.fit(unwatched).history["loss"]
    watched = compiled(**CASES[case])
    monitor = GradientMonitor()
    history = reference.fit(watched, [monitor]).history

    each, total = reference.norms(by_hand(**CASES[case]))
    record = monitor.history[0]
    assert list(record["variables"]) == list(each)
    for path, expected in each.items():
        if np.isnan(expected).all():
            assert record["variables"][path]["norm"] is None
            continue
        assert_close(record["variables"][path]["norm"], np.mean(expected))
        assert_close(record["variables"][path]["norm_max"], np.max(expected))
        assert record["variables"][path]["nonfinite_steps"] == 0
    assert_close(history["grad_norm"], [np.mean(total)])
    assert_close(history["grad_norm_max"], [np.max(total)])

    assert history["loss"] == losses
    for a, b in zip(watched.variables, unwatched.variables, strict=True):
        np.testing.assert_array_equal(a, b)
    for a, b in zip(
        watched.optimizer.variables, unwatched.optimizer.variables, strict=True
    ):
        np.testing.assert_array_equal(a, b)
    for thing in (watched, watched.optimizer):
        assert not {"apply", "_clip_gradients", "train_step"} & set(
            thing.__dict__
        )


def test_layers_and_ratio():
    model = compiled(functional)
    monitor = GradientMonitor()
    logs = reference.fit(model, [monitor]).history
    steps = by_hand(functional)
    each, _ = reference.norms(steps)
    layer = np.hypot(each["shared/kernel"], each["shared/bias"])
    assert_close(monitor.history[0]["layers"]["shared"]["norm"], np.mean(layer))
    kernels = [np.mean(v) for k, v in each.items() if k.endswith("kernel")]
    assert_close(logs["grad_first_last_ratio"], [kernels[0] / kernels[-1]])


def test_every_third_step():
    monitor = GradientMonitor(every=3)
    logs = reference.fit(compiled(), [monitor]).history
    _, total = reference.norms(by_hand())
    assert_close(logs["grad_norm"], [np.mean(total[::3])])


@pytest.mark.parametrize(
    "clipping", [{"clipnorm": 0.01}, {"global_clipnorm": 0.01}, {}]
)
@pytest.mark.parametrize("model", [sequential, half])
def test_after_clipping(clipping, model):
    monitors = GradientMonitor(after_clipping=True), GradientMonitor()
    reference.fit(compiled(model, adam(**clipping)), monitors)
    steps = by_hand(model, adam(**clipping))
    clip = keras.optimizers.Adam(**clipping)._clip_gradients
    clipped = [
        dict(zip(step, clip(list(step.values())), strict=True))
        for step in steps
    ]
    for monitor, expected in zip(monitors, (clipped, steps), strict=True):
        each, total = reference.norms(expected)
        assert_close(monitor.history[0]["grad_norm"], np.mean(total))
        for path, entry in monitor.history[0]["variables"].items():
            assert_close(entry["norm"], np.mean(each[path]))


@pytest.mark.parametrize("steps", [1, 2])
def test_update_ratio(steps):
    optimizer = adam(gradient_accumulation_steps=steps if steps > 1 else None)
    model = compiled(optimizer=optimizer)
    weights = []

    class Weights(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            weights.append(model.layers[0].kernel.numpy())

    weights.append(model.layers[0].kernel.numpy())
    monitor = GradientMonitor(update_ratio=True)
    reference.fit(model, [monitor, Weights()])
    ratios = [
        np.linalg.norm(b - a) / np.linalg.norm(a)
        for a, b in itertools.pairwise(weights)
    ][steps - 1 :: steps]
    entry = monitor.history[0]["variables"][model.layers[0].kernel.path]
    np.testing.assert_allclose(entry["update_ratio"], np.mean(ratios), 1e-4)
    np.testing.assert_allclose(entry["update_ratio_max"], max(ratios), 1e-4)


def test_nonfinite_steps_are_counted_and_left_out():
    x, y = reference.data()
    x[3 * reference.BATCH] = np.inf
    model = compiled(unbuilt, lambda: keras.optimizers.SGD(0.0))
    monitor = GradientMonitor()
    logs = model.fit(
        x, y, reference.BATCH, shuffle=False, verbose=0, callbacks=[monitor]
    ).history
    assert logs["grad_nonfinite_steps"] == [1]
    assert np.isfinite(logs["grad_norm"][0])


def test_second_fit_is_recorded_like_the_first():
    first, second = GradientMonitor(), GradientMonitor()
    model = compiled(optimizer=lambda: keras.optimizers.SGD(0.0))
    reference.fit(model, [first])
    reference.fit(model, [second])
    reference.fit(model, [first])
    # Weights stand still; only the batch norm's averages moved.
    assert len(first.history) == 1
    assert_close(first.history[0]["grad_norm"], second.history[0]["grad_norm"])


def test_several_monitors_share_the_tap():
    monitors = [GradientMonitor(), GradientMonitor(every=2), GradientMonitor()]
    model = compiled()
    reference.fit(model, monitors, epochs=2)
    assert monitors[0].history == monitors[2].history
    assert [len(m.history) for m in monitors] == [2, 2, 2]
    assert "apply" not in model.optimizer.__dict__


class Stop(keras.callbacks.Callback):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1:
            raise self.error


@pytest.mark.parametrize("error", [RuntimeError("stop"), KeyboardInterrupt()])
def test_after_an_exception(error, tmp_path):
    path = tmp_path / "gradients.jsonl"
    model = compiled()
    broken = GradientMonitor(path=path)
    with pytest.raises(type(error)):
        reference.fit(model, [broken, Stop(error)], epochs=2)
    assert json.loads(path.read_text())["epoch"] == 0
    # A later fit takes the left tap away, whoever watches it.
    other = GradientMonitor()
    reference.fit(model, [other])
    assert other.history[0]["grad_norm"] > 0
    assert "apply" not in model.optimizer.__dict__

    with pytest.raises(type(error)):
        reference.fit(model, [broken, Stop(error)], epochs=2)
    assert "apply" in model.optimizer.__dict__
    broken.detach()
    assert "apply" not in model.optimizer.__dict__


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_resumed_run_appends(tmp_path, suffix):
    path = tmp_path / f"gradients.{suffix}"

    def run(stop):
        model = compiled()
        backup = keras.callbacks.BackupAndRestore(tmp_path / "backup")
        monitor = GradientMonitor(path=path)
        reference.fit(model, [backup, monitor, *stop], epochs=3)
        return model, monitor

    with pytest.raises(RuntimeError):
        run([Stop(RuntimeError("stop"))])
    if suffix == "jsonl":
        # As a crash in the middle of a line leaves it.
        with open(path, "a") as file:
            file.write('{"epoch": 1, "grad')
    resumed, monitor = run([])
    straight = compiled()
    whole = GradientMonitor()
    reference.fit(straight, [whole], epochs=3)
    for a, b in zip(resumed.variables, straight.variables, strict=True):
        np.testing.assert_array_equal(a, b)
    if suffix == "jsonl":
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        assert lines == monitor.history == whole.history
    else:
        with open(path, newline="") as file:
            rows = list(csv.DictReader(file))
        totals = [r for r in rows if r["statistic"] == "grad_norm"]
        assert [int(r["epoch"]) for r in totals] == [0, 1, 2]
        assert_close(
            [float(r["value"]) for r in totals],
            [r["grad_norm"] for r in whole.history],
        )


def test_jsonl_has_null_for_what_is_no_number(tmp_path):
    path = tmp_path / "gradients.jsonl"
    x, y = reference.data()
    monitor = GradientMonitor(path=path)
    compiled().fit(x * np.nan, y, verbose=0, callbacks=[monitor])
    record = json.loads(path.read_text())
    assert record["grad_norm"] is None
    assert math.isnan(monitor.history[0]["grad_norm"])


def test_logs_reach_other_callbacks(tmp_path):
    csv_logger = keras.callbacks.CSVLogger(tmp_path / "log.csv")
    stop = keras.callbacks.EarlyStopping("grad_norm", 1e9, mode="min")
    monitor = GradientMonitor(log_dir=tmp_path / "board")
    model = compiled()
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


def test_plot(tmp_path):
    monitor = GradientMonitor()
    reference.fit(compiled(), [monitor], epochs=2)
    monitor.plot(tmp_path / "new" / "gradients.png")
    picture = (tmp_path / "new" / "gradients.png").read_bytes()
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("argument", "value"),
    [("every", 0), ("every", 1.5), ("update_ratio", -1)],
)
def test_arguments_out_of_range(argument, value):
    with pytest.raises(ValueError, match=f"{argument} must be"):
        GradientMonitor(**{argument: value})

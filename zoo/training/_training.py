"""Data and quiet training for experiments; imported inside a `run`."""

import functools
import time

import keras
import numpy as np

from zoo.training import _data, _optimizer, _sources, _speed

COUNT = 256  # of held-out images that activations are measured on


def load(setting, *, batch_size=32, augment="none", **options):
    """The `_data.Data` of a setting's dataset, images_per_class and seed.

    What was read is kept in the process, for later runs.

    Args:
        setting: Of the run.
        batch_size, augment, options: As of `_data.load`.
    """
    return _load(
        setting["dataset"],
        images_per_class=setting.get("images_per_class", 0),
        seed=setting["seed"],
        batch_size=batch_size,
        augment=augment,
        **options,
    )


def train(
    model,
    data,
    *,
    epochs,
    optimizer="adam",
    learning_rate=None,
    loss=None,
    callbacks=(),
    evaluate_training=False,
    **options,
):
    """Compiles and fits a classifier with logits; prints nothing.

    A loss that is no finite number ends the training after its epoch.

    Args:
        model: A Keras model.
        data: Of `load`.
        epochs: Passes over the training images.
        optimizer: A Keras optimizer, or a name for `_optimizer.make`.
        learning_rate, options: Further arguments of `_optimizer.make`.
        loss: A Keras loss; default: cross-entropy of integer labels.
        callbacks: For `fit`, such as monitors.
        evaluate_training: Measure the training images, too, after the last
            epoch, as the held-out ones are (without dropout and other noise).

    Returns:
        A dict for the run's row: `test_accuracy`, `test_loss` and
        `train_accuracy`, `train_loss` (averages over the last epoch's steps)
        after the last epoch, each also as a list over the epochs named
        `…_curve`; `best_test_accuracy`; `fitted_accuracy`, `fitted_loss` with
        `evaluate_training`; `diverged`; `parameters`; `seconds_step` and
        `processor_seconds_step` (summed over threads: what other work on the
        machine disturbs least), the best epoch but the first (None if there
        is one only).
    """
    if isinstance(optimizer, str):
        optimizer = _optimizer.make(
            optimizer,
            steps=epochs * data.steps,
            learning_rate=learning_rate,
            **options,
        )
    if loss is None:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(
        optimizer,
        loss,
        metrics=["accuracy"],
        jit_compile=_speed.started.jit_compile,
    )
    recorder = _Curves(data.steps)
    model.fit(
        data.train(0, epochs),
        epochs=epochs,
        steps_per_epoch=data.steps,
        validation_data=data.test,
        shuffle=False,  # the data comes shuffled
        verbose=0,
        callbacks=[*callbacks, recorder],
    )
    row = {"parameters": int(model.count_params())} | recorder.row()
    if evaluate_training:
        row["fitted_loss"], row["fitted_accuracy"] = model.evaluate(
            data.train(0, 1), steps=data.steps, verbose=0
        )
    return row


class _Curves(keras.callbacks.Callback):
    """Keeps each epoch's metrics and the time of its steps."""

    NAMES = {  # noqa: RUF012
        "test_accuracy": "val_accuracy",
        "test_loss": "val_loss",
        "train_accuracy": "accuracy",
        "train_loss": "loss",
    }

    def __init__(self, steps):
        super().__init__()
        self._steps, self._seconds, self._logs = steps, [], []

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = _clocks()

    def on_test_begin(self, logs=None):
        if len(self._seconds) == len(self._logs):  # within `fit`
            self._seconds.append((_clocks() - self._begun) / self._steps)

    def on_epoch_end(self, epoch, logs=None):
        self._logs.append({k: float(logs[n]) for k, n in self.NAMES.items()})
        self.model.stop_training |= not np.isfinite(logs["loss"])

    def row(self):
        curves = {
            f"{name}_curve": [logs[name] for logs in self._logs]
            for name in self.NAMES
        }
        later = self._seconds[1:]
        best = np.min(later, axis=0) if later else (None, None)
        return {
            **self._logs[-1],
            "best_test_accuracy": max(curves["test_accuracy_curve"]),
            "diverged": not np.isfinite(self._logs[-1]["train_loss"]),
            "seconds_step": best[0],
            "processor_seconds_step": best[1],
            **curves,
        }


def _clocks():
    return np.array([time.perf_counter(), time.process_time()])


def epochs_to(curve, value):
    """After how many epochs a curve is at least `value`; None: never."""
    return next((i for i, v in enumerate(curve, 1) if v >= value), None)


def probe(data, count=COUNT):
    """(images, labels) of the first held-out ones, as arrays."""
    return _arrays(data.test.unbatch().take(count).batch(count))


def training_images(data):
    """(images, labels) of one epoch's training images, as arrays."""
    return _arrays(data.train(0, 1))


def outputs(model, images, prefix="act"):
    """{name: array} of the outputs of layers whose names begin so."""
    chosen = [layer for layer in model.layers if layer.name.startswith(prefix)]
    watched = keras.Model(model.input, [layer.output for layer in chosen])
    batches = [
        watched(images[at : at + COUNT], training=False)
        for at in range(0, len(images), COUNT)
    ]
    return {
        layer.name: np.concatenate([batch[i] for batch in batches])
        for i, layer in enumerate(chosen)
    }


def _arrays(batches):
    images, labels = zip(*batches.as_numpy_iterator(), strict=True)
    return np.concatenate(images), np.concatenate(labels)


@functools.lru_cache(maxsize=2)
def _read(dataset):
    return _data.read(_sources.find(dataset))


@functools.lru_cache(maxsize=4)
def _load(dataset, **options):
    return _data.load(_read(dataset), **options)

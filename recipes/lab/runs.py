"""What a `run` is made of: data, a quiet training, what the network answers."""

import contextlib
import contextvars
import dataclasses
import functools
from collections.abc import Iterable

import keras
import numpy as np

from zoo.recipes.lab import drawing, early
from zoo.training import data as loading, loop, reading, sources

COUNT = 256  # held-out images that activations are measured on
CURVES = {
    "test_accuracy": "val_accuracy",
    "test_loss": "val_loss",
    "train_accuracy": "accuracy",
    "train_loss": "loss",
}


JIT = {"auto": "auto", "on": True, "off": False}  # for `Model.compile`
_jit = contextvars.ContextVar("jit", default="auto")


@contextlib.contextmanager
def compiled_with(jit):
    """Makes `train` compile models with XLA or not, as --jit says."""
    token = _jit.set(JIT[jit])
    try:
        yield
    finally:
        _jit.reset(token)


def load(
    setting: dict, *, batch_size: int = 32, augment: str = "none", **options
) -> loading.Data:
    """The `data.Data` of a setting's dataset, images_per_class and seed.

    The seed draws the images of each class, and `validation_per_class` others
    that are set apart to choose rates by. What was read is kept in the process,
    for later runs. The setting's seed is set, so that it does not matter
    whether the set was prepared before.

    Args:
        setting: The setting of a run.
        batch_size, augment, options: Further arguments of `data.load`.

    Raises:
        ValueError: The setting names no dataset or no seed.
    """
    for name in ("dataset", "seed"):
        if name not in setting:
            raise ValueError(f"A setting needs {name!r}; received {setting}.")
    loaded = _load(
        setting["dataset"],
        per_class=setting.get("images_per_class", 0),
        validation=setting.get("validation_per_class", 0),
        seed=setting["seed"],
        batch_size=batch_size,
        augment=augment,
        **options,
    )
    keras.utils.set_random_seed(setting["seed"])
    return loaded


def train(
    model: keras.Model,
    data: loading.Data,
    *,
    epochs: int,
    optimizer: str | keras.optimizers.Optimizer = "adam",
    loss=None,
    callbacks: Iterable[keras.callbacks.Callback] = (),
    evaluate_training: bool = False,
    **options,
) -> dict:
    """Compiles and fits a classifier with logits; prints nothing.

    A loss that is no finite number ends the training after its epoch.

    Args:
        model: A Keras model.
        data: What `load` returns.
        epochs: Passes over the training images.
        optimizer: A Keras optimizer, or a name for `optimizers.make`.
        loss: A Keras loss. None: cross-entropy of integer labels.
        callbacks: Callbacks for `fit`, such as monitors.
        evaluate_training: Measure the training images, too, after the last
            epoch, as the held-out ones are (without dropout and other noise).
        options: Further arguments of `optimizers.make`, such as
            `learning_rate`.

    Returns:
        A dict for the run's row: `test_accuracy`, `test_loss` and
        `train_accuracy`, `train_loss` (averages over the last epoch's steps)
        after the last epoch, each also as a list over the epochs named
        `…_curve`; `best_test_accuracy`; `fitted_accuracy`, `fitted_loss` with
        `evaluate_training`; `validation_accuracy` where images were set apart
        to choose by; `diverged`; `parameters`; `seconds_step` and
        `processor_seconds_step` (summed over threads: what other work on the
        machine disturbs least), the best epoch but the first (None if there
        is one only).
    """
    loop.compile_model(
        model,
        epochs * data.steps,
        optimizer=optimizer,
        loss=loss,
        jit_compile=_jit.get(),
        **options,
    )
    apart, data = data.validation, dataclasses.replace(data, validation=None)
    if early.is_asked():
        callbacks = [*callbacks, _Reports(apart)]
    done = loop.fit(model, data, epochs, callbacks=callbacks)
    curves = {
        f"{name}_curve": [epoch.metrics[key] for epoch in done]
        for name, key in CURVES.items()
    }
    row = {
        "parameters": int(model.count_params()),
        **{name: done[-1].metrics[key] for name, key in CURVES.items()},
        "best_test_accuracy": max(curves["test_accuracy_curve"]),
        "diverged": done[-1].diverged,
        "seconds_step": _least(epoch.step_seconds for epoch in done[1:]),
        "processor_seconds_step": _least(
            epoch.step_processor_seconds for epoch in done[1:]
        ),
        **curves,
    }
    if evaluate_training:
        row["fitted_loss"], row["fitted_accuracy"] = model.evaluate(
            data.train(0, 1), steps=data.steps, verbose=0
        )
    if apart is not None:
        row["validation_accuracy"] = model.evaluate(apart, verbose=0)[1]
    return row


class _Reports(keras.callbacks.Callback):
    """Tells after each epoch how the run stands: it may end there."""

    def __init__(self, apart):
        super().__init__()
        self._apart, self._curves = apart, {}

    def on_epoch_end(self, epoch, logs=None):
        row = {name: logs[key] for name, key in CURVES.items()}
        if self._apart is not None:
            found = self.model.evaluate(self._apart, verbose=0)
            row["validation_accuracy"] = found[1]
        for name, value in row.items():
            self._curves.setdefault(f"{name}_curve", []).append(value)
        early.report(epoch + 1, row | self._curves)


def _least(seconds):
    return min(seconds, default=None)


def epochs_to(curve: list[float], value: float) -> int | None:
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
    return reading.read(sources.find(dataset))


@functools.lru_cache(maxsize=4)
def _load(dataset, *, per_class, validation, seed, **options):
    raw = drawing.drawn(_read(dataset), per_class, validation, seed)
    return loading.load(raw, seed=seed, **options)

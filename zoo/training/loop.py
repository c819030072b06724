"""Compiles a classifier and trains it: for the recipe and the experiments."""

import dataclasses
import math
import time
from collections.abc import Callable, Iterable

import keras

from zoo.training import optimizers
from zoo.training.data import Data
from zoo.training.devices import Devices


@dataclasses.dataclass(frozen=True)
class Epoch:
    """What one epoch came to.

    Attributes:
        metrics: `epoch` (from 1), the logs of `fit`, `learning_rate`: the
            same for the same seed.
        seconds: Time of the epoch, held-out images included.
        step_seconds: Time of a training step, on the average.
        step_processor_seconds: The same in processor time, summed over
            threads: what other work on the machine disturbs least.
    """

    metrics: dict
    seconds: float
    step_seconds: float
    step_processor_seconds: float

    @property
    def diverged(self) -> bool:
        """Whether the loss is no finite number."""
        return not math.isfinite(self.metrics["loss"])


def compile_model(
    model: keras.Model,
    steps: int,
    *,
    optimizer: str | keras.optimizers.Optimizer = "adam",
    loss=None,
    aux_weight: float | None = None,
    jit_compile: bool | str = "auto",
    **options,
) -> None:
    """Compiles a classifier with logits, for its accuracy.

    Args:
        model: A classifier; its output may be a dictionary with "logits" and
            auxiliary classifiers.
        steps: Steps of the whole training, for the learning rate's schedule.
        optimizer: A Keras optimizer, or a name for `optimizers.make`.
        loss: A loss. None: cross-entropy of integer labels.
        aux_weight: Weight of each auxiliary classifier's loss, where there
            are any.
        jit_compile: Whether XLA compiles the step; "auto": as Keras decides,
            which is not on the CPU.
        options: Further arguments of `optimizers.make`.
    """
    if isinstance(optimizer, str):
        optimizer = optimizers.make(optimizer, steps=steps, **options)
    elif given := [name for name, v in options.items() if v is not None]:
        raise TypeError(
            f"{', '.join(given)}: only for an optimizer that is given by "
            f"name; received {optimizer!r}."
        )
    if loss is None:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    weights, metrics = None, ["accuracy"]
    if isinstance(model.output, dict):
        loss = dict.fromkeys(model.output, loss)
        weights = dict.fromkeys(model.output, aux_weight) | {"logits": 1.0}
        metrics = {"logits": metrics}
    model.compile(
        optimizer,
        loss,
        loss_weights=weights,
        metrics=metrics,
        jit_compile=jit_compile,
    )


def fit(
    model: keras.Model,
    data: Data,
    epochs: int,
    *,
    first_epoch: int = 0,
    callbacks: Iterable[keras.callbacks.Callback] = (),
    keep: Callable[[Epoch], None] | None = None,
    devices: Devices | None = None,
) -> list[Epoch]:
    """Trains a compiled classifier; ends early where the loss is lost.

    Args:
        model: A model that `compile_model` compiled.
        data: A `data.Data`. `val_loss` and `val_accuracy` are those of its
            validation images, or of the held-out ones if it has none.
        epochs: Number of the last epoch.
        first_epoch: Epochs that were done before.
        callbacks: Keras callbacks. What they add to an epoch's logs is part
            of its metrics.
        keep: Function of an `Epoch`, called at the end of each.
        devices: Those in whose scope the model was made. None: one.

    Returns:
        The epochs; the last one has `diverged` if its loss is no finite
        number, which ends the training.
    """
    train = data.train(first_epoch, epochs)
    test = data.test if data.validation is None else data.validation
    callbacks = list(callbacks)
    train, test = (for_outputs(model, b) for b in (train, test))
    if isinstance(model.output, dict):
        callbacks.insert(0, MainAccuracy())
    steps = None
    if devices is not None and devices.strategy is not None:
        from zoo.training import _tf_fit, _tf_shards

        _tf_fit.prepare(model, devices, train.element_spec, data.batch_size)
        callbacks.insert(0, _tf_fit.AveragesStatistics(devices))
        steps = int(test.cardinality())
        train, test = (_tf_shards.distribute(b, devices) for b in (train, test))
    elif devices is not None and devices.role.workers > 1:
        from zoo.training import _jax_workers

        train = _jax_workers.part(train, devices.role)
        validated = data.validation_count or data.test_count
        if validated % devices.replicas:
            callbacks.insert(0, _jax_workers.ValidatesWhole())
        else:
            test = _jax_workers.part(test, devices.role)
    recorder = EpochRecorder(data.steps, keep)
    model.fit(
        train,
        epochs=epochs,
        initial_epoch=first_epoch,
        steps_per_epoch=data.steps,
        validation_data=test,
        validation_steps=steps,
        shuffle=False,  # the data comes shuffled
        verbose=0,
        callbacks=[*callbacks, recorder],
    )
    return recorder.epochs


class EpochRecorder(keras.callbacks.Callback):
    """Keeps what each epoch came to; stops where the loss is lost."""

    def __init__(self, steps, keep=None):
        super().__init__()
        self.epochs = []
        self._steps, self._keep = steps, keep

    def on_epoch_begin(self, epoch, logs=None):
        self._begun, self._trained = _clocks(), None

    def on_test_begin(self, logs=None):
        if self._trained is None:  # the steps are done
            self._trained = _clocks()

    def on_epoch_end(self, epoch, logs=None):
        now = _clocks()
        trained = now if self._trained is None else self._trained
        step = [
            (a - b) / self._steps
            for a, b in zip(trained, self._begun, strict=True)
        ]
        metrics = {"epoch": epoch + 1}
        metrics |= {name: float(value) for name, value in logs.items()}
        rate = self.model.optimizer.learning_rate
        metrics["learning_rate"] = float(keras.ops.convert_to_numpy(rate))
        done = Epoch(metrics, now[0] - self._begun[0], *step)
        self.epochs.append(done)
        if self._keep:
            self._keep(done)
        if done.diverged:
            self.model.stop_training = True


class MainAccuracy(keras.callbacks.Callback):
    """Calls the classifier's accuracy "accuracy" beside auxiliary heads."""

    def on_epoch_end(self, epoch, logs=None):
        for split in ("", "val_"):
            logs[f"{split}accuracy"] = logs.pop(f"{split}logits_accuracy")


def for_outputs(model: keras.Model, batches):
    """Batches in which each output of a model has the labels, if several."""
    if not isinstance(model.output, dict):
        return batches
    names = list(model.output)
    return batches.map(lambda x, y: (x, dict.fromkeys(names, y)))


def _clocks():
    return time.perf_counter(), time.process_time()

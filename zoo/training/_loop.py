"""One training: fit under a TrainingDoctor, metrics and checkpoints."""

import math
import time

import keras

from zoo import callbacks
from zoo.training._progress import ProgressBar


class Recorder(keras.callbacks.Callback):
    """Writes each epoch's metrics and checkpoint; stops where loss is lost."""

    def __init__(self, run, images):
        super().__init__()
        self._run, self._images = run, images
        self.diverged = False

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = time.perf_counter() - self._begun
        row = {"epoch": epoch + 1}
        row |= {name: float(value) for name, value in logs.items()}
        row["learning_rate"] = float(self.model.optimizer.learning_rate)
        times = {
            "seconds": round(seconds, 3),
            "images_per_second": round(self._images / seconds, 1),
        }
        # Metrics first: a row without its checkpoint is dropped on resuming.
        self._run.add(row, times)
        self._run.save_checkpoint(self.model, epoch + 1)
        if not math.isfinite(row["loss"]):
            self.diverged = True
            self.model.stop_training = True


class MainAccuracy(keras.callbacks.Callback):
    """Calls the classifier's accuracy "accuracy" beside auxiliary heads."""

    def on_epoch_end(self, epoch, logs=None):
        for split in ("", "val_"):
            logs[f"{split}accuracy"] = logs.pop(f"{split}logits_accuracy")


def _for_all(outputs, batches):
    """Gives every output of a model the labels."""
    return batches.map(lambda x, y: (x, dict.fromkeys(outputs, y)))


def fit(model, data, epochs, run):
    """Trains a compiled model from where its run stands up to `epochs`.

    Args:
        model: A compiled model; a resumed run's checkpoint is put into it.
        data: A `_data.Data`.
        epochs: The last epoch.
        run: A `_run.Run`, which gets metrics, checkpoints, report and figures.

    Returns:
        Whether the loss became infinite or NaN, which ends the training.
    """
    first = run.restore_checkpoint(model) if run.resumed else 0
    if first:
        print(f"resumed after epoch {first}")
    if first >= epochs:
        return False
    # Gradients, dead units and activations, with a diagnosis of all three.
    doctor = callbacks.TrainingDoctor(
        probe=next(iter(data.test))[0].numpy(),  # the same after resuming
        on_issue=lambda issue: print(f"doctor: {issue.text}", flush=True),
        report=run / "report.html",
        path=run / "doctor.jsonl",
    )
    images = [data.train(first, epochs), data.test]
    helpers = []
    if isinstance(model.output, dict):
        images = [_for_all(model.output, batches) for batches in images]
        helpers = [MainAccuracy()]
    train, test = images
    recorder = Recorder(run, data.steps * data.batch_size)
    bar = ProgressBar(epochs, data.steps, first)
    try:
        model.fit(
            train,
            epochs=epochs,
            initial_epoch=first,
            steps_per_epoch=data.steps,
            validation_data=test,
            shuffle=False,  # the data comes shuffled
            verbose=0,
            callbacks=[*helpers, doctor, recorder, bar],
        )
    finally:
        bar.close()
    doctor.plot(run / "gradient_norm.png")
    doctor.plot(run / "dead_units.png", "units")
    return recorder.diverged

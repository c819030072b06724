"""What a person sees of a training: a bar on a terminal, lines elsewhere."""

import sys
import time

import keras
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class ProgressBar(keras.callbacks.Callback):
    """A bar over all epochs with the time left, and a line for each epoch."""

    async_safe = True  # its batch hook reads no logs

    def __init__(self, epochs, steps, first_epoch=0):
        super().__init__()
        self._epochs, self._steps, self._first = epochs, steps, first_epoch
        self._bar = self._task = None

    def on_train_begin(self, logs=None):
        if not sys.stdout.isatty():
            return
        self._bar = Progress(
            TextColumn("epoch {task.fields[epoch]}"),
            BarColumn(),
            TextColumn("{task.percentage:3.0f} %"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(highlight=False),
            transient=True,
        )
        self._task = self._bar.add_task(
            "", total=self._steps * (self._epochs - self._first), epoch=""
        )
        self._bar.start()

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = time.perf_counter()
        if self._bar:
            self._bar.update(self._task, epoch=f"{epoch + 1}/{self._epochs}")

    def on_train_batch_end(self, batch, logs=None):
        if self._bar:
            self._bar.advance(self._task)

    def on_epoch_end(self, epoch, logs=None):
        width = len(str(self._epochs))
        line = (
            f"epoch {epoch + 1:{width}}/{self._epochs}"
            f"  loss {logs['loss']:.4f}  accuracy {logs['accuracy']:.4f}"
            f"  held out {logs['val_loss']:.4f}  {logs['val_accuracy']:.4f}"
            f"  {time.perf_counter() - self._begun:.1f} s"
        )
        if self._bar:
            self._bar.console.print(line)
        else:
            print(line, flush=True)

    def on_train_end(self, logs=None):
        self.close()

    def close(self):
        """Gives the terminal back, also after an exception in `fit`."""
        if self._bar:
            self._bar.stop()
            self._bar = None

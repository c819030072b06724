"""What a person sees of a training: a bar on a terminal, lines elsewhere."""

import importlib.util
import sys
import time

import keras


class ProgressBar(keras.callbacks.Callback):
    """A line for each epoch; on a terminal a bar with the time left, too.

    The bar is rich's; where rich is not installed, the lines are all.
    """

    async_safe = True  # its batch hook reads no logs

    def __init__(self, epochs, steps, first_epoch=0):
        super().__init__()
        self._epochs, self._steps, self._first = epochs, steps, first_epoch
        self._bar = self._task = None

    def on_train_begin(self, logs=None):
        if sys.stdout.isatty() and importlib.util.find_spec("rich"):
            self._start()

    def _start(self):
        from rich import console, progress

        self._bar = progress.Progress(
            progress.TextColumn("epoch {task.fields[epoch]}"),
            progress.BarColumn(),
            progress.TextColumn("{task.percentage:3.0f} %"),
            progress.TimeElapsedColumn(),
            progress.TextColumn("left"),
            progress.TimeRemainingColumn(),
            console=console.Console(highlight=False),
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

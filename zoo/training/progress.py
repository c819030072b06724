"""What a person sees of a training: a bar on a terminal, lines elsewhere."""

import time

import keras

from zoo._progress import Bar


def bar(role, *arguments):
    """A `ProgressBar`, which of the processes of a job the chief shows."""
    return ProgressBar(*arguments) if role.is_chief else Silent()


class Silent(keras.callbacks.Callback):
    """Shows nothing."""

    def line(self, text):
        pass

    def close(self):
        pass


class ProgressBar(keras.callbacks.Callback):
    """A line for each epoch; on a terminal a bar with the time left, too."""

    async_safe = True  # its batch hook reads no logs

    def __init__(self, epochs, steps, first_epoch=0, measured="held out"):
        super().__init__()
        self._measured = measured
        self._epochs, self._steps, self._first = epochs, steps, first_epoch
        self._done = first_epoch * steps
        self._bar = Bar(epochs * steps)

    def on_train_begin(self, logs=None):
        self._bar = Bar(self._epochs * self._steps)

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = time.perf_counter()
        self._before = f"epoch {epoch + 1}/{self._epochs}"

    def on_train_batch_end(self, batch, logs=None):
        self._done += 1
        left = self._bar.left(self._done, self._first * self._steps)
        self._bar.show(self._done, self._before, left)

    def on_epoch_end(self, epoch, logs=None):
        width = len(str(self._epochs))
        self.line(
            f"epoch {epoch + 1:{width}}/{self._epochs}"
            f"  loss {logs['loss']:.4f}  accuracy {logs['accuracy']:.4f}"
            f"  {self._measured} {logs['val_loss']:.4f}"
            f"  {logs['val_accuracy']:.4f}"
            f"  {time.perf_counter() - self._begun:.1f} s"
        )

    def line(self, text):
        """Prints a line above the bar."""
        self._bar.line(text)

    def on_train_end(self, logs=None):
        self.close()

    def close(self):
        """Gives the terminal back, also after an exception in `fit`."""
        self._bar.close()

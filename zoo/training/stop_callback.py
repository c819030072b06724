"""Ends `fit` between two steps."""

import keras

from zoo.training.stopping import Guard


class StopBetweenSteps(keras.callbacks.Callback):
    """Raises there what a `stopping.Guard` has put off."""

    async_safe = True  # its batch hooks read no logs

    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def on_train_begin(self, logs=None):
        self._guard.busy = True

    def on_train_batch_end(self, batch, logs=None):
        self._guard.check()

    def on_test_batch_end(self, batch, logs=None):
        self._guard.check()

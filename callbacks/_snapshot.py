"""The state of a training, to go back to."""

import keras
import numpy as np


class Snapshot:
    """Weights and optimizer after an epoch, copied to the host's memory.

    Args:
        model: A compiled model.
        epoch: The epoch that it is the state after; -1 before the first.
        number: How many epochs the training as it is has had.
    """

    def __init__(self, model, epoch, number):
        self.epoch, self.number = epoch, number
        self.model, self.optimizer = model, model.optimizer
        self._values = [
            (v, np.array(keras.ops.convert_to_numpy(v)))
            for v in (*model.variables, *model.optimizer.variables)
        ]

    def restore(self):
        """Puts all of it back."""
        self.model.optimizer = self.optimizer
        for variable, value in self._values:
            variable.assign(value)

    def is_finite(self):
        """Whether the weights are."""
        return all(
            bool(np.isfinite(value).all())
            for _, value in self._values
            if value.dtype.kind == "f"
        )

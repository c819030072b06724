"""Moving averages of the weights, which a Keras optimizer keeps beside them.

They are validated in the weights' place, which come back bit by bit: Keras's
`SwapEMAWeights` swaps by adding and subtracting, and rounds.
"""

import keras
import numpy as np


class ValidatesAverages(keras.callbacks.Callback):
    """Evaluates the averages of the weights in their place."""

    _own: tuple | list = ()

    def on_test_begin(self, logs=None):
        pairs = _pairs(self.model)
        self._own = [(weight, weight.numpy()) for weight, _ in pairs]
        for weight, average in pairs:
            weight.assign(average)

    def on_test_end(self, logs=None):
        for weight, value in self._own:
            weight.assign(value)
        self._own = []


def values(model: keras.Model) -> list[np.ndarray]:
    """The model's weights, or their averages where there are any."""
    averages = {id(weight): average for weight, average in _pairs(model)}
    return [averages.get(id(w), w).numpy() for w in model.weights]


def finish(model: keras.Model) -> None:
    """Puts the averages into the weights, as `fit` does when it ends."""
    if _pairs(model):
        model.optimizer.finalize_variable_values(model.trainable_variables)


def _pairs(model):
    """(weight, average) of each trained weight."""
    optimizer = model.optimizer
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    if not (getattr(optimizer, "use_ema", False) and optimizer.built):
        return []
    both = (
        optimizer._trainable_variables,
        optimizer._model_variables_moving_average,
    )
    return [pair for pair in zip(*both, strict=True) if pair[1] is not None]

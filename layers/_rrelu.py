"""Randomized leaky rectifier."""

import keras

from zoo.layers import _backend
from zoo.layers._leaky_relu import leaky_relu
from zoo.layers._random import RandomLayer

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class RReLU(RandomLayer):
    """Leaky ReLU whose slopes are drawn anew for each element in training.

    `y = x if x >= 0 else a * x`, a ~ U(lower, upper) for each element in
    training, a = (lower + upper) / 2 at inference.

    Reference: [Xu et al. 2015](https://arxiv.org/abs/1505.00853), whose
    1 / U(3, 8) has its bounds here, as in PyTorch.

    Args:
        lower, upper: Bounds of the slope, 0 <= lower <= upper.
        seed: int for the same draws in each run; None for others.

    Shapes:
        Any -> the same.

    Raises:
        ValueError: If the bounds are not in order.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.RReLU(0.1, 0.3)(keras.ops.array([-1.0, 1.0])).numpy()
        array([-0.2,  1. ], dtype=float32)
    """

    def __init__(self, lower=1 / 8, upper=1 / 3, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= lower <= upper:
            raise ValueError(
                "RReLU needs 0 <= lower <= upper; received "
                f"lower={lower}, upper={upper}."
            )
        self.lower = float(lower)
        self.upper = float(upper)

    def call(self, inputs, training=False):
        if not training or self.lower == self.upper:
            return leaky_relu(inputs, (self.lower + self.upper) / 2)
        if self._has_fast_path(inputs):
            from zoo.layers import _tf_rrelu

            seed = self.seed_generator.next()
            return _tf_rrelu.rrelu(inputs, self.lower, self.upper, seed)
        slopes = keras.random.uniform(
            ops.shape(inputs),
            self.lower,
            self.upper,
            dtype=inputs.dtype,
            seed=self.seed_generator,
        )
        return ops.where(inputs >= 0, inputs, slopes * inputs)

    def _has_fast_path(self, inputs):
        return (
            _backend.on_tensorflow()
            and keras.backend.standardize_dtype(inputs.dtype) != "float64"
            and not _backend.in_xla()  # it fuses the plain ops
        )

    def get_config(self):
        return {
            **super().get_config(),
            "lower": self.lower,
            "upper": self.upper,
        }

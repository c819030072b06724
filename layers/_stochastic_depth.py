"""Stochastic depth."""

import keras

from zoo.layers._random import RandomLayer

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class StochasticDepth(RandomLayer):
    """Drops a residual branch for some samples of a batch ("drop path").

    In training `y[n] = x[n] * b[n] / (1 - rate)`, b[n] = 0 with probability
    `rate`, else 1; at inference y = x. It stands at the end of the branch,
    before the addition.

    Reference: [Huang et al. 2016](https://arxiv.org/abs/1603.09382), who scale
    at inference where this scales in training, as all later models do.

    Args:
        rate: Probability that a sample's branch is dropped, in [0, 1).
        seed: int for the same draws in each run; None for others.

    Shapes:
        (batch, ...) -> the same.

    Raises:
        ValueError: If `rate` is out of range.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> branch = keras.ops.ones((4, 8, 8, 16))
        >>> layers.StochasticDepth(0.2)(branch, training=True).shape
        TensorShape([4, 8, 8, 16])
    """

    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= rate < 1:
            raise ValueError(f"rate must be in [0, 1); received {rate}.")
        self.rate = float(rate)

    def call(self, inputs, training=False):
        if not training or self.rate == 0:
            return inputs
        shape = (ops.shape(inputs)[0], *[1] * (len(inputs.shape) - 1))
        draws = keras.random.uniform(
            shape, dtype="float32", seed=self.seed_generator
        )
        kept = ops.cast(draws >= self.rate, inputs.dtype)
        return inputs * (kept / (1 - self.rate))

    def get_config(self):
        return {**super().get_config(), "rate": self.rate}


def linear_decay(rate, depth):
    """Rates of `depth` blocks: rate · l / depth for the l-th, the last `rate`.

    Huang et al. 2016, equation 4. Where a model's first block has rate 0 and
    its last `rate` (ConvNeXt), take `[0, *linear_decay(rate, depth - 1)]`.

    Example:
        >>> from zoo import layers
        >>> layers.linear_decay(0.2, 4)
        [0.05, 0.1, 0.15, 0.2]
    """
    return [round(rate * block / depth, 12) for block in range(1, depth + 1)]

"""Shake-shake regularization."""

import keras

from zoo.layers._random import RandomLayer

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class ShakeShake(RandomLayer):
    """Mixes two branches at random, and their gradients at random again.

    In training `y[n] = a[n] · x1[n] + (1 - a[n]) · x2[n]`, and the gradients of
    x1 and x2 are `b[n]` and `1 - b[n]` times that of y, with a and b drawn
    independently from [0, 1] for every sample. At inference the mean of both.

    Reference: [Gastaldi 2017](https://arxiv.org/abs/1705.07485), "Shake-Shake-
    Image".

    Args:
        seed: int for the same draws in each run; None for others.

    Shapes:
        Two of (batch, height, width, channels) -> the same, once.

    Raises:
        ValueError: If there are not two inputs of one shape.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((2, 8, 8, 3))
        >>> layers.ShakeShake()([x, 3 * x]).numpy().max()
        2.0
    """

    def build(self, input_shape):
        if len(input_shape) != 2 or input_shape[0] != input_shape[1]:
            raise ValueError(
                "ShakeShake mixes two inputs of one shape; received "
                f"{input_shape}."
            )

    def call(self, inputs, training=False):
        first, second = inputs
        if not training:
            return (first + second) / 2
        shape = (ops.shape(first)[0], *[1] * (len(first.shape) - 1))
        forward, backward = (
            self._mixed(first, second, shape) for _ in range(2)
        )
        return backward + ops.stop_gradient(forward - backward)

    def _mixed(self, first, second, shape):
        share = keras.random.uniform(
            shape, dtype="float32", seed=self.seed_generator
        )
        share = ops.cast(share, first.dtype)
        return share * first + (1 - share) * second

    def compute_output_shape(self, input_shape):
        return input_shape[0]

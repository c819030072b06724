"""Filter response normalization."""

import keras
from keras import ops

from zoo.layers._channel_norm import ChannelNorm


@keras.saving.register_keras_serializable(package="zoo")
class FilterResponseNorm(ChannelNorm):
    """Divide each channel of each sample by its root mean square.

    y = gamma · x / sqrt(mean(x²) + epsilon) + beta, the mean over positions
    (Singh & Krishnan 2020, https://arxiv.org/abs/1911.09737). No batch is
    involved and no mean subtracted: `ThresholdedLinearUnit` follows in place
    of a ReLU.

    Args:
        epsilon: Number added to the mean square; positive.
        learned_epsilon: Whether to add |e| to `epsilon`, e trained from
            1e-4: the paper's way for maps of one position, where a constant
            leaves little but the sign.
        center: Whether to add `beta`.
        scale: Whether to multiply by `gamma`.

    Shapes:
        (batch, ..., channels), two dimensions or more, in and out.

    Raises:
        ValueError: If `epsilon` is not positive.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.FilterResponseNorm()(keras.ops.ones((2, 8, 8, 3))).shape
        TensorShape([2, 8, 8, 3])
    """

    def __init__(
        self,
        epsilon=1e-6,
        learned_epsilon=False,
        center=True,
        scale=True,
        **kwargs,
    ):
        super().__init__(epsilon, center, scale, **kwargs)
        self.learned_epsilon = bool(learned_epsilon)

    def build(self, input_shape):
        super().build(input_shape)
        if self.learned_epsilon:
            self.extra_epsilon = self.add_weight(
                shape=(),
                name="extra_epsilon",
                initializer=keras.initializers.Constant(1e-4),
                autocast=False,
            )

    def normalize(self, x, gamma, beta, training):
        squares = ops.square(x)
        if positions := tuple(range(1, len(x.shape) - 1)):
            squares = ops.mean(squares, positions, keepdims=True)
        epsilon = self.epsilon
        if self.learned_epsilon:
            epsilon += ops.abs(ops.cast(self.extra_epsilon, x.dtype))
        return x * (gamma * ops.rsqrt(squares + epsilon)) + beta

    def get_config(self):
        return {
            **super().get_config(),
            "learned_epsilon": self.learned_epsilon,
        }

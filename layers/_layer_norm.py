"""Layer normalization over a whole sample or over each position."""

import keras
from keras import ops

from zoo.layers import _backend
from zoo.layers._channel_norm import ChannelNorm


@keras.saving.register_keras_serializable(package="zoo")
class LayerNorm(ChannelNorm):
    """Normalize each sample by its own mean and variance.

    y = gamma · (x − mean(x)) / sqrt(variance(x) + epsilon) + beta, with one
    gain and one bias a channel (Ba et al. 2016,
    https://arxiv.org/abs/1607.06450).

    Args:
        axis: None: moments over all features of a sample, as in the paper.
            -1: over the channels of each position, as in ConvNeXt.
        epsilon: Number added to the variance; positive.
        center: Whether to add `beta`.
        scale: Whether to multiply by `gamma`.

    Shapes:
        (batch, ..., channels), two dimensions or more, in and out.

    Raises:
        ValueError: If an argument or the input is not as above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.LayerNorm()(keras.ops.ones((2, 8, 8, 3))).shape
        TensorShape([2, 8, 8, 3])
    """

    def __init__(
        self, axis=None, epsilon=1e-5, center=True, scale=True, **kwargs
    ):
        super().__init__(epsilon, center, scale, **kwargs)
        if axis not in (None, -1):
            raise ValueError(
                "`axis` must be None (all features of a sample) or -1 (the "
                f"channels of each position). Received: axis={axis!r}"
            )
        self.axis = axis

    def normalize(self, x, gamma, beta, training):
        if _backend.on_tensorflow():
            from zoo.layers import _tf_norm

            if _tf_norm.is_worth_it(x):
                if self.axis is None:
                    return _tf_norm.layer_norm(x, gamma, beta, self.epsilon)
                return _tf_norm.position_norm(x, gamma, beta, self.epsilon)
        axes = tuple(range(1, len(x.shape))) if self.axis is None else -1
        x = x - ops.mean(x, axes, keepdims=True)
        variance = ops.mean(ops.square(x), axes, keepdims=True)
        return x * (gamma * ops.rsqrt(variance + self.epsilon)) + beta

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}

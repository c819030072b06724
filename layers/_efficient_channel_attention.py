"""Efficient channel attention."""

import math

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class EfficientChannelAttention(keras.layers.Layer):
    """Scales each channel by a gate computed from its neighbours' means.

    `y = x * sigmoid(conv(mean(x)))`, the mean taken over height and width, and
    one filter of `kernel_size` weights slid over the channels, zeros beyond the
    first and the last: no bottleneck, and hardly a parameter.

    Reference: [Wang et al. 2020](https://arxiv.org/abs/1910.03151).

    Args:
        kernel_size: Number of channels that a gate sees, odd. None: the paper's
            rule, the odd number at or above (log2(channels) + 1) / 2, rounded
            down, and at least 3.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If `kernel_size` is even or not positive.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 7, 7, 256))
        >>> layers.EfficientChannelAttention()(images).shape
        TensorShape([1, 7, 7, 256])
    """

    def __init__(self, kernel_size: int | None = None, **kwargs):
        super().__init__(**kwargs)
        if kernel_size is not None and (kernel_size < 1 or not kernel_size % 2):
            raise ValueError(
                f"kernel_size must be odd and positive; received {kernel_size}."
            )
        self.kernel_size = kernel_size
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        self.filter = self.add_weight(
            name="filter",
            shape=(self._size(input_shape[-1]), 1, 1),
            initializer="glorot_uniform",
        )

    def _size(self, channels):
        if self.kernel_size is not None:
            return self.kernel_size
        size = int((math.log2(channels) + 1) / 2)
        return max(size + 1 - size % 2, 3)

    def call(self, inputs):
        means = ops.mean(inputs, axis=(1, 2))[:, :, None]
        gates = ops.conv(
            means, self.filter, padding="same", data_format="channels_last"
        )
        return inputs * ops.sigmoid(gates)[:, None, None, :, 0]

    def compute_output_shape(self, input_shape):
        return input_shape

    def multiply_adds(self, input_shape):
        """Those of the filter, for one image."""
        channels = input_shape[-1]
        return channels * self._size(channels)

    def get_config(self):
        return {**super().get_config(), "kernel_size": self.kernel_size}

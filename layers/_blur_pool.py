"""Low-pass filter and subsampling."""

import math

import keras
import numpy as np

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class BlurPool2D(keras.layers.Layer):
    """Blur, then take every other pixel, so that little aliases.

    The filter is the outer product of a row of Pascal's triangle with itself,
    divided by its sum, such as [1, 2, 1] / 4; the borders are mirrored.

    Reference: [Zhang 2019](https://arxiv.org/abs/1904.11486).

    Args:
        filter_size: Height and width of the filter, 2 or more.
        strides: Every how many pixels the output takes one.

    Shapes:
        (batch, height, width, channels) ->
        (batch, ceil(height / strides), ceil(width / strides), channels).
        Height and width must exceed filter_size // 2.

    Raises:
        ValueError: If `filter_size` or `strides` is out of range.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.BlurPool2D()(keras.ops.ones((1, 7, 8, 3))).shape
        TensorShape([1, 4, 4, 3])
    """

    def __init__(self, filter_size=3, strides=2, **kwargs):
        super().__init__(**kwargs)
        if filter_size < 2:
            raise ValueError(
                f"filter_size must be at least 2; received {filter_size}."
            )
        if strides < 1:
            raise ValueError(f"strides must be positive; received {strides}.")
        self.filter_size = filter_size
        self.strides = strides
        self.input_spec = keras.layers.InputSpec(ndim=4)
        row = [math.comb(filter_size - 1, k) for k in range(filter_size)]
        self._filter = np.outer(row, row) / 4.0 ** (filter_size - 1)

    def call(self, inputs):
        before = (self.filter_size - 1) // 2
        after = self.filter_size - 1 - before
        sides = (before, after)
        x = ops.pad(inputs, ((0, 0), sides, sides, (0, 0)), "reflect")
        kernel = np.tile(
            self._filter[:, :, None, None], (1, 1, inputs.shape[-1], 1)
        )
        return ops.depthwise_conv(
            x,
            ops.convert_to_tensor(kernel, inputs.dtype),
            self.strides,
            "valid",
            data_format="channels_last",
        )

    def compute_output_shape(self, input_shape):
        batch, *space, channels = input_shape
        space = [s and -(-s // self.strides) for s in space]
        return (batch, *space, channels)

    def multiply_adds(self, input_shape):
        """Those of the filter, for one image."""
        _, height, width, channels = self.compute_output_shape(input_shape)
        return height * width * channels * self.filter_size**2

    def get_config(self):
        return {
            **super().get_config(),
            "filter_size": self.filter_size,
            "strides": self.strides,
        }

"""Depthwise convolution with explicit zero padding."""

import keras

from zoo.layers import _convolution, _padding


@keras.saving.register_keras_serializable(package="zoo")
class DepthwiseConv2D(keras.layers.DepthwiseConv2D):
    """`keras.layers.DepthwiseConv2D` that takes explicit zero padding.

    Args:
        kernel_size: int or (height, width).
        strides: int or (height, width); TensorFlow wants both alike.
        padding: "valid", "same" (TensorFlow's), or zeros in pixels: an int for
            all sides, (height, width), or ((top, bottom), (left, right)).
        **kwargs: Further arguments of `keras.layers.DepthwiseConv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, channels * depth_multiplier).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 112, 112, 32))
        >>> layers.DepthwiseConv2D(3, strides=2, padding=1)(images).shape
        TensorShape([1, 56, 56, 32])
    """

    def __init__(
        self,
        kernel_size,
        strides: int | tuple[int, int] = (1, 1),
        padding: _padding.Padding = "valid",
        **kwargs,
    ):
        padding = _padding.standardize(padding)
        super().__init__(kernel_size, strides, "valid", **kwargs)
        self.padding = padding

    def call(self, inputs):
        outputs = _convolution.depthwise_conv(self, inputs, self.kernel)
        if self.use_bias:
            shape = (-1, 1, 1)
            if self.data_format == "channels_last":
                shape = (-1,)
            outputs = outputs + keras.ops.reshape(self.bias, shape)
        if self.activation is not None:
            outputs = self.activation(outputs)
        return outputs

    def compute_output_shape(self, input_shape):
        if isinstance(self.padding, str):
            return super().compute_output_shape(input_shape)
        axis = -1 if self.data_format == "channels_last" else 1
        return _padding.output_shape(
            self,
            input_shape,
            self.kernel_size,
            input_shape[axis] * self.depth_multiplier,
            self.dilation_rate,
        )

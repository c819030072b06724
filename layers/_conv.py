"""Convolution with explicit zero padding."""

import keras

from zoo.layers import _convolution, _padding


@keras.saving.register_keras_serializable(package="zoo")
class Conv2D(keras.layers.Conv2D):
    """`keras.layers.Conv2D` that takes explicit zero padding.

    TensorFlow's "same" pads asymmetrically where strides exceed 1; PyTorch,
    Caffe and most papers pad symmetrically. TensorFlow's kernel takes the
    padding as it is, so this costs nothing and adds no layer.

    Args:
        filters: Number of output channels.
        kernel_size: int or (height, width).
        strides: int or (height, width).
        padding: "valid", "same" (TensorFlow's), or zeros in pixels: an int for
            all sides, (height, width), or ((top, bottom), (left, right)).
        **kwargs: Further arguments of `keras.layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, filters).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 224, 224, 3))
        >>> layers.Conv2D(64, 7, strides=2, padding=3)(images).shape
        TensorShape([1, 112, 112, 64])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides: int | tuple[int, int] = (1, 1),
        padding: _padding.Padding = "valid",
        **kwargs,
    ):
        padding = _padding.standardize(padding)
        super().__init__(filters, kernel_size, strides, "valid", **kwargs)
        self.padding = padding

    def convolution_op(self, inputs, kernel):
        return _convolution.conv(self, inputs, kernel)

    def compute_output_shape(self, input_shape):
        if isinstance(self.padding, str):
            return super().compute_output_shape(input_shape)
        return _padding.output_shape(
            self,
            input_shape,
            self.kernel_size,
            self.filters,
            self.dilation_rate,
        )

"""Convolution with explicit zero padding."""

import keras

from layers import _backend, _padding


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
        **kwargs: Those of `keras.layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, filters).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras, layers
        >>> images = keras.ops.ones((1, 224, 224, 3))
        >>> layers.Conv2D(64, 7, strides=2, padding=3)(images).shape
        TensorShape([1, 112, 112, 64])
    """

    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", **kwargs
    ):
        padding = _padding.standardize(padding)
        super().__init__(filters, kernel_size, strides, "valid", **kwargs)
        self.padding = padding

    def convolution_op(self, inputs, kernel):
        padding = _padding.simplify(
            self.padding, self.kernel_size, self.strides, self.dilation_rate
        )
        if not isinstance(padding, str):
            if _backend.on_tensorflow() and (
                inputs.shape[-1 if self.data_format == "channels_last" else 1]
                == kernel.shape[-2]
            ):
                return self._tensorflow_convolution(inputs, kernel, padding)
            inputs = _padding.pad(inputs, padding, self.data_format)
            padding = "valid"
        return keras.ops.conv(
            inputs,
            kernel,
            strides=self.strides,
            padding=padding,
            data_format=self.data_format,
            dilation_rate=self.dilation_rate,
        )

    def _tensorflow_convolution(self, inputs, kernel, padding):
        import tensorflow as tf

        return tf.nn.conv2d(
            inputs,
            keras.ops.convert_to_tensor(kernel),
            self.strides,
            _padding.for_all_axes(padding, self.data_format),
            "NHWC" if self.data_format == "channels_last" else "NCHW",
            self.dilation_rate,
        )

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

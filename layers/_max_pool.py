"""Max pooling with explicit padding and with ceil rounding."""

import keras

from zoo.layers import _backend, _padding
from zoo.layers._pool import Pool2D


@keras.saving.register_keras_serializable(package="zoo")
class MaxPool2D(Pool2D, keras.layers.MaxPooling2D):
    """Max pooling with explicit padding (of −inf) and with ceil rounding.

    Args:
        pool_size: int or (height, width).
        strides: int, (height, width) or None: `pool_size`.
        padding: "valid", "same" (TensorFlow's), or pixels: an int for all
            sides, (height, width), or ((top, bottom), (left, right)), each less
            than `pool_size`.
        ceil_mode: Round the number of windows up, as Caffe does, not down; the
            last one still starts within the input or the padding before it.
        **kwargs: Further arguments of `keras.layers.MaxPooling2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, channels).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 112, 112, 64))
        >>> layers.MaxPool2D(3, strides=2, padding=1)(images).shape
        TensorShape([1, 56, 56, 64])
    """

    def _pool(self, inputs, padding):
        return keras.ops.max_pool(
            inputs, self.pool_size, self.strides, padding, self.data_format
        )

    def _padded_pool(self, inputs, padding):
        fits = all(
            max(sides) < k
            for sides, k in zip(padding, self.pool_size, strict=True)
        )
        if (
            _backend.on_tensorflow()
            and self.data_format == "channels_last"
            and fits
            and not _backend.in_xla()  # it has no pools with explicit padding
        ):
            import tensorflow as tf

            return tf.nn.max_pool2d(
                inputs,
                self.pool_size,
                self.strides,
                _padding.for_all_axes(padding, self.data_format),
            )
        inputs = _padding.pad(
            inputs, padding, self.data_format, value=float("-inf")
        )
        return self._pool(inputs, "valid")

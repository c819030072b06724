"""Average pooling with explicit padding and with ceil rounding."""

import keras

from zoo.layers import _padding
from zoo.layers._pool import Pool2D

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class AvgPool2D(Pool2D, keras.layers.AveragePooling2D):
    """Average pooling with explicit padding and with ceil rounding.

    Args:
        pool_size, strides, padding, ceil_mode: As `layers.MaxPool2D` takes
            them.
        count_include_pad: Whether explicit padding counts as zeros in the
            average (Caffe, PyTorch's default) or not at all (TensorFlow). What
            `ceil_mode` adds never counts.
        **kwargs: Further arguments of `keras.layers.AveragePooling2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, channels).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 7, 7, 8))
        >>> layers.AvgPool2D(2, ceil_mode=True)(images).shape
        TensorShape([1, 4, 4, 8])
    """

    def __init__(
        self,
        pool_size: int | tuple[int, int] = 2,
        strides=None,
        padding: _padding.Padding = "valid",
        ceil_mode=False,
        count_include_pad=False,
        **kwargs,
    ):
        super().__init__(pool_size, strides, padding, ceil_mode, **kwargs)
        self.count_include_pad = bool(count_include_pad)

    def _pads_as_same(self):
        return not self.count_include_pad

    def _pool(self, inputs, padding):
        return ops.average_pool(
            inputs, self.pool_size, self.strides, padding, self.data_format
        )

    def _padded_pool(self, inputs, padding):
        means = self._pool(
            _padding.pad(inputs, padding, self.data_format), "valid"
        )
        if self.count_include_pad and not self.ceil_mode:
            return means
        return means / self._counted_share(inputs, padding)

    def _counted_share(self, inputs, padding):
        """The share of each window that is counted: (1, H, W, 1)."""
        if self.data_format == "channels_last":
            ones = ops.ones_like(inputs[:1, :, :, :1])
        else:
            ones = ops.ones_like(inputs[:1, :1])
        if self.count_include_pad:
            ones = _padding.pad(ones, self.padding, self.data_format, value=1.0)
            padding = tuple(
                (0, wide[1] - own[1])
                for wide, own in zip(padding, self.padding, strict=True)
            )
        ones = _padding.pad(ones, padding, self.data_format)
        return self._pool(ones, "valid")

    def get_config(self):
        return {
            **super().get_config(),
            "count_include_pad": self.count_include_pad,
        }

"""Grouped convolution that is fast on the CPU too."""

import keras

from layers._conv import Conv2D


@keras.saving.register_keras_serializable(package="zoo")
class GroupedConv2D(Conv2D):
    """Convolution of each group of channels on its own.

    Weights and results are those of `keras.layers.Conv2D(groups=groups)`.

    Args:
        filters: Number of output channels, a multiple of `groups`.
        kernel_size: int or (height, width).
        groups: Number of groups; it divides the input channels.
        strides: int or (height, width).
        padding: As of `layers.Conv2D`.
        **kwargs: Those of `keras.layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, filters).

    Raises:
        ValueError: If `groups` does not divide the channels.

    Example:
        >>> import keras, layers
        >>> images = keras.ops.ones((1, 56, 56, 128))
        >>> layers.GroupedConv2D(128, 3, groups=32, padding=1)(images).shape
        TensorShape([1, 56, 56, 128])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        groups,
        strides=(1, 1),
        padding="valid",
        **kwargs,
    ):
        super().__init__(
            filters, kernel_size, strides, padding, groups=groups, **kwargs
        )

    def convolution_op(self, inputs, kernel):
        axis = -1 if self.data_format == "channels_last" else 1
        inputs = keras.ops.split(inputs, self.groups, axis)
        kernels = keras.ops.split(kernel, self.groups, -1)
        return keras.ops.concatenate(
            [
                super(GroupedConv2D, self).convolution_op(x, k)
                for x, k in zip(inputs, kernels, strict=True)
            ],
            axis,
        )

"""Grouped convolution that is fast on the CPU too."""

import keras
import numpy as np

from zoo.layers import _backend, _convolution, _padding
from zoo.layers._conv import Conv2D

ops = keras.ops

LEAST_CHANNELS = 8  # of a convolution: fewer leave TensorFlow's kernel idle


@keras.saving.register_keras_serializable(package="zoo")
class GroupedConv2D(Conv2D):
    """Convolution of each group of channels on its own.

    Weights and results are those of `keras.layers.Conv2D(groups=groups)`, whose
    gradient is some 60 times slower on TensorFlow's CPU. There, neighbouring
    groups are bundled until a bundle has 8 channels; each bundle is one plain
    convolution with a block-diagonal kernel. One channel a group is a depthwise
    convolution. The backend's own grouped convolution runs elsewhere, and
    wherever TensorFlow sees a GPU. A SavedModel keeps the form of the machine
    that exported it, which is right everywhere but not everywhere the fastest.

    Args:
        filters: Number of output channels, a multiple of `groups`.
        kernel_size: int or (height, width).
        groups: Number of groups; it divides the input channels.
        strides: int or (height, width).
        padding: As `layers.Conv2D` takes it.
        **kwargs: Further arguments of `keras.layers.Conv2D`.

    Shapes:
        (batch, height, width, channels) ->
        (batch, new_height, new_width, filters).

    Raises:
        ValueError: If `groups` does not divide the channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 56, 56, 128))
        >>> layers.GroupedConv2D(128, 3, groups=32, padding=1)(images).shape
        TensorShape([1, 56, 56, 128])
    """

    def __init__(
        self,
        filters,
        kernel_size,
        groups,
        strides: int | tuple[int, int] = (1, 1),
        padding: _padding.Padding = "valid",
        **kwargs,
    ):
        super().__init__(
            filters, kernel_size, strides, padding, groups=groups, **kwargs
        )

    def convolution_op(self, inputs, kernel):
        if self._native():
            return super().convolution_op(inputs, kernel)
        kernel = ops.convert_to_tensor(kernel)
        if kernel.shape[2] == 1 and self.strides[0] == self.strides[1]:
            shape = (*self.kernel_size, self.groups, -1)
            return _convolution.depthwise_conv(
                self, inputs, ops.reshape(kernel, shape)
            )
        bundles, kernel = self._bundle(kernel)
        if bundles == 1:
            return super().convolution_op(inputs, kernel)
        outputs = [
            super(GroupedConv2D, self).convolution_op(x, k)
            for x, k in zip(
                ops.split(inputs, bundles, axis=-1),
                ops.split(kernel, bundles, axis=-1),
                strict=True,
            )
        ]
        return ops.concatenate(outputs, axis=-1)

    def _native(self):
        """Whether the backend's own grouped convolution is the right one."""
        return (
            self.groups == 1
            or not _backend.on_tensorflow()
            or self.data_format != "channels_last"
            or _backend.has_gpu()
        )

    def _bundle(self, kernel):
        """Bundles of groups, each with one dense, block-diagonal kernel.

        Returns:
            The number of bundles, and their kernels side by side:
            (height, width, channels of a bundle, filters).
        """
        height, width, channels, filters = kernel.shape
        size = next(
            n
            for n in range(1, self.groups + 1)
            if self.groups % n == 0
            and (n * channels >= LEAST_CHANNELS or n == self.groups)
        )
        bundles = self.groups // size
        if size > 1:
            blocks = ops.reshape(
                kernel, (height, width, 1, channels, bundles, size, -1)
            )
            # A constant: OpenVINO cannot read TensorFlow's `eye`.
            diagonal = ops.convert_to_tensor(
                np.eye(size).reshape(size, 1, 1, size, 1), kernel.dtype
            )
            kernel = ops.reshape(
                blocks * diagonal, (height, width, size * channels, filters)
            )
        return bundles, kernel

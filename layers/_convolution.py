"""Convolutions with explicit padding, as operations of a layer.

A layer has `padding`, `kernel_size`, `strides`, `dilation_rate` and
`data_format`.
"""

import keras

from zoo.layers import _backend, _padding


def conv(layer, inputs, kernel):
    """`keras.ops.conv`, grouped where the kernel has fewer channels."""
    padding = _simple(layer)
    if not isinstance(padding, str):
        channels = inputs.shape[-1 if _channels_last(layer) else 1]
        if _backend.on_tensorflow() and channels == kernel.shape[-2]:
            import tensorflow as tf

            return tf.nn.conv2d(
                inputs,
                keras.ops.convert_to_tensor(kernel),
                layer.strides,
                _padding.for_all_axes(padding, layer.data_format),
                "NHWC" if _channels_last(layer) else "NCHW",
                layer.dilation_rate,
            )
        inputs = _padding.pad(inputs, padding, layer.data_format)
        padding = "valid"
    return keras.ops.conv(inputs, kernel, padding=padding, **_options(layer))


def depthwise_conv(layer, inputs, kernel):
    """`keras.ops.depthwise_conv`."""
    padding = _simple(layer)
    if not isinstance(padding, str):
        if (
            _backend.on_tensorflow()
            and _channels_last(layer)
            and tuple(layer.dilation_rate) == (1, 1)
        ):
            import tensorflow as tf

            return tf.nn.depthwise_conv2d(
                inputs,
                keras.ops.convert_to_tensor(kernel),
                (1, *layer.strides, 1),
                _padding.for_all_axes(padding, layer.data_format),
            )
        inputs = _padding.pad(inputs, padding, layer.data_format)
        padding = "valid"
    return keras.ops.depthwise_conv(
        inputs, kernel, padding=padding, **_options(layer)
    )


def _simple(layer):
    return _padding.simplify(
        layer.padding, layer.kernel_size, layer.strides, layer.dilation_rate
    )


def _channels_last(layer):
    return layer.data_format == "channels_last"


def _options(layer):
    return {
        "strides": layer.strides,
        "data_format": layer.data_format,
        "dilation_rate": layer.dilation_rate,
    }

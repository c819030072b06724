"""Convolutions with explicit padding, as operations of a layer.

A layer has `padding`, `kernel_size`, `strides`, `dilation_rate` and
`data_format`.
"""

import keras

from zoo.layers import _backend, _padding


def conv(layer, inputs, kernel):
    """`keras.ops.conv`, grouped where the kernel has fewer channels."""
    padding = _simple(layer)
    if isinstance(padding, str) and _is_strided_1x1(layer, kernel):
        padding = ((0, 0), (0, 0))  # which "same" is, too
    if not isinstance(padding, str):
        channels = inputs.shape[-1 if _channels_last(layer) else 1]
        if _backend.on_tensorflow() and channels == kernel.shape[-2]:
            return _tf_conv(layer, inputs, kernel, padding)
        inputs = _padding.pad(inputs, padding, layer.data_format)
        padding = "valid"
    return keras.ops.conv(inputs, kernel, padding=padding, **_options(layer))


def _tf_conv(layer, inputs, kernel, padding):
    import tensorflow as tf

    data_format = layer.data_format
    turned = not _channels_last(layer) and not _backend.has_gpu()
    if turned:  # TensorFlow's CPU convolves channels last alone
        inputs = tf.transpose(inputs, (0, 2, 3, 1))
        data_format = "channels_last"
    outputs = tf.nn.conv2d(
        inputs,
        keras.ops.convert_to_tensor(kernel),
        layer.strides,
        _padding.for_all_axes(padding, data_format),  # pyright: ignore[reportArgumentType]
        "NHWC" if data_format == "channels_last" else "NCHW",
        layer.dilation_rate,
    )
    return tf.transpose(outputs, (0, 3, 1, 2)) if turned else outputs


def depthwise_conv(layer, inputs, kernel):
    """`keras.ops.depthwise_conv`."""
    if kernel.shape[-2] == 1:  # as TensorFlow takes it for its gradients
        return conv(layer, inputs, kernel)
    padding = _simple(layer)
    if not isinstance(padding, str):
        if (
            _backend.on_tensorflow()
            and _channels_last(layer)
            and tuple(layer.dilation_rate) == (1, 1)
        ):
            import tensorflow as tf

            from zoo.layers import _tf_onednn

            outputs = tf.nn.depthwise_conv2d(
                inputs,
                keras.ops.convert_to_tensor(kernel),
                (1, *layer.strides, 1),
                _padding.for_all_axes(padding, layer.data_format),
            )
            return _tf_onednn.fence(outputs)  # from a bias
        inputs = _padding.pad(inputs, padding, layer.data_format)
        padding = "valid"
    return keras.ops.depthwise_conv(
        inputs, kernel, padding=padding, **_options(layer)
    )


def _simple(layer):
    return _padding.simplify(
        layer.padding, layer.kernel_size, layer.strides, layer.dilation_rate
    )


def _is_strided_1x1(layer, kernel):
    """Whether oneDNN would write past the memory of a gradient."""
    if not _backend.on_tensorflow():
        return False
    from zoo.layers import _tf_onednn

    return (
        tuple(layer.kernel_size) == (1, 1)
        and tuple(layer.strides) != (1, 1)
        and kernel.shape[-2] < _tf_onednn.CHANNELS_OF_A_BLOCK
    )


def _channels_last(layer):
    return layer.data_format == "channels_last"


def _options(layer):
    return {
        "strides": layer.strides,
        "data_format": layer.data_format,
        "dilation_rate": layer.dilation_rate,
    }

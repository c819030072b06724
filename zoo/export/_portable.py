"""Convolutions and pools with explicit padding, as other runtimes read them.

OpenVINO's reader refuses TensorFlow's depthwise convolution with explicit
padding, LiteRT its max pool. Where the size of the input is known, there are
others that compute the same.
"""

import functools

import keras
import numpy as np

from zoo import layers
from zoo.export import _pending


def portable(network, pools=False):
    """The network with layers that other runtimes read.

    Args:
        network: A functional model.
        pools: Whether max pools change too.

    Returns:
        The same model where there is nothing to change.
    """
    kinds = [layers.DepthwiseConv2D, *([layers.MaxPool2D] if pools else [])]
    if not any(_is_explicit(x, kinds) for x in network._flatten_layers()):
        return network
    return keras.models.clone_model(
        network,
        clone_function=lambda layer: layer,
        call_function=functools.partial(_call, kinds),
        recursive=True,
    )


def _is_explicit(layer, kinds):
    return (
        type(layer) in kinds
        and not isinstance(layer.padding, str)
        and layer.data_format == "channels_last"
    )


def _call(kinds, layer, *args, **kwargs):
    outputs = None
    if _is_explicit(layer, kinds):
        is_pool = isinstance(layer, layers.MaxPool2D)
        outputs = (_pool if is_pool else _convolution)(layer, *args)
    return layer(*args, **kwargs) if outputs is None else outputs


def _convolution(layer, x):
    """The layer with "same" padding, often with zeros around its kernel."""
    axes = (x.shape[1:3], layer.kernel_size, layer.strides, layer.padding)
    size = tuple(_width(*axis) for axis in zip(*axes, strict=True))
    if None in size or tuple(layer.dilation_rate) != (1, 1):
        return None
    config = _pending.configuration(layer)
    config |= {"kernel_size": size, "padding": "same"}
    new = keras.layers.DepthwiseConv2D.from_config(config)
    outputs = new(x)
    kernel, *bias = (keras.ops.convert_to_numpy(w) for w in layer.weights)
    more = [(0, b - a) for a, b in zip(layer.kernel_size, size, strict=True)]
    new.set_weights([np.pad(kernel, [*more, (0, 0), (0, 0)]), *bias])
    return outputs


def _width(length, window, stride, padding):
    """The kernel's width with which "same" pads so; None if there is none."""
    if length is None:
        return None
    before, after = padding
    count = -(-length // stride)
    if (length + before + after - window) // stride + 1 != count:
        return None
    for wider in range(window, window + stride):
        if max((count - 1) * stride + wider - length, 0) // 2 == before:
            return wider
    return None


def _pool(layer, x):
    """Mirrored pixels are in the window anyway and never raise its maximum."""
    counts = layer.compute_output_shape(x.shape)[1:3]
    if None in counts:
        return None
    pads = []
    for length, count, window, stride, (before, _) in zip(
        x.shape[1:3],
        counts,
        layer.pool_size,
        layer.strides,
        layer.padding,
        strict=True,
    ):
        after = max(0, (count - 1) * stride + window - length - before)
        if 2 * max(before, after) > window:
            return None
        pads.append((before, after))
    x = keras.ops.pad(x, [(0, 0), *pads, (0, 0)], "symmetric")
    return keras.layers.MaxPooling2D(layer.pool_size, layer.strides)(x)

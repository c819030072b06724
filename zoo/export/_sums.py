"""Sums of convolutions that are one convolution."""

import numpy as np

from zoo.export import _pending


def merged(branches):
    """One convolution for a sum of several of one tensor, or None.

    Args:
        branches: The summands, as RepVGG, MobileOne and RepViT have them:
            convolutions of unlike size, all depthwise or none, normalizers of
            the tensor, and the tensor itself beside two or more convolutions
            (beside one it is a shortcut, and stays).
    """
    convs = [b for b in branches if isinstance(b, _pending.Linear)]
    norms = [b for b in branches if isinstance(b, _pending.Norm)]
    tensors = [
        b
        for b in branches
        if not isinstance(b, _pending.Linear | _pending.Norm)
    ]
    if not any(
        convs and all(type(b.layer) in kinds for b in convs)
        for kinds in (_pending.CONV2D, _pending.DEPTHWISE2D)
    ):
        return None
    if tensors and len(convs) < 2:
        return None
    widest = max(convs, key=lambda b: b.layer.kernel_size)
    if any(
        x is not widest.x for x in [*(b.x for b in convs + norms), *tensors]
    ):
        return None
    if any(_geometry(b.layer) != _geometry(widest.layer) for b in convs):
        return None
    layer = widest.layer
    filters = layer.compute_output_shape(widest.x.shape)[widest.axis]
    summands = [(_pending.as_array(b.kernel), _margins(b.layer)) for b in convs]
    for norm in norms:
        if (norm.axis - widest.axis) % len(norm.x.shape) != 0:
            return None
    for scale in [n.scale for n in norms] + [np.ones(filters)] * len(tensors):
        identity = _identity(layer, widest.kernel.shape, filters, scale)
        if identity is None:
            return None
        summands.append((identity, ((0, 0), (0, 0))))
    kernels: list = [
        _padded(kernel, margins, widest.kernel.shape, _margins(layer))
        for kernel, margins in summands
    ]
    if any(kernel is None for kernel in kernels):
        return None
    biases = [_pending.as_array(b.bias, 0.0) for b in convs] + [
        n.shift for n in norms
    ]
    return widest.changed(sum(kernels), sum(biases, np.zeros(filters)))


def _identity(layer, shape, filters, scale):
    """The 1x1 kernel that multiplies each channel by its scale, or None."""
    if layer.strides != (1, 1) or scale.shape != (filters,):
        return None
    inputs, multiple = shape[2:]
    if type(layer) in _pending.DEPTHWISE2D:
        return scale.reshape(1, 1, inputs, 1) if multiple == 1 else None
    if filters % inputs:
        return None
    return np.tile(np.eye(inputs), filters // inputs)[None, None] * scale


def _geometry(layer):
    return (
        getattr(layer, "filters", None),
        getattr(layer, "depth_multiplier", None),
        layer.groups if type(layer) in _pending.CONV2D else None,
        layer.strides,
        layer.data_format,
        layer.compute_dtype,
        layer.variable_dtype,
    )


def _margins(layer):
    """The zeros on each side; None if they depend on the image.

    Also None for dilated kernels, which do not fit into others.
    """
    if layer.dilation_rate != (1, 1):
        return None
    if layer.padding == "valid":
        return ((0, 0), (0, 0))
    if layer.padding != "same":
        return layer.padding
    if layer.strides != (1, 1) or any(k % 2 == 0 for k in layer.kernel_size):
        return None
    return tuple((k // 2, k // 2) for k in layer.kernel_size)


def _padded(kernel, margins, shape, wider):
    """The kernel of `shape` that computes the same; None if there is none.

    Args:
        margins: Margins that the kernel has its images padded with.
        wider: Margins that the result is to have.
    """
    if margins is None or wider is None:
        return None
    pads = [
        (before - b, after - a)
        for (b, a), (before, after) in zip(margins, wider, strict=True)
    ]
    if np.min(pads) < 0:
        return None
    kernel = np.pad(kernel, (*pads, (0, 0), (0, 0)))
    return kernel if kernel.shape == shape else None

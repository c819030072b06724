"""What a case of the grid computes, with its gradients, in float64 NumPy."""

import functools
import zlib

import numpy as np

EPSILON = 1e-3  # of the batch norm
SLOPE = 0.01  # of the leaky ReLU
KINK = 1e-3  # nearer to a kink than this, float32 may take the other slope


@functools.cache
def weights(case):
    """By name, float32, of no two channels alike."""
    random = np.random.default_rng(zlib.crc32(case.name.encode()))
    rows, _ = case.connections()
    seen = len(rows) / case.filters * case.kernel**2
    shape = (case.kernel, case.kernel, *case.kernel_shape())
    filters = case.filters
    drawn = {
        "kernel": random.normal(scale=3 / seen**0.5, size=shape),
        "bias": random.normal(size=filters),
        "gamma": random.uniform(0.5, 1.5, filters),
        "beta": random.normal(size=filters),
        "moving_mean": random.normal(size=filters),
        "moving_variance": random.uniform(0.5, 1.5, filters),
        "alpha": random.uniform(0.1, 0.4, (1, 1, filters)),
    }
    return {name: value.astype("float32") for name, value in drawn.items()}


@functools.cache
def expected(case):
    """The outputs, and the gradients of their weighted sum.

    Returns:
        {"y": outputs, "weight": theirs in the sum, "dx", "dk": gradients by the
        image and by the kernel}.
    """
    values = {k: v.astype("float64") for k, v in weights(case).items()}
    x, kernel = case.x.astype("float64"), values["kernel"]
    rows, filters = case.connections()
    dense = np.zeros((*kernel.shape[:2], case.channels, case.filters))
    dense[:, :, rows, filters] = kernel.reshape(*kernel.shape[:2], -1)
    y = _conv(x, dense, case.stride, case.pads)
    scale = 1.0
    if case.bias:
        y = y + values["bias"]
    if case.norm:
        scale = values["gamma"] / np.sqrt(values["moving_variance"] + EPSILON)
        y = (y - values["moving_mean"]) * scale + values["beta"]
    if case.add:
        y = y + _conv(x, *_shortcut(case))
    slope = {"leaky": SLOPE, "prelu": values["alpha"]}.get(case.act, 0.0)
    function, derivative, kinks = _ACTIVATIONS[case.act](slope)
    near = [np.abs(y - kink) <= KINK for kink in kinks]
    weight = np.random.default_rng(1).normal(size=y.shape)
    weight[np.any(near, axis=0)] = 0.0
    weight = weight.astype("float32")
    dy = weight * derivative(y)
    dx, dk = _conv_gradients(x, dense, case.stride, case.pads, dy * scale)
    if case.add:
        dx = dx + _conv_gradients(x, *_shortcut(case), dy)[0]
    dk = dk[:, :, rows, filters].reshape(kernel.shape)
    return {"y": function(y), "weight": weight, "dx": dx, "dk": dk}


def same_pads(size, kernel, stride):
    """TensorFlow's "same", of a square."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return ((total // 2, total - total // 2),) * 2


def _conv(x, kernel, stride, pads):
    """Cross-correlation: (N, H, W, C), (h, w, C, F) -> (N, H', W', F)."""
    return sum(
        window @ kernel[i, j]
        for i, j, window in _windows(_pad(x, pads), kernel.shape, stride)
    )


def _conv_gradients(x, kernel, stride, pads, dy):
    """Of the sum of conv · dy: by the image, by the kernel."""
    padded = _pad(x, pads)
    dx, dk = np.zeros_like(padded), np.zeros_like(kernel)
    into = _windows(dx, kernel.shape, stride)
    for i, j, window in _windows(padded, kernel.shape, stride):
        dk[i, j] = np.einsum("nhwc,nhwf->cf", window, dy)
        _, _, target = next(into)
        target += dy @ kernel[i, j].T
    (top, _), (left, _) = pads
    height, width = x.shape[1:3]
    return dx[:, top : top + height, left : left + width], dk


def _pad(x, pads):
    return np.pad(x, ((0, 0), *pads, (0, 0)))


def _windows(padded, shape, stride):
    """What each pixel of the kernel sees: i, j, (N, H', W', C), a view."""
    rows, columns = (
        (size - k) // stride + 1
        for size, k in zip(padded.shape[1:3], shape[:2], strict=True)
    )
    for i, j in np.ndindex(*shape[:2]):
        down = slice(i, i + stride * (rows - 1) + 1, stride)
        right = slice(j, j + stride * (columns - 1) + 1, stride)
        yield i, j, padded[:, down, right]


def _shortcut(case):
    """That of the sum as a convolution: kernel, stride, pads."""
    pads, size = case.shortcut
    kernel = np.tile(np.eye(case.channels), case.wide) / size**2
    return np.tile(kernel, (size, size, 1, 1)), case.stride, pads


def _linear(_):
    return lambda x: x, np.ones_like, ()


def _leaky(slope):
    return (
        lambda x: np.where(x > 0, x, slope * x),
        lambda x: np.where(x > 0, 1.0, slope),
        (0.0,),
    )


def _relu6(_):
    return (
        lambda x: np.clip(x, 0.0, 6.0),
        lambda x: np.where((x > 0) & (x < 6), 1.0, 0.0),
        (0.0, 6.0),
    )


def _elu(_):
    return (
        lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
        lambda x: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0))),
        (),
    )


# From a slope to the function, its derivative, its kinks.
_ACTIVATIONS = {
    "linear": _linear,
    "relu": _leaky,
    "relu6": _relu6,
    "leaky": _leaky,
    "prelu": _leaky,
    "elu": _elu,
}

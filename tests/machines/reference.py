"""What a case of the grid computes, with its gradients, in float64 NumPy."""

import numpy as np

KINK = 1e-3  # nearer to a kink than this, float32 may take the other slope


def conv(x, kernel, stride, pads):
    """Cross-correlation: (N, H, W, C), (h, w, C, F) -> (N, H', W', F)."""
    return sum(
        window @ kernel[i, j]
        for i, j, window in _windows(_pad(x, pads), kernel.shape, stride)
    )


def conv_gradients(x, kernel, stride, pads, dy):
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


def same_pads(size, kernel, stride):
    """TensorFlow's "same", of a square."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return ((total // 2, total - total // 2),) * 2


def leaky(slope):
    """The function and its slope; `slope` may be one a channel."""
    return (
        lambda x: np.where(x > 0, x, slope * x),
        lambda x: np.where(x > 0, 1.0, slope),
        (0.0,),
    )


ACTIVATIONS = {  # the function, its slope, its kinks
    "linear": (lambda x: x, np.ones_like, ()),
    "relu": leaky(0.0),
    "relu6": (
        lambda x: np.clip(x, 0, 6),
        lambda x: ((x > 0) & (x < 6)).astype(x.dtype),
        (0.0, 6.0),
    ),
    "elu": (
        lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
        lambda x: np.where(x > 0, 1.0, np.exp(np.minimum(x, 0))),
        (),
    ),
}


def far_from_kinks(x, kinks):
    """1 where the slope is beyond doubt, else 0."""
    return np.prod([np.abs(x - kink) > KINK for kink in kinks], axis=0)

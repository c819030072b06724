"""Numbers that are read off tensors, on any backend."""

import keras

from zoo.callbacks._sites import SIGMOID_LIMIT, TANH_LIMIT
from zoo.callbacks._traced import OUTPUTS


def active(kind, y, layer):
    """How often each channel of an activation is active."""
    ops = keras.ops
    if kind == "tanh":
        fires = ops.abs(y) <= TANH_LIMIT
    elif kind == "sigmoid":
        fires = ops.abs(2 * y - 1) <= 2 * SIGMOID_LIMIT - 1
    else:
        fires = y > 0
    first = getattr(layer, "data_format", None) == "channels_first"
    channel = 1 if first else len(y.shape) - 1
    axes = [axis for axis in range(len(y.shape)) if axis != channel]
    return ops.mean(ops.cast(fires, "float32"), axes)


def is_floating(tensor):
    """Whether it is a tensor of real numbers."""
    return hasattr(tensor, "dtype") and "float" in str(tensor.dtype)


def rows(tensor):
    """The first rows of an output, as many as are not too large."""
    if not hasattr(tensor, "shape") or not len(tensor.shape):
        return keras.ops.zeros((0,))
    size = 1
    for length in tensor.shape[1:]:
        size *= length
    rows = tensor[: max(1, OUTPUTS // max(size, 1))]
    return keras.ops.cast(rows, "float32") if is_floating(rows) else rows


def extent(tensor):
    """Least, largest, mean square, and that of the largest column."""
    ops = keras.ops
    values = ops.cast(tensor, "float32")
    squares = ops.reshape(values, (-1, values.shape[-1])) ** 2
    return ops.stack(
        [
            ops.min(values),
            ops.max(values),
            ops.mean(squares),
            ops.max(ops.mean(squares, 0)),
        ]
    )


def values(tensor, count):
    """Mean and mean square, and an even sample of at most `count` values."""
    ops = keras.ops
    flat = ops.reshape(ops.cast(tensor, "float32"), (-1,))
    stride = max(-(-flat.shape[0] // count), 1)
    return ops.stack([ops.mean(flat), ops.mean(flat * flat)]), flat[::stride]

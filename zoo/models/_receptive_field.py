"""How much of the image a pixel of a feature map sees, and how far apart."""

import math
from typing import Any, NamedTuple

from zoo.models import _graph


class View(NamedTuple):
    """What the pixels of a feature map see of the image.

    Attributes:
        field: Height and width of what one sees. None: all of the image.
        stride: Pixels of the image from one to the next, down and across.
    """

    field: tuple[int, ...] | None
    stride: tuple[float, ...] | None


WHOLE = View(None, None)


def first(shape) -> View:
    """The view of the image itself."""
    places = (1,) * (len(shape) - 2)
    return View(places, places) if places else WHOLE


def after(call: _graph.Call, views: list[View]) -> View:
    """The view of a call's output.

    With r, j, of the input, and kernel k, stride s and dilation d of the layer,
    it is r + d(k − 1)j and j·s (Araujo et al. 2019,
    https://distill.pub/2019/computing-receptive-fields). Of several inputs the
    largest counts. What a gate, or a normalizer over space, adds is left out.

    Args:
        call: The call.
        views: The views of its inputs.
    """
    maps = [
        (view, tensor.shape)
        for view, tensor in zip(views, call.inputs, strict=True)
        if view.field is not None
    ]
    shape = call.outputs[0].shape
    if not maps or len(shape) != len(maps[0][1]):
        return WHOLE
    fields, strides = ([v[i] for v, _ in maps] for i in (0, 1))
    field = [max(each) for each in zip(*fields, strict=True)]
    stride = [max(each) for each in zip(*strides, strict=True)]
    seen = [], []
    window = _window(call.operation, maps[0][1], shape)
    if window is None:
        return WHOLE
    for r, j, (k, s, d) in zip(field, stride, window, strict=True):
        seen[0].append(r + math.ceil(d * (k - 1) * j))
        seen[1].append(int(j * s) if j * s == int(j * s) else j * s)
    return View(tuple(seen[0]), tuple(seen[1]))


def _window(operation: Any, before, shape):
    """(kernel, stride, dilation) of each direction; None: it sees all."""
    layer = _graph.layer_of(operation)
    first = getattr(layer, "data_format", None) == "channels_first"
    before, shape = (s[2:] if first else s[1:-1] for s in (before, shape))
    rank, name = len(shape), type(layer).__name__
    one = (1,) * rank
    if name.startswith("UpSampling"):
        return [(1, 1 / s, 1) for s in _each(layer.size, rank)]
    pool = getattr(layer, "pool_size", None)
    strides = getattr(layer, "strides", pool)
    kernel = getattr(layer, "kernel_size", pool or one)
    if strides is not None:
        dilation = _each(getattr(layer, "dilation_rate", 1), rank)
        kernel, strides = _each(kernel, rank), _each(strides, rank)
        if "Transpose" in name:
            return [
                (math.ceil(k / s), 1 / s, d)
                for k, s, d in zip(kernel, strides, dilation, strict=True)
            ]
        return list(zip(kernel, strides, dilation, strict=True))
    if set(shape) == {1} != set(before):
        return None
    # What becomes smaller, and tells no stride: pooling to a size, slices.
    shrunk = [max(1, round(b / a)) for b, a in zip(before, shape, strict=True)]
    pools = "pool" in name.lower()
    return [(s if pools else 1, s, 1) for s in shrunk]


def _each(value, rank):
    return (value,) * rank if isinstance(value, int) else tuple(value)

"""Explicit zero padding, shared by the convolutions and the pools."""

from collections.abc import Sequence

import keras

Padding = str | int | Sequence[int] | Sequence[Sequence[int]]


def standardize(padding):
    """`padding` as "valid", "same" or ((top, bottom), (left, right)).

    Args:
        padding: "valid", "same", an int for all four sides, (height, width) or
            ((top, bottom), (left, right)).

    Raises:
        ValueError: If it is none of these, or negative.
    """
    if isinstance(padding, str) and padding.lower() in ("valid", "same"):
        return padding.lower()
    sides = padding
    if _is_size(sides):
        sides = (sides, sides)
    if isinstance(sides, (list, tuple)) and len(sides) == 2:
        sides = tuple((s, s) if _is_size(s) else s for s in sides)
        if all(
            isinstance(s, (list, tuple))
            and len(s) == 2
            and all(map(_is_size, s))
            for s in sides
        ):
            return tuple((int(a), int(b)) for a, b in sides)
    raise ValueError(
        'padding must be "valid", "same", an int, (height, width) or '
        "((top, bottom), (left, right)), in non-negative pixels; received "
        f"{padding!r}."
    )


def simplify(padding, window, strides, dilation=(1, 1)):
    """ "valid" or "same" where `padding` amounts to that, else `padding`."""
    if padding == ((0, 0), (0, 0)):
        return "valid"
    half = [d * (k - 1) / 2 for k, d in zip(window, dilation, strict=True)]
    if tuple(strides) == (1, 1) and padding == tuple((h, h) for h in half):
        return "same"
    return padding


def for_all_axes(padding, data_format):
    """`padding` with that of the batch and channel axes, as `ops.pad` asks."""
    if data_format == "channels_last":
        return ((0, 0), *padding, (0, 0))
    return ((0, 0), (0, 0), *padding)


def pad(x, padding, data_format, value=0.0):
    """`x` with a margin of `value`."""
    return keras.ops.pad(
        x, for_all_axes(padding, data_format), constant_values=value
    )


def output_shape(layer, shape, window, channels, dilation=(1, 1), ceil=False):
    """Shape after `layer`, whose padding is explicit.

    Args:
        layer: It has `padding`, `strides` and `data_format`.
        shape: Shape of the input.
        window: Height and width of kernel or pool.
        channels: Number of output channels.
        ceil: Whether the last window may hang over the far edge.
    """
    last = layer.data_format == "channels_last"
    space = []
    for size, k, s, d, (before, after) in zip(
        shape[1:3] if last else shape[2:],
        window,
        layer.strides,
        dilation,
        layer.padding,
        strict=True,
    ):
        if size is not None:
            free = size + before + after - d * (k - 1) - 1
            if free < 0:
                raise ValueError(
                    f"{layer.name}: the window {tuple(window)} is larger than "
                    f"the input of shape {tuple(shape)} with padding "
                    f"{layer.padding}."
                )
            count = -(-free // s) + 1 if ceil else free // s + 1
            if ceil and (count - 1) * s >= size + before:
                count -= 1
            size = count
        space.append(size)
    if last:
        return (shape[0], *space, channels)
    return (shape[0], channels, *space)


def _is_size(value):
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0

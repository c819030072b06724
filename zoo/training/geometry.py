"""How the images of a set get the size that a network takes."""

import dataclasses
from collections.abc import Callable

import tensorflow as tf

from zoo.images import Preprocessing
from zoo.training.errors import UserError
from zoo.training.reading import Raw


def choose(
    raw: Raw,
    size: tuple[int, int],
    resize: str = "auto",
    like: Preprocessing | None = None,
) -> Preprocessing:
    """A `Preprocessing` that changes the size alone: pixels stay 0 to 255.

    Args:
        raw: The set.
        size: (height, width) that the network takes.
        resize: "pad", "crop", "stretch" or "auto", as `data.load` has it.
        like: Preprocessing of pretrained weights, which "auto" follows; at
            another size its shorter side grows or shrinks alike.

    Raises:
        UserError: An image is too large to pad.
    """
    plain = (1.0,) * raw.channels, (0.0,) * raw.channels
    own, (height, width) = raw.size, size
    smaller = own and own[0] <= height and own[1] <= width
    if resize == "auto" and like is not None:
        return _like(like, size, plain)
    if resize == "auto":
        near = smaller and 5 * own[0] >= 4 * height and 5 * own[1] >= 4 * width
        resize = "pad" if near else "crop"
    if resize == "pad" and not smaller:
        raise UserError(
            f"--resize=pad: the images of {raw.name} are "
            f"{'×'.join(map(str, own)) if own else 'of different sizes'}, not "
            f"all at most {height}×{width}; use crop or stretch."
        )
    return Preprocessing(size, *plain, resize=resize, own_size=own)


def _like(like, size, plain):
    shorter = like.shorter_side
    if shorter is not None:
        shorter = round(shorter * size[0] / like.size[0])
    own = None if like.resize == "pad" and size != like.size else like.own_size
    resize = "crop" if like.resize == "pad" and own is None else like.resize
    return dataclasses.replace(
        like,
        size=size,
        multiplier=plain[0],
        offset=plain[1],
        shorter_side=shorter,
        own_size=own,
        resize=resize,
    )


def fitter(fitting: Preprocessing, raw: Raw) -> Callable:
    """A function that brings (image, label) of the set to the size."""
    own, channels = raw.size, raw.channels

    def fit(image, label):
        image.set_shape((*(own or (None, None)), channels))
        image = fitting.fit(image)
        return tf.cast(image, tf.uint8), tf.cast(label, tf.int64)

    return fit

"""Images that are given as a dataset or as arrays, split as a folder's are."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from zoo.training import layouts
from zoo.training.errors import UserError
from zoo.training.reading import Raw
from zoo.training.sources import Source

NAME = "dataset"
HELD_OUT = 0.2  # share of each class


def source(
    data: Any, classes: Sequence[str] | None = None, validation: float = 0.0
) -> Source:
    """The `sources.Source` of images and labels that are in memory.

    Args:
        data: A tf.data.Dataset of (image, label), batched or not, or a pair
            of arrays (N, height, width, channels) and (N,). Images are of 0
            to 255, labels whole numbers from 0 or one-hot rows.
        classes: Names of the classes. None: their numbers.
        validation: Share of the images to train on that is set apart.

    Raises:
        UserError: It is none of these.
    """
    dataset = _dataset(data)
    spec: Any = dataset.element_spec
    image = spec[0]
    if len(image.shape) != 3 or image.shape[-1] not in (1, 3):
        raise UserError(
            "images must be (height, width, channels) with 1 or 3 channels; "
            f"the data set has {tuple(image.shape)}."
        )
    dataset = dataset.map(lambda x, y: (_bytes(x), _whole(y))).cache()
    labels = np.array([y for _, y in dataset.as_numpy_iterator()], np.int64)
    if not len(labels) or labels.min() < 0:
        raise UserError(
            "labels must be whole numbers from 0, of at least one image; "
            f"received {len(labels)} images."
        )
    names = [str(name) for name in classes or range(labels.max() + 1)]
    if labels.max() >= len(names):
        raise UserError(
            f"there is a label {labels.max()}, and {len(names)} classes."
        )
    role = _roles(labels, validation)
    height, width, channels = image.shape

    def part(which):
        chosen = tf.data.Dataset.from_tensor_slices(role == which)
        both: Any = tf.data.Dataset.zip(chosen, dataset)
        kept = both.filter(lambda keep, _: keep)
        return kept.map(lambda _, example: example)

    counts = [int(np.sum(role == which)) for which in range(3)]
    raw = Raw(
        NAME,
        names,
        channels,
        (height, width) if height and width else None,
        part(0),
        part(1),
        counts[0],
        counts[1],
        part(2) if counts[2] else None,
        counts[2],
    )
    return Source(NAME, "given", None, raw)


def _dataset(data):
    """A dataset of single (image, label)."""
    if isinstance(data, tf.data.Dataset):
        spec: Any = data.element_spec
        if not isinstance(spec, tuple) or len(spec) != 2:
            raise UserError(
                "a data set must have pairs (image, label); received "
                f"{spec!r:.200}."
            )
        return data.unbatch() if len(spec[0].shape) == 4 else data
    if isinstance(data, (tuple, list)) and len(data) == 2:
        images, labels = (np.asarray(part) for part in data)
        if images.ndim != 4 or len(images) != len(labels):
            raise UserError(
                "images must be (N, height, width, channels) with N labels; "
                f"received {images.shape} and {labels.shape}."
            )
        return tf.data.Dataset.from_tensor_slices((images, labels))
    raise UserError(
        "the images must be a folder's path, a data set's name, a "
        "tf.data.Dataset of (image, label) or a pair of arrays; received "
        f"{type(data).__name__}."
    )


def _bytes(image):
    if image.dtype == tf.uint8:
        return image
    rounded = tf.round(tf.cast(image, tf.float32))
    return tf.cast(tf.clip_by_value(rounded, 0.0, 255.0), tf.uint8)


def _whole(label):
    one_hot = label.shape.rank == 1 and label.shape[0] != 1
    if one_hot:
        return tf.argmax(label, output_type=tf.int64)
    return tf.cast(tf.reshape(label, ()), tf.int64)


def _roles(labels, validation):
    """0 to train on, 1 held out, 2 to validate on: of each class its share."""
    role = np.zeros(len(labels), int)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        if len(members) < 2:
            raise UserError(
                f"class {label} has one image; at least two are needed, one "
                "to train on and one to hold out."
            )
        rest, held = layouts.hold_out(members.tolist(), HELD_OUT)
        role[held] = 1
        if validation:
            role[layouts.set_apart(rest, validation)[1]] = 2
    return role

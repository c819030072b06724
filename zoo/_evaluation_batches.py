"""Batches for an evaluation: what enters the model, labels, and pictures."""

import concurrent.futures
import dataclasses
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import numpy as np

from zoo import _labelled
from zoo.images import Preprocessing

BATCH = 64


@dataclasses.dataclass(frozen=True)
class Batches:
    """What is asked about.

    Attributes:
        name, split: Which images, for people.
        classes: The names of the model's classes.
        files: The file of each image; None: not known.
        test: Gives batches (inputs, labels, uint8 pixels or None).
        some: Gives the same of the images of some numbers, which ascend; of
            files, no others are read.
        validation: The same of the images that a temperature may be fitted
            on; None: there are none.
        sized: Gives batches (pixels from 0 to 255, labels) at the size that
            the network takes; where a layer prepares, as they are stored.
        scale: What makes the model's input of such pixels.
    """

    name: str
    split: str
    classes: list[str]
    files: list[str] | None
    test: Callable[[], Iterator]
    some: Callable[[Sequence[int]], Iterator]
    validation: Callable[[], Iterator] | None
    sized: Callable[[], Iterator]
    scale: Callable[[Any], Any]


def of_set(loaded, labelled, names, count) -> Batches:
    """Batches of a folder or a named set.

    Args:
        loaded: A `_loading.Loaded`.
        labelled: What `_labelled.read` returned.
        names: The names of the model's classes, or None.
        count: How many classes the model has.

    Raises:
        ValueError: The set has a class that the model has not.
    """
    numbers = _labelled.match(labelled.classes, names, count)
    fit, scale, together = _parts(loaded)

    def sized(part):
        for images, labels in _stored(loaded, part):
            fitted = [fit(image) for image in images]
            if together:
                yield np.stack(fitted), numbers[labels]
            else:
                for image, label in zip(fitted, labels, strict=True):
                    yield image[None], numbers[[label]]

    def batches(part):
        for pixels, labels in sized(part):
            shown = np.clip(pixels, 0, 255).astype(np.uint8)
            yield scale(pixels), labels, shown

    examples, apart = labelled.examples, labelled.validation
    part = labelled.raw if examples is None else examples

    def some(wanted):
        if examples is None:
            return _picked(batches(part), wanted)
        return batches([examples[number] for number in wanted])

    return Batches(
        labelled.name,
        labelled.split,
        list(names or labelled.classes),
        None if examples is None else [file for file, _ in examples],
        lambda: batches(part),
        some,
        (lambda: batches(apart)) if apart else None,
        lambda: sized(part),
        scale,
    )


def _parts(loaded):
    """(pixels of one size of an image, input of those, whether in batches)."""
    prepare = loaded.preprocessing
    if isinstance(prepare, Preprocessing):
        return (
            lambda image: np.asarray(prepare.fit(image)),
            lambda pixels: np.asarray(prepare.scale(pixels)),
            True,
        )
    return lambda image: image, loaded.inputs, False


def _stored(loaded, part):
    """Batches (list of uint8 images, labels) of files or of datasets."""
    if isinstance(part[0], tuple):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for start in range(0, len(part), BATCH):
                files, labels = zip(*part[start : start + BATCH], strict=True)
                yield list(pool.map(loaded.read, files)), np.array(labels)
        return
    images, labels = [], []
    for dataset in part:
        for image, label in dataset.as_numpy_iterator():
            images.append(_of_channels(image, loaded.channels))
            labels.append(label)
            if len(images) == BATCH:
                yield images, np.array(labels)
                images, labels = [], []
    if images:
        yield images, np.array(labels)


def _of_channels(image, channels):
    """Gray as colours, or colours as gray, as the model takes them."""
    import tensorflow as tf

    if image.shape[-1] == channels:
        return image
    if channels == 3:
        return np.repeat(image, 3, axis=-1)
    return tf.image.rgb_to_grayscale(image).numpy()


def in_memory(loaded, images, names, count) -> Batches:
    """Batches of arrays (images, labels), or of a dataset of batches.

    Args:
        loaded: A `_loading.Loaded`.
        images: Arrays (images, labels), or an iterable of batches of them.
        names: The names of the model's classes, or None.
        count: How many classes the model has.

    Raises:
        ValueError: They are no images and labels.
    """

    def stored():
        for pair in _pairs(images):
            pixels, labels = (_array(part) for part in pair)
            if pixels.ndim != 4 or len(labels) != len(pixels):
                raise ValueError(
                    "dataset must be a folder, the name of a data set, or "
                    "images (N, H, W, C) with a label for each; received "
                    f"arrays of the shapes {pixels.shape} and {labels.shape}."
                )
            yield pixels, _whole_numbers(labels)

    def batches():
        for pixels, labels in stored():
            inputs = loaded.inputs(pixels) if loaded.preprocessing else pixels
            yield inputs, labels, _shown(pixels)

    def sized():
        for pixels, labels in stored():
            if pixels.min() < 0 or pixels.max() <= 1.5:
                raise ValueError(
                    "corruptions are of images with values from 0 to 255; "
                    f"received values from {pixels.min():g} to "
                    f"{pixels.max():g}. Give such images, and preprocessing=."
                )
            yield pixels, labels

    names = list(names or map(str, range(count)))
    return Batches(
        "images",
        "",
        names,
        None,
        batches,
        lambda wanted: _picked(batches(), wanted),
        None,
        sized,
        loaded.inputs,
    )


def _picked(batches, wanted):
    """Batches of the images of some numbers, from batches of all."""
    first = 0
    for inputs, labels, shown in batches:
        if first > max(wanted, default=-1):
            return
        at = [n - first for n in wanted if 0 <= n - first < len(labels)]
        if at:
            pixels = None if shown is None else shown[at]
            yield np.asarray(inputs)[at], labels[at], pixels
        first += len(labels)


def _pairs(images):
    """(images, labels) in batches."""
    if not isinstance(images, (tuple, list)) or len(images) != 2:
        return iter(images)
    pixels, labels = map(_array, images)
    starts = range(0, len(pixels), BATCH)
    return ((pixels[i : i + BATCH], labels[i : i + BATCH]) for i in starts)


def _array(values):
    return np.asarray(keras.ops.convert_to_numpy(values))


def _whole_numbers(labels):
    """The numbers of the classes, also of one-hot rows."""
    if labels.ndim == 2 and labels.shape[1] > 1:
        return labels.argmax(axis=1)
    labels = labels.reshape(len(labels), -1)[:, 0]
    whole = labels.astype(np.int64)
    if not np.array_equal(whole, labels):
        raise ValueError(
            f"labels must be whole numbers or one-hot rows; received "
            f"{labels[:5]!r}."
        )
    return whole


def _shown(pixels):
    """Some uint8 pixels that show what the model gets."""
    if pixels.shape[-1] not in (1, 3):
        return None
    pixels = pixels.astype(np.float32)
    low, high = float(pixels.min()), float(pixels.max())
    if low < 0 or high <= 1.5:
        pixels = (pixels - low) * (255 / max(high - low, 1e-6))
    return np.clip(np.rint(pixels), 0, 255).astype(np.uint8)

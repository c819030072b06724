"""What the images of a set are like, and what brings them to a range."""

import numpy as np
import tensorflow as tf

from zoo.training.errors import UserError
from zoo.training.reading import Raw


def look_at(dataset: tf.data.Dataset, raw: Raw, limit: int | None):
    """Counts the labels and measures the pixels; fills the cache.

    Args:
        dataset: Images of one size with their labels.
        raw: The set that they are of.
        limit: How many images are enough. None: all.

    Returns:
        (images of each class, mean, standard deviation of each channel).
    """
    classes = len(raw.classes)
    counts = np.zeros(classes, np.int64)
    pixels, total, squares = 0, np.zeros(()), np.zeros(())
    if limit:
        dataset = dataset.take(limit)
    for images, labels in dataset.batch(512).as_numpy_iterator():
        wrong = labels[(labels < 0) | (labels >= classes)]
        if len(wrong):
            raise UserError(
                f"{raw.name} has an image with label {wrong[0]}, but its "
                f"{classes} classes are numbered 0 to {classes - 1}."
            )
        counts += np.bincount(labels, minlength=classes)
        values = images.reshape(-1, images.shape[-1]).astype(np.float64)
        pixels += len(values)
        total = total + values.sum(axis=0)
        squares = squares + (values**2).sum(axis=0)
    if not pixels:
        raise UserError(f"{raw.name} has no images.")
    if np.count_nonzero(counts) < 2:
        only = raw.classes[int(counts.argmax())]
        raise UserError(
            f"all images of {raw.name} are of one class ({only!r}); there is "
            "nothing to tell apart."
        )
    mean = total / pixels
    return counts, mean, np.sqrt(np.maximum(squares / pixels - mean**2, 0))


def scaling(scale: str, mean: np.ndarray, deviation: np.ndarray):
    """(multiplier, offset) of each channel for pixels of 0 to 255.

    Args:
        scale: "standard", "unit", "signed" or "lenet", as `data.load` has it.
        mean, deviation: Mean and standard deviation of each channel.
    """
    ones = np.ones_like(mean)
    if scale == "standard":
        multiplier = 1 / np.maximum(deviation, 1.0)
        offset = -mean * multiplier
    else:
        low, high = {"unit": (0, 1), "signed": (-1, 1), "lenet": (-0.1, 1.175)}[
            scale
        ]
        multiplier, offset = ones * (high - low) / 255, ones * low
    return multiplier.astype(np.float32), offset.astype(np.float32)

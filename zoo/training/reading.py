"""Opens a data set: datasets of (image, label) as they are stored."""

import concurrent.futures
import dataclasses
import os

import numpy as np
import tensorflow as tf

from zoo.training import layouts
from zoo.training.errors import UserError


@dataclasses.dataclass
class Raw:
    """A set as it is read: datasets of (image, label), before any change.

    Attributes:
        name: The set's name.
        classes: Names of the classes, by label.
        channels: 1 for gray images, 3 for colours.
        size: (height, width) if all images have the same, else None.
        train, test: Datasets of (uint8 image, label).
        train_count, test_count: How many images they have.
    """

    name: str
    classes: list
    channels: int
    size: tuple | None
    train: tf.data.Dataset
    test: tf.data.Dataset
    train_count: int
    test_count: int


def read(source, data_dir=None):
    """Opens what `sources.find` found; prepares a packaged set on first use.

    Args:
        source: A `sources.Source`.
        data_dir: Directory of TFDS's prepared sets. None: TFDS's own place.

    Returns:
        A `Raw`.

    Raises:
        UserError: The set is broken or no set of labelled images.
    """
    if source.kind == "folder":
        return read_folder(source.path, source.name)
    from zoo.training import prepared  # needs tensorflow-datasets

    return prepared.read(source, data_dir)


def read_folder(path, name):
    """A folder of class folders as a `Raw`; decodes every file once."""
    listed = layouts.list_folder(path)
    files = [file for file, _ in listed.train + listed.test]
    print(
        f"checking {len(files):,} images in {path} ({listed.reading})",
        flush=True,
    )
    channels, size = _check_images(files)

    def dataset(examples):
        # Once and for all, since files come class after class.
        order = np.random.default_rng(0).permutation(len(examples))
        paths = [examples[i][0] for i in order]
        labels = np.array([examples[i][1] for i in order], np.int64)
        slices = tf.data.Dataset.from_tensor_slices((paths, labels))
        return slices.map(
            lambda path, label: (decode_file(path, channels), label),
            num_parallel_calls=tf.data.AUTOTUNE,
        )

    return Raw(
        name,
        listed.classes,
        channels,
        size,
        dataset(listed.train),
        dataset(listed.test),
        len(listed.train),
        len(listed.test),
    )


def decode_file(path, channels=0):
    """The (height, width, channels) bytes of an image file, in graphs too."""
    image = tf.io.decode_image(
        tf.io.read_file(path), channels, expand_animations=False
    )
    image.set_shape([None, None, channels or None])
    return image


def _check_images(files):
    """Decodes every file; returns (channels, (height, width) or None)."""

    def shape(file):
        try:
            return tuple(decode_file(file).shape)
        except tf.errors.OpError as error:
            return file, str(error.message).partition("[Op:")[0].strip()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        shapes = list(pool.map(shape, files))
    broken = [s for s in shapes if len(s) == 2]
    if broken:
        more = f"; and {len(broken) - 1} more" if len(broken) > 1 else ""
        file, reason = broken[0]
        raise UserError(f"unreadable image {file}: {reason[:200]}{more}")
    gray = all(shape[2] <= 2 for shape in shapes)
    sizes = {shape[:2] for shape in shapes}
    return (1 if gray else 3), (sizes.pop() if len(sizes) == 1 else None)

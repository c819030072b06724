"""Opens a data set: datasets of (image, label) as they are stored."""

import concurrent.futures
import dataclasses
import os

import numpy as np
import tensorflow as tf

from zoo.images import decode
from zoo.images._decode import reason
from zoo.training import layouts
from zoo.training.errors import UserError
from zoo.training.sources import Source


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
        validation, validation_count: The same of the images that decide
            about the training, apart from the other two. None: there are none.
    """

    name: str
    classes: list[str]
    channels: int
    size: tuple[int, int] | None
    train: tf.data.Dataset
    test: tf.data.Dataset
    train_count: int
    test_count: int
    validation: tf.data.Dataset | None = None
    validation_count: int = 0


def read(
    source: Source, data_dir: str | None = None, validation: float = 0.0
) -> Raw:
    """Opens what `sources.find` found; prepares a packaged set on first use.

    Args:
        source: A `sources.Source`.
        data_dir: Directory of TFDS's prepared sets. None: TFDS's own place.
        validation: Share of the training images that is set apart to decide
            about the training, if the set has none for that.

    Returns:
        A `Raw`.

    Raises:
        UserError: The set is broken or no set of labelled images.
    """
    if source.raw is not None:
        return source.raw
    if source.kind == "folder" and source.path:
        return read_folder(source.path, source.name, validation)
    from zoo.training import prepared  # needs tensorflow-datasets

    return prepared.read(source, data_dir, validation)


def read_folder(
    path: str | os.PathLike, name: str, validation: float = 0.0
) -> Raw:
    """A folder of class folders as a `Raw`; decodes every file once."""
    listed = layouts.list_folder(path, validation=validation)
    splits = listed.train, listed.test, listed.validation
    files = [file for split in splits for file, _ in split]
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

        def decoded(path, label):
            return decode(tf.io.read_file(path), channels), label

        return slices.map(decoded, num_parallel_calls=tf.data.AUTOTUNE)

    return Raw(
        name,
        listed.classes,
        channels,
        size,
        dataset(listed.train),
        dataset(listed.test),
        len(listed.train),
        len(listed.test),
        dataset(listed.validation) if listed.validation else None,
        len(listed.validation),
    )


def _check_images(files):
    """Decodes every file; returns (channels, (height, width) or None)."""

    @tf.function(input_signature=[tf.TensorSpec((), tf.string)])
    def decoded_shape(file):
        return tf.shape(decode(tf.io.read_file(file), channels=0))

    def shape(file):
        try:
            return tuple(decoded_shape(file).numpy().tolist())
        except tf.errors.OpError as error:
            return file, reason(error)

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        shapes: list = list(pool.map(shape, files))
    broken = [s for s in shapes if len(s) == 2]
    if broken:
        more = f"; and {len(broken) - 1} more" if len(broken) > 1 else ""
        file, why = broken[0]
        raise UserError(f"unreadable image {file}: {why[:200]}{more}")
    gray = all(shape[2] <= 2 for shape in shapes)
    sizes = {shape[:2] for shape in shapes}
    return (1 if gray else 3), (sizes.pop() if len(sizes) == 1 else None)

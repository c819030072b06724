"""A data set as batches for `fit`: sized, cached, shuffled, changed, scaled.

Epoch number and seed alone decide the order, so that a resumed run continues
with the batches it would have seen.
"""

import dataclasses
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from zoo.images import Preprocessing
from zoo.training import (
    augment as augmenting,
    geometry,
    pixels,
    regularize,
    shares,
)
from zoo.training.errors import UserError
from zoo.training.reading import Raw

SMALL = 64  # sets of images up to this size keep it, at least 32×32
CACHE_SHARE = 0.25  # of the machine's memory
SHUFFLE_BYTES = 512 * 2**20
STATISTICS_IMAGES = 5000
HELD_OUT_BATCH = 256


@dataclasses.dataclass
class Data:
    """A set ready for training.

    Attributes:
        name: The set's name.
        classes: Names of the classes, by label.
        class_counts: Training images of each class; of a set that is not kept
            in memory, those of its first 5,000.
        input_shape: (height, width, channels) of the images.
        train_count, test_count: Images to train on and held out.
        validation_count: Images that decide about the training.
        batch_size: Images in each training step.
        steps: Training steps in each epoch.
        augment: How training images are changed at random.
        preprocessing: What brings images to their size and range.
        train: Function (first epoch, last epoch) that gives a tf.data.Dataset
            of all batches of those epochs, the last not included, in a row.
        test: tf.data.Dataset of the held-out batches, without changes.
        validation: The same of the images that decide about the training.
            None: there are none.
    """

    name: str
    classes: list[str]
    class_counts: list[int]
    input_shape: tuple[int, int, int]
    train_count: int
    test_count: int
    batch_size: int
    steps: int
    augment: str
    preprocessing: Preprocessing
    train: Callable[[int, int], tf.data.Dataset]
    test: tf.data.Dataset
    validation: tf.data.Dataset | None = None
    validation_count: int = 0

    def describe(self) -> dict[str, Any]:
        """What a run's config.json tells about its data."""
        facts = dict(vars(self))
        for name in ("train", "test", "validation"):
            del facts[name]
        return facts | {"preprocessing": self.preprocessing.as_dict()}


def load(
    raw: Raw,
    *,
    batch_size: int | None,
    image_size: tuple[int, int] | None = None,
    default_size: tuple[int, int] = (224, 224),
    resize: str = "auto",
    scale: str = "standard",
    like: Preprocessing | None = None,
    augment: str = "auto",
    images_per_class: int = 0,
    label_smoothing: float = 0.0,
    rows: bool = False,
    strengths: regularize.Strengths = regularize.NONE,
    seed: int = 0,
    replicas: int = 1,
) -> Data:
    """Makes a `Data` of what was read.

    Args:
        raw: A `reading.Raw`.
        batch_size: Images in each step; what an epoch has beyond whole
            batches is left out. None: 32, or for a small set a tenth of the
            training images, but at least 8.
        image_size: (height, width) for the network. None: that of the set if
            its images have one up to 64×64 (but at least 32×32), otherwise
            `default_size`.
        resize: "pad" with zeros, "crop" centrally after scaling, "stretch", or
            "auto": pad where at most a fifth is missing, otherwise crop.
        scale: "standard" (mean 0 and variance 1 of each channel over the
            training images), "unit" (0 to 1), "signed" (−1 to 1), "lenet"
            (−0.1 to 1.175, as LeCun et al. 1998), "given" (as `like` has it).
        like: Preprocessing of pretrained weights; decides size and resizing
            where `image_size` is None and `resize` is "auto".
        augment: "none", "digits", "standard", "lenet" (the distortions of
            LeCun et al. 1998) or "auto": see `augment`.
        images_per_class: Train on the first N images of each class; 0: on all.
        label_smoothing: Above 0, labels become one-hot rows.
        rows: Whether labels become one-hot rows in any case.
        strengths: Further changes of the training images.
        seed: Decides order and changes of the training images.
        replicas: Devices that share each batch; none may be left without an
            image.

    Raises:
        UserError: A label is out of range, there is one class only, an image
            is too large to pad, or the batch is larger than the set.
    """
    if like is None:
        height, width = image_size or _own_size(raw.size) or default_size
    else:
        height, width = image_size or like.size
    size, shape = (height, width), (height, width, raw.channels)
    fitting = geometry.choose(raw, size, resize, like)
    fit = geometry.fitter(fitting, raw)
    train, test, apart, cached = _sized(raw, fit, shape, images_per_class)
    counts, mean, deviation = pixels.look_at(
        train, raw, None if cached else STATISTICS_IMAGES
    )
    if cached:
        pixels.look_at(test, raw, None)
        train_count = int(counts.sum())
    else:
        most = images_per_class * len(raw.classes)
        train_count = most or raw.train_count
    if batch_size is None:
        batch_size = min(32, max(8, train_count // 10), train_count)
    if batch_size > train_count:
        raise UserError(
            f"--batch_size={batch_size} is more than the {train_count} "
            "training images."
        )
    shares.check(raw, batch_size, replicas)
    if scale == "given" and like is not None:
        multiplier, offset = like.multiplier, like.offset
    else:
        parts = pixels.scaling(scale, mean, deviation)
        multiplier, offset = (tuple(part.tolist()) for part in parts)
    preprocessing = dataclasses.replace(
        fitting, multiplier=multiplier, offset=offset
    )

    def finish(images, labels):
        images = preprocessing.scale(images)
        if rows or label_smoothing or strengths.mixes:
            labels = tf.one_hot(labels, len(raw.classes))
        return images, labels

    augment = augmenting.choose(augment, raw.name)
    changes = [
        augmenting.augmenter(augment, seed, strengths.crop),
        regularize.changer(strengths, seed, raw.channels),
    ]
    buffer = min(train_count, max(1000, SHUFFLE_BYTES // int(np.prod(shape))))
    return Data(
        name=raw.name,
        classes=raw.classes,
        class_counts=counts.tolist(),
        input_shape=shape,
        train_count=train_count,
        test_count=raw.test_count,
        batch_size=batch_size,
        steps=train_count // batch_size,
        augment=augment,
        preprocessing=preprocessing,
        train=_epochs(
            train, train_count // batch_size, batch_size, buffer, seed,
            [c for c in changes if c], finish,
            regularize.mixer(strengths, seed),
        ),
        test=_held_out(test, finish, raw.test_count, replicas),
        validation=(
            _held_out(apart, finish, raw.validation_count, replicas)
            if apart
            else None
        ),
        validation_count=raw.validation_count,
    )  # fmt: skip


def _sized(raw, fit, shape, images_per_class):
    """(train, test, validation, whether they are kept in memory), sized."""
    splits = [raw.train, raw.test, raw.validation]
    if images_per_class:
        splits[0] = _first_of_each(
            splits[0], images_per_class, len(raw.classes)
        )
    count = raw.train_count + raw.test_count + raw.validation_count
    cached = count * int(np.prod(shape)) < CACHE_SHARE * _memory()
    for i, split in enumerate(splits):
        if split is not None:
            sized = split.map(fit, num_parallel_calls=tf.data.AUTOTUNE)
            splits[i] = sized.cache() if cached else sized
    return *splits, cached


def _epochs(train, steps, batch_size, buffer, seed, changes, finish, mix):
    """The function that `Data.train` is."""

    def epoch(number):
        # This graph's own seed: a global seed of 0 is refused beside a
        # seed that is a tensor.
        tf.random.set_seed(1)
        shuffled = train.shuffle(
            buffer, seed + number, reshuffle_each_iteration=False
        )
        return shuffled.batch(batch_size, drop_remainder=True)

    def prepare(number, batch):
        images, labels = tf.cast(batch[0], tf.float32), batch[1]
        for change in changes:
            images = change(number, images)
        images, labels = finish(images, labels)
        return mix(number, images, labels) if mix else (images, labels)

    def epochs(first, last):
        batches = tf.data.Dataset.range(first, last).flat_map(epoch)
        return (
            batches.enumerate(first * steps)
            .map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
            .prefetch(tf.data.AUTOTUNE)
        )

    return epochs


def _held_out(test, finish, count, replicas):
    size = HELD_OUT_BATCH
    if replicas > 1:
        size = shares.size(count, size, replicas)
    batches = test.batch(size).map(
        lambda images, labels: finish(tf.cast(images, tf.float32), labels),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    # Keras warns at the end of a set whose length it does not know.
    known = tf.data.experimental.assert_cardinality(-(-count // size))
    return batches.apply(known).prefetch(tf.data.AUTOTUNE)


def _memory():
    """Bytes of the machine's memory, or a modest guess."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return 8 * 2**30


def _own_size(size):
    if size and max(size) <= SMALL:
        return tuple(max(32, side) for side in size)
    return None


def _first_of_each(dataset, count, classes):
    def step(seen, example):
        label = example[1]
        keep = seen[label] < count
        return seen + tf.one_hot(label, classes, dtype=tf.int64), (
            keep,
            example,
        )

    scanned = dataset.scan(tf.zeros(classes, tf.int64), step)
    return scanned.filter(lambda keep, _: keep).map(lambda _, example: example)

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
from zoo.training import augment as augmenting, pixels
from zoo.training.errors import UserError
from zoo.training.reading import Raw

SMALL = 64  # sets of images up to this size keep it, at least 32×32
CACHE_SHARE = 0.25  # of the machine's memory
SHUFFLE_BYTES = 512 * 2**20
STATISTICS_IMAGES = 5000


@dataclasses.dataclass
class Data:
    """A set ready for training.

    Attributes:
        name: The set's name.
        classes: Names of the classes, by label.
        input_shape: (height, width, channels) of the images.
        train_count, test_count: Images to train on and held out.
        batch_size: Images in each training step.
        steps: Training steps in each epoch.
        augment: How training images are changed at random.
        preprocessing: What brings images to their size and range.
        train: Function (first epoch, last epoch) that gives a tf.data.Dataset
            of all batches of those epochs, the last not included, in a row.
        test: tf.data.Dataset of the held-out batches, without changes.
    """

    name: str
    classes: list[str]
    input_shape: tuple[int, int, int]
    train_count: int
    test_count: int
    batch_size: int
    steps: int
    augment: str
    preprocessing: Preprocessing
    train: Callable[[int, int], tf.data.Dataset]
    test: tf.data.Dataset

    def describe(self) -> dict[str, Any]:
        """What a run's config.json tells about its data."""
        facts = dict(vars(self))
        del facts["train"], facts["test"]
        return facts | {"preprocessing": self.preprocessing.as_dict()}


def load(
    raw: Raw,
    *,
    batch_size: int,
    image_size: tuple[int, int] | None = None,
    default_size: tuple[int, int] = (224, 224),
    resize: str = "auto",
    scale: str = "standard",
    augment: str = "auto",
    images_per_class: int = 0,
    label_smoothing: float = 0.0,
    seed: int = 0,
) -> Data:
    """Makes a `Data` of what was read.

    Args:
        raw: A `reading.Raw`.
        batch_size: Images in each step; what an epoch has beyond whole
            batches is left out.
        image_size: (height, width) for the network. None: that of the set if
            its images have one up to 64×64 (but at least 32×32), otherwise
            `default_size`.
        resize: "pad" with zeros, "crop" centrally after scaling, "stretch", or
            "auto": pad where at most a fifth is missing, otherwise crop.
        scale: "standard" (mean 0 and variance 1 of each channel over the
            training images), "unit" (0 to 1), "signed" (−1 to 1), "lenet"
            (−0.1 to 1.175, as LeCun et al. 1998).
        augment: "none", "digits", "standard", "lenet" (the distortions of
            LeCun et al. 1998) or "auto": see `augment`.
        images_per_class: Train on the first N images of each class; 0: on all.
        label_smoothing: Above 0, labels become one-hot rows.
        seed: Decides order and changes of the training images.

    Raises:
        UserError: A label is out of range, there is one class only, an image
            is too large to pad, or the batch is larger than the set.
    """
    height, width = image_size or _own_size(raw.size) or default_size
    size, shape = (height, width), (height, width, raw.channels)
    resize, fit = _fitter(raw, size, resize)
    train, test, cached = _sized(raw, fit, shape, images_per_class)
    counts, mean, deviation = pixels.look_at(
        train, raw, None if cached else STATISTICS_IMAGES
    )
    if cached:
        pixels.look_at(test, raw, None)
        train_count = int(counts.sum())
    else:
        most = images_per_class * len(raw.classes)
        train_count = most or raw.train_count
    if batch_size > train_count:
        raise UserError(
            f"--batch_size={batch_size} is more than the {train_count} "
            "training images."
        )
    multiplier, offset = pixels.scaling(scale, mean, deviation)
    preprocessing = Preprocessing(
        size,
        tuple(multiplier.tolist()),
        tuple(offset.tolist()),
        resize=resize,
        own_size=raw.size,
    )

    def finish(images, labels):
        images = preprocessing.scale(images)
        if label_smoothing:
            labels = tf.one_hot(labels, len(raw.classes))
        return images, labels

    augment = augmenting.choose(augment, raw.name)
    change = augmenting.augmenter(augment, seed)
    buffer = min(train_count, max(1000, SHUFFLE_BYTES // int(np.prod(shape))))
    return Data(
        name=raw.name,
        classes=raw.classes,
        input_shape=shape,
        train_count=train_count,
        test_count=raw.test_count,
        batch_size=batch_size,
        steps=train_count // batch_size,
        augment=augment,
        preprocessing=preprocessing,
        train=_epochs(
            train, train_count // batch_size, batch_size, buffer, seed,
            change, finish,
        ),
        test=_held_out(test, finish),
    )  # fmt: skip


def _sized(raw, fit, shape, images_per_class):
    """(train, test, whether they are kept in memory) at the network's size."""
    train, test = raw.train, raw.test
    if images_per_class:
        train = _first_of_each(train, images_per_class, len(raw.classes))
    train, test = (
        d.map(fit, num_parallel_calls=tf.data.AUTOTUNE) for d in (train, test)
    )
    volume = (raw.train_count + raw.test_count) * int(np.prod(shape))
    if cached := volume < CACHE_SHARE * _memory():
        train, test = train.cache(), test.cache()
    return train, test, cached


def _epochs(train, steps, batch_size, buffer, seed, change, finish):
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
        if change:
            images = change(number, images)
        return finish(images, labels)

    def epochs(first, last):
        batches = tf.data.Dataset.range(first, last).flat_map(epoch)
        return (
            batches.enumerate(first * steps)
            .map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
            .prefetch(tf.data.AUTOTUNE)
        )

    return epochs


def _held_out(test, finish):
    batches = test.batch(256).map(
        lambda images, labels: finish(tf.cast(images, tf.float32), labels),
        num_parallel_calls=tf.data.AUTOTUNE,
    )
    return batches.prefetch(tf.data.AUTOTUNE)


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


def _fitter(raw, size, resize):
    """(the way chosen, a function that brings (image, label) to the size)."""
    own, channels = raw.size, raw.channels
    height, width = size
    smaller = own and own[0] <= height and own[1] <= width
    if resize == "auto":
        near = smaller and 5 * own[0] >= 4 * height and 5 * own[1] >= 4 * width
        resize = "pad" if near else "crop"
    if resize == "pad" and not smaller:
        raise UserError(
            f"--resize=pad: the images of {raw.name} are "
            f"{'×'.join(map(str, own)) if own else 'of different sizes'}, not "
            f"all at most {height}×{width}; use crop or stretch."
        )

    plain = (1,) * channels, (0,) * channels  # the scale is not known yet
    fitting = Preprocessing(size, *plain, resize=resize, own_size=own)

    def fit(image, label):
        image.set_shape((*(own or (None, None)), channels))
        image = fitting.fit(image)
        return tf.cast(image, tf.uint8), tf.cast(label, tf.int64)

    return resize, fit


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

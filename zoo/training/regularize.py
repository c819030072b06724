"""Stronger random changes of training images, made of Keras's layers.

As in `augment`, the random numbers depend on the seed and the number of the
batch alone: Keras's layers are asked to draw from these, in place of a state
that a resumed run would not have.
"""

import dataclasses
from collections.abc import Callable

import keras
import tensorflow as tf

from zoo.training import trivial_augment

OPERATIONS = 2  # of RandAugment, on each image
TURN = 30 / 360  # full turns that strength 1 rotates at most, as in the paper
SHEAR = 0.3
RANGE = (0, 255)
MIDDLE = 127.5  # what takes the place of erased pixels


@dataclasses.dataclass(frozen=True)
class Strengths:
    """How strongly training images are changed; the defaults change nothing.

    Attributes:
        crop: Smallest share of the area that is cropped and resized.
        rand_augment: Strength of RandAugment's operations, from 0 to 1.
        trivial_augment: Whether TrivialAugment changes each image.
        erasing: Probability that a rectangle of an image is erased.
        mixup: The parameter alpha of mixup.
        cutmix: The parameter alpha of CutMix.
    """

    crop: float = 1.0
    rand_augment: float = 0.0
    trivial_augment: bool = False
    erasing: float = 0.0
    mixup: float = 0.0
    cutmix: float = 0.0

    @property
    def mixes(self) -> bool:
        """Whether labels become shares of several classes."""
        return bool(self.mixup or self.cutmix)


NONE = Strengths()


class Numbered(keras.random.SeedGenerator):
    """Seeds that follow from a number that is told, without any state."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._first, self._number, self._drawn = seed, 0, 0

    def at(self, number) -> None:
        """Begins the seeds of a number anew."""
        self._number, self._drawn = tf.cast(number, tf.int64), 0

    def next(self, ordered=True):
        self._drawn += 1
        first = tf.constant(self._first + 7919 * self._drawn, tf.int64)
        return tf.stack([first, self._number])


def changer(strengths: Strengths, seed: int, channels: int) -> Callable | None:
    """The function (number of the batch, images of 0 to 255) -> images.

    None where no RandAugment, TrivialAugment or erasing is asked for.
    """
    steps = []
    if strengths.rand_augment:
        steps.append(_rand_augment(strengths.rand_augment, seed, channels))
    if strengths.trivial_augment:
        steps.append(trivial_augment.changer(seed + 200))
    if strengths.erasing:
        layer = keras.layers.RandomErasing(
            (strengths.erasing, strengths.erasing),
            fill_value=MIDDLE,
            value_range=RANGE,
        )
        steps.append(_stateless(layer, seed + 1))
    if not steps:
        return None

    def change(number, images):
        for step in steps:
            images = step(number, images)
        return images

    return change


def mixer(strengths: Strengths, seed: int) -> Callable | None:
    """The function (number, images, one-hot labels) -> the two, mixed.

    With both mixup and CutMix, each batch goes through one of them, by chance.
    """
    layers = []
    if strengths.mixup:
        layers.append(keras.layers.MixUp(strengths.mixup))
    if strengths.cutmix:
        layers.append(keras.layers.CutMix(strengths.cutmix))
    if not layers:
        return None
    mixers = [_stateless(x, seed + 10 + i) for i, x in enumerate(layers)]

    def mix(number, images, labels):
        def mixed(one):
            both = one(number, {"images": images, "labels": labels})
            shape = images.shape, labels.shape
            return (
                tf.ensure_shape(both["images"], shape[0]),
                tf.ensure_shape(both["labels"], shape[1]),
            )

        if len(mixers) == 1:
            return mixed(mixers[0])
        which = tf.random.stateless_uniform(
            [], tf.stack([tf.constant(seed + 20, tf.int64), number]), 0, 2,
            tf.int32,
        )  # fmt: skip
        return tf.cond(
            which == 0, lambda: mixed(mixers[0]), lambda: mixed(mixers[1])
        )

    return mix


def _stateless(layer, seed):
    """A layer as a function of a number and inputs, without a state."""
    seeds = Numbered(seed)
    for each in layer._flatten_layers():
        each._get_seed_generator = lambda backend=None: seeds

    def call(number, inputs):
        seeds.at(number)
        return layer(inputs, training=True)

    return call


def _rand_augment(strength, seed, channels):
    """Some operations on each image, of those of Cubuk et al. 2020.

    https://arxiv.org/abs/1909.13719
    """
    operations = [
        _stateless(layer, seed + 100 + i)
        for i, layer in enumerate(_operations(strength, channels))
    ]

    def change(number, images):
        size = tf.shape(images)[0]
        own = number * 100_000 + tf.range(tf.cast(size, tf.int64))

        def one(example):
            image, number = example
            for turn in range(OPERATIONS):
                which = tf.random.stateless_uniform(
                    [],
                    tf.stack([tf.constant(seed + 50 + turn, tf.int64), number]),
                    0,
                    len(operations),
                    tf.int32,
                )
                image = tf.switch_case(which, _branches(image, number, turn))
            return image

        return tf.map_fn(one, (images, own), fn_output_signature=images.dtype)

    def _branches(image, number, turn):
        def branch(operation):
            changed = operation(number * OPERATIONS + turn, image[None])[0]
            return tf.ensure_shape(tf.cast(changed, image.dtype), image.shape)

        return [lambda x=x: branch(x) for x in operations]

    return change


def _operations(strength, channels):
    layers, options = keras.layers, {"value_range": RANGE}
    made = [
        layers.RandomShear(SHEAR * strength, SHEAR * strength),
        layers.RandomTranslation(strength / 2, strength / 2),
        layers.RandomRotation(TURN * strength),
        layers.RandomBrightness(strength, **options),
        layers.RandomContrast(strength, **options),
        layers.RandomSharpness(strength, **options),
        layers.RandomPosterization(8 - round(4 * strength), **options),
        layers.Solarization(
            threshold_factor=strength, addition_factor=0.0, **options
        ),
        layers.AutoContrast(**options),
        layers.Equalization(**options),
    ]
    if channels == 3:
        made.append(layers.RandomColorDegeneration(strength, **options))
    return made

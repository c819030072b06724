"""Random changes of a batch of training images, each one projective transform.

The random numbers depend on nothing but the seed and the number of the batch,
so an interrupted run continues with the very images it would have seen.
"""

import functools
import math
from collections.abc import Callable

import tensorflow as tf

from zoo.training import defaults


def choose(augment: str, name: str) -> str:
    """The changes that "auto" means for the set of a name."""
    if augment != "auto":
        return augment
    return "digits" if defaults.is_digits(name) else "standard"


def augmenter(augment: str, seed: int, share: float = 1.0) -> Callable | None:
    """The function that changes a batch, or None for "none".

    Args:
        augment: "none", "digits", "lenet" or "standard".
        seed: With the number of the batch, decides the random numbers.
        share: Below 1, a crop of at least this share of the area, with sides
            in proportions from 3:4 to 4:3, is resized to the image's size, in
            place of what `augment` does; "standard" mirrors it, too.

    Returns:
        A function (number of the batch, float images) -> images.
    """
    if augment == "none" and share == 1:
        return None
    if share < 1:
        matrix = functools.partial(_resized_crop, share, augment == "standard")
        interpolation = "BILINEAR"
    else:
        matrix, interpolation = {
            "digits": (_shift_and_rotate, "BILINEAR"),
            "lenet": (_shift_squeeze_and_shear, "BILINEAR"),
            "standard": (_crop_and_flip, "NEAREST"),
        }[augment]

    def change(number, images):
        shape = tf.shape(images)
        count, size = shape[0], tf.cast(shape[1:3], tf.float32)

        def uniform(limit, stream):
            return tf.random.stateless_uniform(
                tf.stack([count]),
                tf.stack([seed + stream, number]),
                -limit,
                limit,
            )

        transforms = matrix(size[0], size[1], uniform)
        ones = tf.zeros([count])
        transforms = tf.stack(
            [t + ones for t in (*transforms, 0.0, 0.0)], axis=1
        )
        return tf.raw_ops.ImageProjectiveTransformV3(
            images=images,
            transforms=transforms,
            output_shape=shape[1:3],
            fill_value=0.0,
            interpolation=interpolation,
            fill_mode="CONSTANT",
        )

    return change


def _shift_and_rotate(height, width, uniform):
    """Shifts by up to 1/16 of the side, ±12° of rotation, ±12 % of size."""
    angle = uniform(12 * math.pi / 180, 0)
    scale = tf.exp(uniform(0.12, 1))
    cos, sin = scale * tf.cos(angle), scale * tf.sin(angle)
    x, y = (width - 1) / 2, (height - 1) / 2
    left = x - cos * x + sin * y + uniform(width / 16, 2)
    top = y - sin * x - cos * y + uniform(height / 16, 3)
    return cos, -sin, left, sin, cos, top


def _shift_squeeze_and_shear(height, width, uniform):
    """The planar affine distortions of LeCun et al. 1998, page 2289.

    "Horizontal and vertical translations, scaling, squeezing (simultaneous
    horizontal compression and vertical elongation, or the reverse), and
    horizontal shearing"; the paper does not tell how much of each. Here shifts
    by up to 1/24 of the side, ±8 % of size and of squeezing, shears of ±0.14.
    """
    scale, squeeze = uniform(0.08, 0), uniform(0.08, 1)
    across, down = tf.exp(scale + squeeze), tf.exp(scale - squeeze)
    shear = uniform(0.14, 2)
    x, y = (width - 1) / 2, (height - 1) / 2
    left = x - across * x - shear * y + uniform(width / 24, 3)
    top = y - down * y + uniform(height / 24, 4)
    return across, shear, left, 0.0, down, top


def _crop_and_flip(height, width, uniform):
    """A crop after zero-padding by 1/8 of the side, and mirrored half the time.

    The usual augmentation of CIFAR-10: 4 pixels at 32×32.
    """
    left = tf.round(uniform(tf.floor(width / 8) + 0.499, 0))
    top = tf.round(uniform(tf.floor(height / 8) + 0.499, 1))
    sign = tf.sign(uniform(1.0, 2) + 1e-9)
    left += (1 - sign) / 2 * (width - 1)
    return sign, 0.0, left, 0.0, 1.0, top


def _resized_crop(share, mirrors, height, width, uniform):
    """A crop of some size and proportions, resized: Szegedy et al. 2014."""
    area = (1 + share) / 2 + uniform((1 - share) / 2, 0)
    sides = tf.exp(uniform(math.log(4 / 3) / 2, 1))
    across = tf.minimum(1.0, tf.sqrt(area) * sides)
    down = tf.minimum(1.0, tf.sqrt(area) / sides)
    left = (0.5 + uniform(0.5, 2)) * (1 - across) * (width - 1)
    top = (0.5 + uniform(0.5, 3)) * (1 - down) * (height - 1)
    if not mirrors:
        return across, 0.0, left, 0.0, down, top
    sign = tf.sign(uniform(1.0, 4) + 1e-9)
    left += (1 - sign) / 2 * across * (width - 1)
    return sign * across, 0.0, left, 0.0, down, top

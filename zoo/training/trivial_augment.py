"""TrivialAugment: one random operation of random strength on each image.

Müller & Hutter 2021, https://arxiv.org/abs/2103.10158, in its wide form, whose
14 operations torchvision's `TrivialAugmentWide` has, too.
"""

import math
from collections.abc import Callable

import keras
import tensorflow as tf

OPERATIONS = (
    "identity", "shear_x", "shear_y", "translate_x", "translate_y", "rotate",
    "brightness", "color", "contrast", "sharpness", "posterize", "solarize",
    "auto_contrast", "equalize",
)  # fmt: skip
STRENGTHS = 31  # from none to the strongest
SIGNED = OPERATIONS.index("sharpness")  # the last that goes both ways
SHEAR = BLEND = 0.99
SHIFT = 32.0  # pixels
TURN = math.radians(135)
BITS = 6  # that posterization takes from the 8 at most
GRAY = (0.299, 0.587, 0.114)


def changer(seed: int) -> Callable:
    """The function (number of the batch, images of 0 to 255) -> images."""

    def change(number, images):
        count = tf.shape(images)[:1]

        def draw(stream, most):
            seeds = tf.stack(
                [
                    tf.constant(seed + stream, tf.int64),
                    tf.cast(number, tf.int64),
                ]
            )
            return tf.random.stateless_uniform(count, seeds, 0, most, tf.int32)

        strength = tf.cast(draw(1, STRENGTHS), tf.float32) / (STRENGTHS - 1)
        which = draw(0, len(OPERATIONS))
        signs = tf.cast(2 * draw(2, 2) - 1, tf.float32)
        signs = tf.where(which > SIGNED, tf.ones_like(signs), signs)
        return apply(images, which, signs * strength)

    return change


def apply(images, which, strength):
    """Applies one of the `OPERATIONS` to each image.

    Args:
        images: (N, height, width, channels), pixels of 0 to 255.
        which: (N,) indices of operations.
        strength: (N,) numbers from 0 to 1, or from −1 for what goes both ways.

    Returns:
        Images of the same shape, of 0 to 255.

    Example:
        >>> import tensorflow as tf
        >>> from zoo.training import trivial_augment
        >>> white = tf.fill([1, 4, 4, 3], 200.0)
        >>> darker = trivial_augment.OPERATIONS.index("brightness")
        >>> float(trivial_augment.apply(white, [darker], [-0.5])[0, 0, 0, 0])
        101.0
    """
    which = tf.convert_to_tensor(which)
    strength = tf.convert_to_tensor(strength, tf.float32)

    def is_(name):
        return tf.equal(which, OPERATIONS.index(name))

    images = _moved(images, is_, strength)
    aside = strength[:, None, None, None]

    def chosen(name, changed, others):
        return tf.where(is_(name)[:, None, None, None], changed, others)

    gray = images
    if images.shape[-1] == 3:
        gray = tf.reduce_sum(images * tf.constant(GRAY), -1, keepdims=True)
        gray += tf.zeros_like(images)
    middle = tf.reduce_mean(gray, (1, 2, 3), keepdims=True)
    base = images
    base = chosen("brightness", tf.zeros_like(images), base)
    base = chosen("color", gray, base)
    base = chosen("contrast", tf.zeros_like(images) + middle, base)
    base = chosen("sharpness", _smooth(images), base)
    blended = base + (1 + BLEND * aside) * (images - base)
    found = tf.clip_by_value(tf.where(base == images, images, blended), 0, 255)
    step = tf.pow(2.0, tf.round(BITS * aside))
    found = chosen("posterize", tf.floor(images / step) * step, found)
    solar = tf.where(images < 255 * (1 - aside), images, 255 - images)
    found = chosen("solarize", solar, found)
    for name, layer in (
        ("auto_contrast", keras.layers.AutoContrast(value_range=(0, 255))),
        ("equalize", keras.layers.Equalization(value_range=(0, 255))),
    ):
        found = _changed(found, is_(name), layer)
    return tf.ensure_shape(found, images.shape)


def _changed(images, chosen, layer):
    """The chosen ones (a truth value each) through a layer."""

    def change():
        places = tf.where(chosen)
        changed = layer(tf.boolean_mask(images, chosen), training=True)
        changed = tf.cast(changed, images.dtype)
        return tf.tensor_scatter_nd_update(images, places, changed)

    return tf.cond(tf.reduce_any(chosen), change, lambda: images)


def _moved(images, is_, strength):
    """Sheared, shifted or turned, with black beside the image."""
    shape = tf.shape(images)
    height, width = (tf.cast(shape[i], tf.float32) for i in (1, 2))

    def amount(name, most):
        return tf.where(is_(name), most * strength, tf.zeros_like(strength))

    angle = amount("rotate", TURN)
    cos, sin = tf.cos(angle), tf.sin(angle)
    x, y = (width - 1) / 2, (height - 1) / 2
    nothing = tf.zeros_like(strength)
    left = x - cos * x + sin * y - tf.round(amount("translate_x", SHIFT))
    top = y - sin * x - cos * y - tf.round(amount("translate_y", SHIFT))
    across, down = amount("shear_x", SHEAR), amount("shear_y", SHEAR)
    # Shears leave the corner where it is, not the middle of pixel 0.
    left, top = left + across / 2, top + down / 2
    matrix = (
        cos, across - sin, left, sin + down, cos, top, nothing, nothing,
    )  # fmt: skip
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack(matrix, axis=1),
        output_shape=shape[1:3],
        fill_value=0.0,
        interpolation="NEAREST",
        fill_mode="CONSTANT",
    )


def _smooth(images):
    """Pillow's SMOOTH filter, which leaves the border as it is."""
    kernel = tf.tensor_scatter_nd_update(tf.ones((3, 3)), [[1, 1]], [5.0]) / 13
    channels = images.shape[-1]
    kernel = tf.tile(kernel[:, :, None, None], (1, 1, channels, 1))
    inner = tf.nn.depthwise_conv2d(images, kernel, (1, 1, 1, 1), "VALID")
    inner = tf.pad(inner, ((0, 0), (1, 1), (1, 1), (0, 0)))
    inside = tf.pad(
        tf.ones_like(images[:, 2:, 2:]), ((0, 0), (1, 1), (1, 1), (0, 0))
    )
    return tf.where(inside > 0, inner, images)

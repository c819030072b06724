"""Brings images of any size to the one that a network was trained on."""

import keras

from zoo._choices import one_of


@keras.saving.register_keras_serializable(package="zoo")
class FitImages(keras.layers.Layer):
    """Brings images to one size by padding, cropping or stretching.

    It needs TensorFlow, as tf.data and exported models do.

    Args:
        size: (height, width) of the results, in pixels.
        resize: "crop" cuts the middle out in the result's proportions and
            scales it, antialiased; "stretch" scales without cutting; "pad"
            crops to `own_size` and sets that into a frame of zeros.
        own_size: (height, width) of the set's images, for "pad".
        interpolation: "bilinear", or "bicubic" with "stretch".

    Shapes:
        (batch, height, width, channels) -> (batch, *size, channels), values
        from 0 to 255, whole numbers where anything was scaled.

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> fit = FitImages((32, 32), "pad", own_size=(28, 28))
        >>> fit(keras.ops.ones((1, 280, 300, 1))).shape
        TensorShape([1, 32, 32, 1])
    """

    def __init__(
        self, size, resize="crop", own_size=None, interpolation="bilinear",
        **kwargs,
    ):  # fmt: skip
        super().__init__(**kwargs)
        self.size = tuple(size)
        self.resize = one_of("resize", resize, ("crop", "pad", "stretch"))
        self.own_size = own_size and tuple(own_size)
        self.interpolation = one_of(
            "interpolation", interpolation, ("bilinear", "bicubic")
        )
        if resize == "pad" and not (
            own_size
            and all(a <= b for a, b in zip(own_size, size, strict=True))
        ):
            raise ValueError(
                "resize='pad' needs an own_size of at most the size; received "
                f"own_size={own_size!r}, size={size!r}."
            )

    def call(self, images):
        return fit(
            images, self.size, self.resize, self.own_size, self.interpolation
        )

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.size, input_shape[-1])

    def get_config(self):
        return {
            **super().get_config(),
            "size": self.size,
            "resize": self.resize,
            "own_size": self.own_size,
            "interpolation": self.interpolation,
        }


def fit(images, size, resize, own_size=None, interpolation="bilinear"):
    """Does what the layer does, to one image or a batch of one size."""
    import tensorflow as tf

    scaled = own_size if own_size and resize == "pad" else size
    if tuple(images.shape[-3:-1]) != tuple(scaled):
        if resize != "stretch":
            images = _crop_to_aspect(images, *scaled)
        steps = [scaled]
        if interpolation == "bicubic":  # as Pillow, which rounds twice
            steps = [_first_of_pillow(images, *scaled), scaled]
        for step in steps:
            images = tf.image.resize(
                images, step, interpolation, antialias=True
            )
            images = tf.clip_by_value(tf.round(images), 0, 255)
    if tuple(scaled) != tuple(size):
        top, left = ((a - b) // 2 for a, b in zip(size, scaled, strict=True))
        images = tf.image.pad_to_bounding_box(images, top, left, *size)
    return images


def _first_of_pillow(images, height, width):
    """(height, width) after the first of Pillow's two passes.

    That is over the columns, but where the height shrinks and the width grows.
    """
    import tensorflow as tf

    h, w = tf.shape(images)[-3], tf.shape(images)[-2]
    rows_first = tf.logical_and(h > height, w < width)
    return tf.where(rows_first, (height, w), (h, width))


def _crop_to_aspect(images, height, width):
    import tensorflow as tf

    h, w = tf.shape(images)[-3], tf.shape(images)[-2]
    new_h = tf.minimum(h, tf.maximum(1, w * height // width))
    new_w = tf.minimum(w, tf.maximum(1, h * width // height))
    return tf.image.crop_to_bounding_box(
        images, (h - new_h) // 2, (w - new_w) // 2, new_h, new_w
    )

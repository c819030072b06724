"""Scales images and cuts the middle out, as torchvision does."""

import keras
from keras import ops

from zoo._choices import one_of


@keras.saving.register_keras_serializable(package="zoo")
class ResizeAndCrop(keras.layers.Layer):
    """Scales the shorter side to one size and cuts a square from the middle.

    As Pillow and torchvision do it on bytes: antialiased, the longer side
    rounded down, the result rounded to whole numbers in [0, 255].

    Args:
        resize: Pixels of the shorter side.
        crop: Pixels of the square, at most `resize`.
        interpolation: "bilinear" or "bicubic".

    Shapes:
        (batch, height, width, channels) -> (batch, crop, crop, channels).

    Raises:
        ValueError: If an argument is not of the form above.

    Example:
        >>> import keras
        >>> photo = keras.ops.ones((1, 427, 640, 3))
        >>> ResizeAndCrop(256, 224)(photo).shape
        TensorShape([1, 224, 224, 3])
    """

    def __init__(self, resize, crop, interpolation="bilinear", **kwargs):
        super().__init__(**kwargs)
        if not 0 < crop <= resize:
            raise ValueError(
                "crop must be positive and at most resize; received "
                f"resize={resize!r}, crop={crop!r}."
            )
        self.resize = resize
        self.crop = crop
        self.interpolation = one_of(
            "interpolation", interpolation, ("bilinear", "bicubic")
        )

    def call(self, images):
        height, width = ops.shape(images)[1:3]
        shorter = ops.minimum(height, width)
        height = self.resize * height // shorter
        width = self.resize * width // shorter
        # Pillow scales to bytes twice, which bicubic's overshoots feel.
        images = self._resize(images, (ops.shape(images)[1], width))
        images = self._resize(images, (height, width))
        top, left = _half(height - self.crop), _half(width - self.crop)
        images = images[:, top : top + self.crop, left : left + self.crop]
        return ops.reshape(images, (-1, self.crop, self.crop, images.shape[-1]))

    def _resize(self, images, size):
        if keras.backend.backend() == "tensorflow":
            import tensorflow as tf  # Keras's wants a size known in advance

            resize = tf.image.resize
        else:
            resize = ops.image.resize
        images = resize(images, size, self.interpolation, antialias=True)
        return ops.clip(ops.round(images), 0.0, 255.0)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.crop, self.crop, input_shape[-1])

    def get_config(self):
        return {
            **super().get_config(),
            "resize": self.resize,
            "crop": self.crop,
            "interpolation": self.interpolation,
        }


def _half(size):
    """Half of it, halves rounded to even as torchvision's crop does."""
    return size // 2 + (size % 4) // 3

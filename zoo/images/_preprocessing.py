"""What a checkpoint's images went through before they met the network."""

import keras
from keras import ops

from zoo._choices import one_of
from zoo.checkpoints import _known


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


def preprocessing(name, weights=None):
    """The preprocessing that a checkpoint wants, as a model.

    It takes images of any size, (N, H, W, 3), with values from 0 to 255, and
    equals torchvision's pipeline within rounding: the shorter side resized
    with antialiasing, the middle cropped, the values normalized.

    Args:
        name: A builder's name, such as "resnet18".
        weights: The checkpoint, as the builder takes it: "torchvision",
            "timm/a1_in1k". None: the first that `info(name)` lists.

    Returns:
        A `keras.Model` to put before the network, or into one with it.

    Raises:
        ValueError: There is no such checkpoint; those that there are, are
            named.

    Example:
        >>> import keras, zoo
        >>> prepare = zoo.preprocessing("resnet18", weights="torchvision")
        >>> prepare(keras.ops.ones((1, 427, 640, 3))).shape
        TensorShape([1, 224, 224, 3])
    """
    known = _known.of(name)
    if weights is None and known:
        checkpoint = known[0]
    else:
        checkpoint = _known.find(name, str(weights))
    image = keras.Input((None, None, 3), name="image")
    x = ResizeAndCrop(
        checkpoint.resize,
        checkpoint.crop,
        checkpoint.interpolation,
        name="resize_and_crop",
        dtype="float32",
    )(image)
    x = keras.layers.Rescaling(
        [1 / (255 * std) for std in checkpoint.std],
        [-m / s for m, s in zip(checkpoint.mean, checkpoint.std, strict=True)],
        name="normalize",
        dtype="float32",
    )(x)
    return keras.Model(image, x, name=f"{name}_preprocessing")


def _half(size):
    """Half of it, halves rounded to even as torchvision's crop does."""
    return size // 2 + (size % 4) // 3

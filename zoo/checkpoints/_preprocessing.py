"""What a checkpoint's images went through before they met the network."""

from typing import TYPE_CHECKING

from zoo.checkpoints import _known
from zoo.images import Preprocessing

if TYPE_CHECKING:
    import keras


def preprocessing(name: str, weights: str | None = None) -> "keras.Model":
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
    return describe(name, weights).model(f"{name}_preprocessing")


def describe(name: str, weights: str | None = None) -> Preprocessing:
    """The same as a `Preprocessing`."""
    checkpoint = _known.find(name, weights)
    return Preprocessing(
        size=(checkpoint.crop, checkpoint.crop),
        multiplier=tuple(1 / (255 * std) for std in checkpoint.std),
        offset=tuple(
            -mean / std
            for mean, std in zip(checkpoint.mean, checkpoint.std, strict=True)
        ),
        resize="shorter_side",
        shorter_side=checkpoint.resize,
        interpolation=checkpoint.interpolation,
    )

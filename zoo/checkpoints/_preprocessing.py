"""What a checkpoint's images went through before they met the network."""

from typing import TYPE_CHECKING

from zoo.checkpoints import _known
from zoo.images import Preprocessing

if TYPE_CHECKING:
    import keras


def preprocessing(
    name: str, weights: str | None = None, image_size: int | None = None
) -> "keras.Model":
    """The preprocessing that a checkpoint wants, as a model.

    It takes images of any size, (N, H, W, 3), with values from 0 to 255, and
    equals the pipeline of the checkpoint's authors within rounding: resized
    with antialiasing and cropped as in their test, the values normalized.

    Args:
        name: A builder's name, such as "resnet18".
        weights: The checkpoint, as the builder takes it: "torchvision",
            "timm/a1_in1k". None: the first that `info(name)` lists.
        image_size: Pixels of the results' sides. The shorter side is resized
            in the same proportion. None: the size of the authors' test.

    Returns:
        A `keras.Model` to put before the network, or into one with it.

    Raises:
        ValueError: There is no such checkpoint; those that there are, are
            named, or what to use where there is none.

    Example:
        >>> import keras, zoo
        >>> prepare = zoo.preprocessing("resnet18", weights="torchvision")
        >>> prepare(keras.ops.ones((1, 427, 640, 3))).shape
        TensorShape([1, 224, 224, 3])
        >>> zoo.preprocessing("resnet18", "timm", image_size=160).output_shape
        (None, 160, 160, 3)
    """
    return describe(name, weights, image_size).model(f"{name}_preprocessing")


def describe(
    name: str, weights: str | None = None, image_size: int | None = None
) -> Preprocessing:
    """The same as a `Preprocessing`."""
    if not _known.of(name) and weights is None:
        raise ValueError(
            f"No checkpoint of {name!r} is published, so none says what images "
            "should go through. For weights of your own, say what they were "
            "trained with: zoo.Preprocessing((224, 224), multiplier=(1 / "
            "127.5,) * 3, offset=(-1.0,) * 3).model() is usual; a model that "
            "zoo train made has its own."
        )
    checkpoint = _known.find(name, weights)
    crop, resize = checkpoint.crop, checkpoint.resize
    if image_size is not None:
        if type(image_size) is not int or image_size < 1:
            raise ValueError(
                "image_size must be the pixels of a side, an int of at least "
                f"1; received {image_size!r}."
            )
        crop, resize = image_size, image_size * resize // crop
    squash = checkpoint.crop_mode == "squash"
    return Preprocessing(
        size=(crop, crop),
        multiplier=tuple(1 / (255 * std) for std in checkpoint.std),
        offset=tuple(
            -mean / std
            for mean, std in zip(checkpoint.mean, checkpoint.std, strict=True)
        ),
        resize="stretch" if squash else "shorter_side",
        shorter_side=None if squash else resize,
        interpolation=checkpoint.interpolation,
    )

"""What range of pixels a model takes that has no preprocessing beside it."""

import keras

from zoo.images import Preprocessing

SCALES = {
    "pixels": ((1.0,) * 3, (0.0,) * 3),
    "unit": ((1 / 255,) * 3, (0.0,) * 3),
    "signed": ((2 / 255,) * 3, (-1.0,) * 3),
    # The means and standard deviations of ImageNet's channels.
    "imagenet": (
        (1 / (255 * 0.229), 1 / (255 * 0.224), 1 / (255 * 0.225)),
        (-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225),
    ),
}
OPEN_SIDE = 224  # of images where the model leaves it open
# They may stand between the images and a scaling.
BEFORE_SCALING = (
    "CenterCrop", "InputLayer", "Pipeline", "Resizing", "ZeroPadding2D",
)  # fmt: skip
SCALING = (
    "Normalization", "Rescaling", "Subtract", "TrueDivide", "Divide",
    "Multiply",
)  # fmt: skip


def guess(
    model: keras.Model, what: str, scale: str | None
) -> Preprocessing | None:
    """The `Preprocessing` of a model that has none beside it, or None.

    Images are stretched, as keras.utils.image_dataset_from_directory does it.

    Raises:
        ValueError: `scale` is given for a model that takes no image files.
    """
    height, width, channels = model.inputs[0].shape[1:]
    if scale is None:
        if channels not in (1, 3) or not scales_itself(model):
            return None
        scale = "pixels"
    if channels not in (1, 3):
        raise ValueError(
            f"{what} takes images of {channels} channels; image files "
            "have 1 or 3."
        )
    multiplier, offset = SCALES[scale]
    return Preprocessing(
        (height or OPEN_SIDE, width or OPEN_SIDE),
        multiplier[:channels],
        offset[:channels],
        resize="stretch",
    )


def scales_itself(model: keras.Model) -> bool:
    """Whether the first layers of a model scale pixels from 0 to 255."""
    for layer in _in_order(model):
        name = type(layer).__name__
        if name in SCALING:
            return True
        random = name.startswith("Random")
        if not random and name not in BEFORE_SCALING:
            return False
    return False


def _in_order(model):
    """The layers and operations of a model and of those in it."""
    if isinstance(model, keras.Sequential):
        model = model._functional or model
    for each in getattr(model, "operations", None) or model.layers:
        if isinstance(each, keras.Model):
            yield from _in_order(each)
        else:
            yield each

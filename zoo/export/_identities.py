"""Layers that do nothing in inference."""

import keras

from zoo import layers

AUGMENTATIONS = (
    "AugMix", "CutMix", "MixUp", "RandAugment", "RandomBrightness",
    "RandomColorDegeneration", "RandomColorJitter", "RandomContrast",
    "RandomElasticTransform", "RandomErasing", "RandomFlip",
    "RandomGaussianBlur", "RandomGrayscale", "RandomHue", "RandomInvert",
    "RandomPerspective", "RandomPosterization", "RandomRotation",
    "RandomSaturation", "RandomSharpness", "RandomShear", "RandomTranslation",
    "RandomZoom",
)  # fmt: skip
# Those that this version of Keras has.
AUGMENTING = tuple(
    getattr(keras.layers, name)
    for name in AUGMENTATIONS
    if hasattr(keras.layers, name)
)
IDENTITIES = (
    keras.layers.ActivityRegularization,
    keras.layers.AlphaDropout,
    keras.layers.Dropout,
    keras.layers.GaussianDropout,
    keras.layers.GaussianNoise,
    keras.layers.Identity,
    keras.layers.SpatialDropout1D,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
    layers.DropBlock,
    layers.StochasticDepth,
    *AUGMENTING,
)


def is_identity(layer):
    """Whether the layer returns its input in inference."""
    if type(layer) is keras.layers.Activation:
        return layer.activation is keras.activations.linear
    return type(layer) in IDENTITIES


def is_augmentation(layer):
    """Whether it changes images in training only, as its model is called.

    Its `call` has `training=True` by default, which then stands in the graph of
    a functional model and means nothing.
    """
    return type(layer) in AUGMENTING

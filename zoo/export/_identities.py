"""Layers that do nothing in inference."""

import inspect

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
PIPELINE = getattr(keras.layers, "Pipeline", None)
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
)


def is_identity(layer):
    """Whether the layer returns its input in inference."""
    if type(layer) is keras.layers.Activation:
        return layer.activation is keras.activations.linear
    return type(layer) in IDENTITIES or is_augmentation(layer)


def is_augmentation(layer):
    """Whether it changes images in training only, as its model is called.

    Its `call` has `training=True` by default, which then stands in the graph of
    a functional model and means nothing.
    """
    if type(layer) is PIPELINE:
        return all(map(is_augmentation, layer.layers))
    return type(layer) in AUGMENTING


def in_inference(network):
    """The functional model in which nothing is random by itself.

    Random augmentation goes, and so do other layers' own `training=True`: the
    exporters of some formats would not call them otherwise.

    Returns:
        The same model where there is none.
    """
    if not any(map(_trains_by_itself, network._flatten_layers())):
        return network
    return keras.models.clone_model(
        network,
        clone_function=lambda layer: layer,
        call_function=_call,
        recursive=True,
    )


def _call(layer, *args, **kwargs):
    if is_augmentation(layer):
        return args[0]
    if _trains_by_itself(layer):
        kwargs["training"] = False
    return layer(*args, **kwargs)


def _trains_by_itself(layer):
    training = inspect.signature(layer.call).parameters.get("training")
    return training is not None and training.default is True

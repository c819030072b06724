"""The history of convolutional networks, as Keras models.

    >>> import zoo
    >>> model = zoo.resnet18(num_classes=10, input_shape=(64, 64, 3))

`list_models()` names them all, `info(name)` tells about one, `create(name)`
builds one; each is also a function of its own name. Nothing is imported
before it is used, TensorFlow and Keras included.
"""

import lazy_loader
import wrapt

from zoo.models import _index

ROOMS = (
    "callbacks",
    "checkpoints",
    "drawing",
    "evaluation",
    "images",
    "layers",
    "models",
    "recipes",
    "serve",
    "training",
)
# Where each public name is defined, but for the builders: the index knows them.
PUBLIC = {
    "_evaluate": ["evaluate"],
    "_version": ["__version__"],
    "checkpoints": ["Checkpoint", "CheckpointError", "load_checkpoint"],
    "drawing": ["draw"],
    "explain": ["explain"],
    "export": ["export"],
    "export._fold": ["fold_batch_norm"],
    "export._reparameterize": ["reparameterize"],
    "checkpoints._preprocessing": ["preprocessing"],
    "images": ["Preprocessing", "ResizeAndCrop"],
    "models._feature_extractor": ["feature_extractor"],
    "models._index": ["ModelInfo", "info", "list_models"],
    "models._layer_table": ["layer_table"],
    "models._macs": ["count_macs"],
    "models._registry": ["create"],
    "training._fine_tune": ["fine_tune"],
}
# The classes that a saved model may name, as `zoo>Conv2D`.
SAVED = {
    "images._fit_images": ["FitImages"],
    "images._resize_and_crop": ["ResizeAndCrop"],
    "layers": [
        "AdaptiveAvgPool2D", "AvgPool2D", "BatchNorm", "BatchRenorm",
        "BlurPool2D", "CBAM", "CReLU", "ChannelShuffle", "ChannelSlice",
        "Conv2D", "DecorrelatedBatchNorm", "DepthwiseConv2D", "DropBlock",
        "EffectiveSqueezeExcitation", "EfficientChannelAttention",
        "FilterResponseNorm", "FractalJoin", "FractalPath", "GlobalContext",
        "GlobalResponseNorm", "GroupedConv2D", "IterativeNorm", "LayerNorm",
        "LayerScale", "LeakyReLU", "LearnableAffine", "LearnedGroupConv2D",
        "LocalResponseNorm", "MaxPool2D", "Maxout", "MeanOnlyBatchNorm",
        "MeanPrediction", "PReLU", "RBFOutput", "RReLU", "ResizeLike",
        "ScaledTanh", "ScaledWeightStandardization", "ShakeShake", "SkipInit",
        "SpatialPyramidPooling", "SplitAttention", "SqueezeExcitation",
        "StochasticDepth", "Subsampling", "TableConv2D",
        "ThresholdedLinearUnit", "WeightNorm", "WeightStandardization",
        "ZeroPadShortcut",
    ],
    "models._initializers": ["FanInUniform"],
    "training.schedules": ["Warmup"],
}  # fmt: skip

BUILDERS = _index.by_module()

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    ROOMS,
    {
        m: PUBLIC.get(m, []) + BUILDERS.get(m, [])
        for m in {**PUBLIC, **BUILDERS}
    },
)


@wrapt.when_imported("keras")
def _know_our_classes(keras):
    """Lets Keras find our classes in saved models, each when it meets it."""
    known = keras.saving.get_custom_objects()
    for module, names in SAVED.items():
        for name in names:
            later = wrapt.lazy_import(f"{__name__}.{module}", name)
            known.setdefault(f"zoo>{name}", later)

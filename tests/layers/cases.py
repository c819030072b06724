"""Every layer of `layers`, as the contract test builds it."""

import dataclasses
from collections.abc import Callable

import keras
import numpy as np

from zoo import layers


@dataclasses.dataclass(frozen=True)
class Case:
    """A way to build a layer.

    Attributes:
        id: Name of the layer, a hyphen, and what is special.
        make: Returns a new layer.
        shape: Shape of one sample, without the batch.
        any_size: Whether height and width may be None.
        tolerance: Relative tolerance of half-precision outputs against float32.
        idle: End of the path of a weight that changes nothing: published files
            have it, and its gradient is 0 but for rounding.
    """

    id: str
    make: Callable
    shape: tuple = (7, 6, 8)
    any_size: bool = True
    tolerance: float = 0.05
    idle: str | None = None

    @property
    def layer(self):
        """Name of the layer."""
        return self.id.split("-")[0]

    def is_idle(self, weight):
        return self.idle is not None and weight.path.endswith(self.idle)

    def inputs(self, batch=4, dtype="float32", seed=0):
        rng = np.random.default_rng(seed)
        return rng.normal(size=(batch, *self.shape)).astype(dtype)

    def model(self, any_size=False, **kwargs):
        """A model of this layer alone."""
        *space, channels = self.shape
        if any_size:
            space = [None] * len(space)
        image = keras.Input((*space, channels), **kwargs)
        return keras.Model(image, self.make()(image))


CODES = [[1, -1, 1, -1, 1, -1], [1, 1, -1, -1, 1, 1], [-1] * 6]
TABLE = [(0, 1, 2), (3, 4), (5, 6, 7, 0)]

CASES = [
    # Convolutions and pools
    Case("Conv2D", lambda: layers.Conv2D(4, 3, 2, padding=1)),
    Case(
        "Conv2D-sides",
        lambda: layers.Conv2D(4, (3, 2), padding=((0, 1), (2, 0))),
    ),
    Case(
        "DepthwiseConv2D",
        lambda: layers.DepthwiseConv2D(3, 2, padding=1, depth_multiplier=2),
    ),
    Case("GroupedConv2D-2", lambda: layers.GroupedConv2D(6, 3, 2, padding=1)),
    Case(
        "GroupedConv2D-8",
        lambda: layers.GroupedConv2D(16, 3, 8, 2, padding=1),
    ),
    Case(
        "LearnedGroupConv2D",
        lambda: layers.LearnedGroupConv2D(6, 1, 2, condense_factor=4),
    ),
    Case("TableConv2D", lambda: layers.TableConv2D(TABLE, 3)),
    Case("MaxPool2D", lambda: layers.MaxPool2D(3, 2, padding=1)),
    Case("MaxPool2D-ceil", lambda: layers.MaxPool2D(3, 2, ceil_mode=True)),
    Case("AvgPool2D", lambda: layers.AvgPool2D(3, 2, padding=1)),
    Case(
        "AvgPool2D-ceil",
        lambda: layers.AvgPool2D(
            2, 3, padding=1, ceil_mode=True, count_include_pad=True
        ),
    ),
    Case(
        "AdaptiveAvgPool2D",
        lambda: layers.AdaptiveAvgPool2D((3, 4)),
        any_size=False,  # which its output does not keep
    ),
    Case(
        "SpatialPyramidPooling",
        lambda: layers.SpatialPyramidPooling((1, 2, 4)),
    ),
    Case("BlurPool2D", lambda: layers.BlurPool2D()),
    Case("BlurPool2D-even", lambda: layers.BlurPool2D(4, strides=3)),
    Case("Subsampling", lambda: layers.Subsampling(2)),
    # Activations
    Case("LeakyReLU", lambda: layers.LeakyReLU(0.01)),
    Case("PReLU", lambda: layers.PReLU()),
    Case("PReLU-all", lambda: layers.PReLU(shared="all"), (6,)),
    Case("RReLU", lambda: layers.RReLU(seed=1)),
    Case("ScaledTanh", lambda: layers.ScaledTanh()),
    Case("CReLU", lambda: layers.CReLU()),
    Case("Maxout", lambda: layers.Maxout(4)),
    # Blocks and outputs
    Case("CBAM", lambda: layers.CBAM(ratio=2, kernel_size=3)),
    Case(
        "CBAM-swapped",
        lambda: layers.CBAM(
            ratio=2, activation="silu", norm=layers.LayerNorm()
        ),
    ),
    Case("ChannelSlice", lambda: layers.ChannelSlice(2, 7)),
    Case("ChannelShuffle", lambda: layers.ChannelShuffle(4)),
    Case("DropBlock", lambda: layers.DropBlock(0.2, block_size=3, seed=1)),
    Case(
        "EfficientChannelAttention", lambda: layers.EfficientChannelAttention()
    ),
    # The softmax of the mask is the same with any bias.
    Case(
        "GlobalContext",
        lambda: layers.GlobalContext(ratio=2),
        idle="mask/bias",
    ),
    Case(
        "GlobalContext-scale",
        lambda: layers.GlobalContext(3, fusion="scale", activation="silu"),
        idle="mask/bias",
    ),
    Case(
        "EffectiveSqueezeExcitation",
        lambda: layers.EffectiveSqueezeExcitation(),
    ),
    Case("LearnableAffine", lambda: layers.LearnableAffine()),
    Case("LayerScale", lambda: layers.LayerScale(0.1)),
    Case("SplitAttention", lambda: layers.SplitAttention(6)),
    Case(
        "SplitAttention-swapped",
        lambda: layers.SplitAttention(
            4, 2, 2, use_bias=False, activation="silu", norm=None
        ),
    ),
    Case("SplitAttention-1", lambda: layers.SplitAttention(6, radix=1)),
    Case("SqueezeExcitation", lambda: layers.SqueezeExcitation(ratio=2)),
    Case(
        "SqueezeExcitation-hard",
        lambda: layers.SqueezeExcitation(
            filters=3, activation="silu", gate="hard_sigmoid"
        ),
    ),
    Case("SkipInit", lambda: layers.SkipInit(0.5)),
    Case("StochasticDepth", lambda: layers.StochasticDepth(0.5, seed=1)),
    Case("RBFOutput", lambda: layers.RBFOutput(CODES), (6,), any_size=False),
    Case("ZeroPadShortcut", lambda: layers.ZeroPadShortcut(12, strides=2)),
    # Normalizers
    Case("BatchNorm", lambda: layers.BatchNorm(momentum=0.8)),
    Case(
        "BatchRenorm",
        lambda: layers.BatchRenorm(
            momentum=0.8, ramp_start=0, r_ramp_end=2, d_ramp_end=3
        ),
    ),
    Case("DecorrelatedBatchNorm", lambda: layers.DecorrelatedBatchNorm(4)),
    Case("FilterResponseNorm", lambda: layers.FilterResponseNorm()),
    Case(
        "FilterResponseNorm-learned",
        lambda: layers.FilterResponseNorm(learned_epsilon=True),
        (8,),
    ),
    Case("GlobalResponseNorm", lambda: layers.GlobalResponseNorm()),
    Case("IterativeNorm", lambda: layers.IterativeNorm(4)),
    Case("LayerNorm", lambda: layers.LayerNorm()),
    Case("LayerNorm-position", lambda: layers.LayerNorm(axis=-1)),
    Case("LocalResponseNorm", lambda: layers.LocalResponseNorm(alpha=0.1)),
    Case(
        "LocalResponseNorm-within",
        lambda: layers.LocalResponseNorm(
            3, alpha=0.5, alpha_convention="mean", region="within"
        ),
    ),
    Case("MeanOnlyBatchNorm", lambda: layers.MeanOnlyBatchNorm(0.8)),
    Case("ThresholdedLinearUnit", lambda: layers.ThresholdedLinearUnit()),
    Case(
        "WeightNorm-Conv2D",
        lambda: layers.WeightNorm(keras.layers.Conv2D(4, 3, 2)),
    ),
    Case(
        "WeightNorm-DepthwiseConv2D",
        lambda: layers.WeightNorm(
            layers.DepthwiseConv2D(3, depth_multiplier=2)
        ),
    ),
    Case(
        "WeightNorm-GroupedConv2D",
        lambda: layers.WeightNorm(layers.GroupedConv2D(6, 3, 2)),
    ),
    Case(
        "WeightNorm-Conv2DTranspose",
        lambda: layers.WeightNorm(keras.layers.Conv2DTranspose(4, 3, 2)),
    ),
    Case(
        "WeightNorm-Dense",
        lambda: layers.WeightNorm(keras.layers.Dense(3, "relu")),
        (6,),
    ),
    Case(
        "WeightStandardization",
        lambda: layers.WeightStandardization(layers.Conv2D(4, 3, 2, padding=1)),
    ),
    Case(
        "ScaledWeightStandardization",
        lambda: layers.ScaledWeightStandardization(layers.Conv2D(4, 3), 1.7),
    ),
]


# The first case of each layer.
EACH_LAYER = [
    case
    for i, case in enumerate(CASES)
    if case.layer not in {other.layer for other in CASES[:i]}
]


def model_of_all():
    """One model with an input and an output for every layer."""
    inputs, outputs = [], []
    for case in EACH_LAYER:
        image = keras.Input(case.shape, name=f"in_{case.id}")
        inputs.append(image)
        outputs.append(case.make()(image))
    return keras.Model(inputs, outputs)

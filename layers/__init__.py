"""Layers that Keras lacks, or that it gets wrong or slow for CNNs."""

from zoo.layers._adaptive_avg_pool import AdaptiveAvgPool2D
from zoo.layers._avg_pool import AvgPool2D
from zoo.layers._batch_norm import BatchNorm
from zoo.layers._batch_renorm import BatchRenorm
from zoo.layers._blur_pool import BlurPool2D
from zoo.layers._cbam import CBAM
from zoo.layers._channel_shuffle import ChannelShuffle
from zoo.layers._channel_slice import ChannelSlice
from zoo.layers._conv import Conv2D
from zoo.layers._crelu import CReLU
from zoo.layers._decorrelated_batch_norm import DecorrelatedBatchNorm
from zoo.layers._depthwise_conv import DepthwiseConv2D
from zoo.layers._drop_block import DropBlock
from zoo.layers._effective_squeeze_excitation import (
    EffectiveSqueezeExcitation,
)
from zoo.layers._efficient_channel_attention import EfficientChannelAttention
from zoo.layers._filter_response_norm import FilterResponseNorm
from zoo.layers._fractal_join import FractalJoin, FractalPath
from zoo.layers._global_context import GlobalContext
from zoo.layers._global_response_norm import GlobalResponseNorm
from zoo.layers._grouped_conv import GroupedConv2D
from zoo.layers._iterative_norm import IterativeNorm
from zoo.layers._layer_norm import LayerNorm
from zoo.layers._layer_scale import LayerScale
from zoo.layers._leaky_relu import LeakyReLU
from zoo.layers._learnable_affine import LearnableAffine
from zoo.layers._learned_group_conv import LearnedGroupConv2D, condense
from zoo.layers._local_response_norm import LocalResponseNorm
from zoo.layers._max_pool import MaxPool2D
from zoo.layers._maxout import Maxout
from zoo.layers._mean_only_batch_norm import MeanOnlyBatchNorm
from zoo.layers._mean_prediction import MeanPrediction
from zoo.layers._prelu import PReLU
from zoo.layers._rbf_output import RBFOutput
from zoo.layers._resize_like import ResizeLike
from zoo.layers._rrelu import RReLU
from zoo.layers._scaled_tanh import ScaledTanh
from zoo.layers._scaled_weight_standardization import (
    ScaledWeightStandardization,
)
from zoo.layers._shake_shake import ShakeShake
from zoo.layers._skip_init import SkipInit
from zoo.layers._spatial_pyramid_pooling import SpatialPyramidPooling
from zoo.layers._split_attention import SplitAttention
from zoo.layers._squeeze_excitation import SqueezeExcitation
from zoo.layers._stochastic_depth import StochasticDepth, linear_decay
from zoo.layers._subsampling import Subsampling
from zoo.layers._table_conv import TableConv2D
from zoo.layers._thresholded_linear_unit import ThresholdedLinearUnit
from zoo.layers._weight_norm import WeightNorm, initialize_weight_norm
from zoo.layers._weight_standardization import WeightStandardization
from zoo.layers._zero_pad_shortcut import ZeroPadShortcut

__all__ = [
    "CBAM",
    "AdaptiveAvgPool2D",
    "AvgPool2D",
    "BatchNorm",
    "BatchRenorm",
    "BlurPool2D",
    "CReLU",
    "ChannelShuffle",
    "ChannelSlice",
    "Conv2D",
    "DecorrelatedBatchNorm",
    "DepthwiseConv2D",
    "DropBlock",
    "EffectiveSqueezeExcitation",
    "EfficientChannelAttention",
    "FilterResponseNorm",
    "FractalJoin",
    "FractalPath",
    "GlobalContext",
    "GlobalResponseNorm",
    "GroupedConv2D",
    "IterativeNorm",
    "LayerNorm",
    "LayerScale",
    "LeakyReLU",
    "LearnableAffine",
    "LearnedGroupConv2D",
    "LocalResponseNorm",
    "MaxPool2D",
    "Maxout",
    "MeanOnlyBatchNorm",
    "MeanPrediction",
    "PReLU",
    "RBFOutput",
    "RReLU",
    "ResizeLike",
    "ScaledTanh",
    "ScaledWeightStandardization",
    "ShakeShake",
    "SkipInit",
    "SpatialPyramidPooling",
    "SplitAttention",
    "SqueezeExcitation",
    "StochasticDepth",
    "Subsampling",
    "TableConv2D",
    "ThresholdedLinearUnit",
    "WeightNorm",
    "WeightStandardization",
    "ZeroPadShortcut",
    "condense",
    "initialize_weight_norm",
    "linear_decay",
]

"""Layers that Keras lacks, or that it gets wrong or slow for CNNs."""

from layers._avg_pool import AvgPool2D
from layers._batch_norm import BatchNorm
from layers._batch_renorm import BatchRenorm
from layers._cbam import CBAM
from layers._channel_shuffle import ChannelShuffle
from layers._channel_slice import ChannelSlice
from layers._conv import Conv2D
from layers._crelu import CReLU
from layers._decorrelated_batch_norm import DecorrelatedBatchNorm
from layers._depthwise_conv import DepthwiseConv2D
from layers._drop_block import DropBlock
from layers._filter_response_norm import FilterResponseNorm
from layers._fractal_join import FractalJoin, FractalPath
from layers._grouped_conv import GroupedConv2D
from layers._iterative_norm import IterativeNorm
from layers._layer_norm import LayerNorm
from layers._layer_scale import LayerScale
from layers._local_response_norm import LocalResponseNorm
from layers._max_pool import MaxPool2D
from layers._maxout import Maxout
from layers._mean_only_batch_norm import MeanOnlyBatchNorm
from layers._prelu import PReLU
from layers._rbf_output import RBFOutput
from layers._rrelu import RReLU
from layers._scaled_tanh import ScaledTanh
from layers._squeeze_excitation import SqueezeExcitation
from layers._stochastic_depth import StochasticDepth, linear_decay
from layers._subsampling import Subsampling
from layers._table_conv import TableConv2D
from layers._thresholded_linear_unit import ThresholdedLinearUnit
from layers._weight_norm import WeightNorm, initialize_weight_norm
from layers._weight_standardization import WeightStandardization
from layers._zero_pad_shortcut import ZeroPadShortcut

__all__ = [
    "CBAM",
    "AvgPool2D",
    "BatchNorm",
    "BatchRenorm",
    "CReLU",
    "ChannelShuffle",
    "ChannelSlice",
    "Conv2D",
    "DecorrelatedBatchNorm",
    "DepthwiseConv2D",
    "DropBlock",
    "FilterResponseNorm",
    "FractalJoin",
    "FractalPath",
    "GroupedConv2D",
    "IterativeNorm",
    "LayerNorm",
    "LayerScale",
    "LocalResponseNorm",
    "MaxPool2D",
    "Maxout",
    "MeanOnlyBatchNorm",
    "PReLU",
    "RBFOutput",
    "RReLU",
    "ScaledTanh",
    "SqueezeExcitation",
    "StochasticDepth",
    "Subsampling",
    "TableConv2D",
    "ThresholdedLinearUnit",
    "WeightNorm",
    "WeightStandardization",
    "ZeroPadShortcut",
    "initialize_weight_norm",
    "linear_decay",
]

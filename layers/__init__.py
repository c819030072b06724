"""Layers that Keras lacks, or that it gets wrong or slow for CNNs."""

from layers._batch_norm import BatchNorm
from layers._layer_norm import LayerNorm
from layers._local_response_norm import LocalResponseNorm
from layers._weight_norm import WeightNorm

__all__ = [
    "BatchNorm",
    "LayerNorm",
    "LocalResponseNorm",
    "WeightNorm",
]

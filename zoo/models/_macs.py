"""Counts multiply-adds from a model's layers."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras

KERNELS = ("kernel", "depthwise_kernel", "pointwise_kernel")


def count_macs(model: "keras.Model") -> int:
    """Multiply-adds of one image through convolutions and dense layers.

    Biases, normalizers, activations and pooling are left out, as papers do.

    Args:
        model: A functional or Sequential model with a fixed input height and
            width.

    Returns:
        An int; nested models are counted as often as they are called.
    """
    from zoo.models import _graph

    return sum(map(of_call, _graph.calls(model)))


def of_call(call) -> int:
    """Multiply-adds of a `_graph.Call` for one image."""
    from zoo.models import _graph

    if not call.inputs:
        return 0
    layer = call.operation
    if hasattr(layer, "multiply_adds"):  # what the rule below cannot see
        return layer.multiply_adds(call.inputs[0].shape)
    layer = _graph.layer_of(layer)
    kernels = [getattr(layer, name, None) for name in KERNELS]
    weights = sum(math.prod(k.shape) for k in kernels if k is not None)
    if not weights:
        return 0
    # A transposed convolution spreads each pixel that comes in.
    spreads = "Transpose" in type(layer).__name__
    shape = (call.inputs if spreads else call.outputs)[0].shape
    if getattr(layer, "data_format", None) == "channels_first":
        places = shape[2:]
    else:
        places = shape[1:-1]
    return math.prod(places) * weights

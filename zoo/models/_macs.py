"""Counts multiply-adds from a model's layers."""

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import keras


def count_macs(model: "keras.Model") -> int:
    """Multiply-adds of one image through convolutions and dense layers.

    Biases, normalizers, activations and pooling are left out, as papers do.

    Args:
        model: A functional model with a fixed input height and width.

    Returns:
        An int; nested models are counted as often as they are called.
    """
    return sum(
        _macs(node.operation, node)
        for nodes in model._nodes_by_depth.values()
        for node in nodes
        if not node.is_input
    )


def _macs(layer, node):
    if hasattr(layer, "_nodes_by_depth"):
        return count_macs(layer)
    inputs = [t.shape for t in node.input_tensors]
    if hasattr(layer, "multiply_adds"):  # what the rule below cannot see
        return layer.multiply_adds(inputs[0])
    kernel = getattr(getattr(layer, "layer", layer), "kernel", None)
    if kernel is None:
        return 0
    output = node.output_tensors[0].shape
    positions = math.prod(output[1:-1]) if len(output) > 2 else 1
    return positions * math.prod(kernel.shape)

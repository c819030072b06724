"""Turns another package's tensors into the values of our variables."""

import math

import keras
import numpy as np

TORCH = {
    "kernel": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
    "alpha": "weight",
}


def tensor_names(theirs, layer, source):
    """{variable: their tensor, or (function, tensor, …)} of one layer.

    Args:
        theirs: What the family's rules say about the layer.
        layer: The layer.
        source: "torchvision", "timm" or "keras".
    """
    variables = own_variables(layer)
    if isinstance(theirs, dict):
        return {v.name: theirs[v.name] for v in variables}
    if source == "keras":
        return {v.name: f"{theirs}/{v.name}" for v in variables}
    return {v.name: f"{theirs}.{TORCH.get(v.name, v.name)}" for v in variables}


def covers(theirs, layer):
    """Whether the family's rules say where all of the layer's variables are."""
    return isinstance(theirs, str) or all(
        v.name in theirs for v in own_variables(layer)
    )


def own_variables(layer):
    """The layer's variables without its sublayers', and without seeds."""
    return [
        *layer._trainable_variables,
        *(
            v
            for v in layer._non_trainable_variables
            if v.name != "seed_generator_state"
        ),
    ]


def to_ours(array, layer, variable, source):
    """The array in our layout: ValueError where its shape does not fit."""
    if array.size != math.prod(variable.shape):  # before it is copied
        raise ValueError
    if source != "keras" and variable.name == "kernel":
        array = _kernel(array, layer, len(variable.shape))
    ours = tuple(d for d in variable.shape if d != 1)
    if tuple(d for d in array.shape if d != 1) != ours:
        raise ValueError
    return array.reshape(variable.shape)


def one_array(make, arrays):
    """What the family's function makes of tensors, in float32 or wider.

    The first holds the values; others may be whole numbers, such as an index.
    """
    for array in arrays[:1]:
        if array.dtype.kind != "f" and array.dtype.name != "bfloat16":
            raise ValueError
    array = arrays[0] if make is None else make(*arrays)
    return array.astype(np.result_type(array.dtype, "float32"), copy=False)


def adapt_kernel(kernel, channels, source="torchvision"):
    """A first convolution's kernel for another number of input channels."""
    axis = 2 if source == "keras" else 1
    if kernel.ndim != 4 or 0 in kernel.shape:
        raise ValueError
    own = kernel.shape[axis]
    if own == channels:
        return kernel
    if channels == 1:
        return kernel.sum(axis, keepdims=True)
    repeated = np.concatenate([kernel] * math.ceil(channels / own), axis)
    return repeated.take(range(channels), axis) * np.float32(own / channels)


def their_shape(layer, variable, source):
    """The shape that `to_ours` takes."""
    shape = tuple(variable.shape)
    if source == "keras" or variable.name != "kernel":
        return shape
    *space, inputs, outputs = shape
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        inputs, outputs = 1, inputs * outputs
    return (outputs, inputs, *space)


def _kernel(array, layer, rank):
    """(out, in, H, W) -> (H, W, in, out), and what a matrix makes of it."""
    if isinstance(layer, keras.layers.DepthwiseConv2D):
        height, width, channels, multiplier = layer.kernel.shape
        if array.shape != (channels * multiplier, 1, height, width):
            raise ValueError
        return array.transpose(2, 3, 0, 1).reshape(layer.kernel.shape)
    if array.ndim == 2 and rank == 4:  # linear layer as 1x1 convolution
        array = array[:, :, None, None]
    if array.ndim == 2:
        flattened = _flattened_shape(layer)
        if flattened is None:
            return array.T
        height, width, channels = flattened  # PyTorch flattens C, H, W
        array = array.reshape(-1, channels, height, width)
    if array.ndim != 4:
        raise ValueError
    array = array.transpose(2, 3, 1, 0)
    return array if rank == 4 else array.reshape(-1, array.shape[-1])


def _flattened_shape(layer):
    """(H, W, C) of the map whose flattening the layer reads, else None."""
    while layer._inbound_nodes:
        (tensor,) = layer._inbound_nodes[0].input_tensors[:1]
        layer = tensor._keras_history.operation
        if isinstance(layer, keras.layers.Flatten):
            shape = layer._inbound_nodes[0].input_tensors[0].shape[1:]
            return shape if len(shape) == 3 else None
        if getattr(layer, "weights", None) or layer.input.shape != tensor.shape:
            return None
    return None

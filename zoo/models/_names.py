"""Short names of activations and normalizers, and how each is constructed."""

import math
from collections.abc import Callable
from typing import NamedTuple

import keras

from zoo import layers
from zoo._choices import one_of

ACTIVATIONS = {
    "relu": keras.layers.ReLU,
    "relu6": lambda: keras.layers.ReLU(max_value=6.0),
    "leaky_relu": lambda: layers.LeakyReLU(negative_slope=0.01),
    "prelu": layers.PReLU,
    "rrelu": layers.RReLU,
    "elu": keras.layers.ELU,
    "selu": lambda: keras.layers.Activation("selu"),
    "gelu": lambda: keras.layers.Activation("gelu"),
    "silu": lambda: keras.layers.Activation("silu"),
    "hard_swish": lambda: keras.layers.Activation("hard_silu"),
    "tanh": lambda: keras.layers.Activation("tanh"),
    "sigmoid": lambda: keras.layers.Activation("sigmoid"),
}


class Norm(NamedTuple):
    """How a network normalizes: a layer after a convolution, or round it."""

    layer: Callable | None = None  # channels -> layer
    wrap: Callable | None = None  # convolution -> convolution
    shifts: bool = False  # the layer adds an offset: no bias needed before it


NORMS = {
    "batch_norm": Norm(
        lambda channels: layers.BatchNorm(momentum=0.9, epsilon=1e-5),
        shifts=True,
    ),
    "layer_norm": Norm(lambda channels: layers.LayerNorm(), shifts=True),
    "group_norm": Norm(  # 32 groups, or as many of them as divide the channels
        lambda channels: keras.layers.GroupNormalization(
            math.gcd(32, channels), epsilon=1e-5
        ),
        shifts=True,
    ),
    "instance_norm": Norm(
        lambda channels: keras.layers.GroupNormalization(-1, epsilon=1e-5),
        shifts=True,
    ),
    "weight_norm": Norm(wrap=layers.WeightNorm),
    "none": Norm(),
}


def activation(spec):
    """The constructor of fresh activation layers that `spec` stands for."""
    if isinstance(spec, str):
        return ACTIVATIONS[one_of("activation", spec, ACTIVATIONS)]
    _check_fresh_layer("activation", spec, ACTIVATIONS)
    return spec


def chosen_norm(spec, paper_norm):
    """The `Norm` that `spec` stands for, or the paper's where it is None.

    Asked for by its name, batch norm keeps the paper's epsilon.
    """
    own = norm(paper_norm)
    batch_norm = keras.layers.BatchNormalization
    if spec is None or (
        spec == "batch_norm"
        and own.layer
        and isinstance(own.layer(1), batch_norm)
    ):
        return own
    return norm(spec)


def norm(spec):
    """The `Norm` that `spec`, a short name or a constructor, stands for."""
    if isinstance(spec, Norm):
        return spec
    if isinstance(spec, str):
        return NORMS[one_of("norm", spec, NORMS)]
    sample = _check_fresh_layer("norm", spec, NORMS)
    return Norm(
        lambda channels: spec(), shifts=getattr(sample, "center", False)
    )


def _check_fresh_layer(argument, make, names):
    accepted = (
        f"{argument} must be one of {', '.join(map(repr, names))}, or a "
        "callable without arguments that returns a new Keras layer"
    )
    if isinstance(make, keras.layers.Layer):
        raise ValueError(
            f"{accepted}; received the layer {make}, which every place in the "
            "network would share. Pass its class, or a function such as "
            f"lambda: {type(make).__name__}(…)."
        )
    if not callable(make):
        raise ValueError(f"{accepted}; received {make!r}.")
    sample = make()
    if not isinstance(sample, keras.layers.Layer):
        raise ValueError(f"{accepted}; {make!r} returned {sample!r}.")
    return sample

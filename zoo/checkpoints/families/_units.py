"""Rules for networks whose convolutions come with their batch norm."""

import re

import numpy as np

from zoo.checkpoints._convert import TORCH

NORM = ("gamma", "beta", "moving_mean", "moving_variance")


def units(*table):
    """Rules of `…conv…` layers, with those of their `…norm…`: .conv and .bn."""
    for pattern, theirs in table:
        for ours, kind in (("conv", "conv"), ("norm", "bn")):
            yield pattern.replace("conv", ours), _with_suffix(theirs, kind)


def keras_numbers(names, unit=".*_conv\\d*"):
    """{our convolution: (conv2d_1, batch_normalization_1)} and so on.

    keras.applications numbers the layers that it gives no name, in the order
    in which it makes them: stem first, then by stage, block and branch.
    """
    convs = [n for n in names if re.fullmatch(unit, n) and "up_conv" not in n]
    return {
        name: (f"conv2d_{i}", f"batch_normalization_{i}")
        for i, name in enumerate(sorted(convs, key=_position), 1)
    }


def norm_without_scale(prefix):
    """Batch norm that has no gamma in keras.applications."""
    return {
        "gamma": (np.ones_like, f"{prefix}/beta"),
        "beta": f"{prefix}/beta",
        "moving_mean": f"{prefix}/moving_mean",
        "moving_variance": f"{prefix}/moving_variance",
    }


def norm_by(function, prefix, *others):
    """PyTorch's batch norm, each tensor as `function` of it and others."""
    return {
        ours: (function, f"{prefix}.{TORCH[ours]}", *others) for ours in NORM
    }


def norm_of(conv):
    """The name of the normalizer after a convolution."""
    head, _, tail = conv.rpartition("conv")
    return f"{head}norm{tail}"


def _with_suffix(theirs, kind):
    if callable(theirs):
        return lambda **groups: f"{theirs(**groups)}.{kind}"
    return f"{theirs}.{kind}"


def _position(name):
    """Reductions follow their stage; numbers sort as numbers."""
    name = re.sub(r"^reduction(\d)", r"stage\1_reduction", name)
    name = re.sub(r"^stem", "0", name)
    return [
        int(part) if part.isdecimal() else part
        for part in re.split(r"(\d+)", name)
    ]

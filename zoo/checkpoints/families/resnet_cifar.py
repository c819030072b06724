"""Where others keep the tensors of zoo.resnet_cifar."""

from functools import partial

import numpy as np

from zoo import layers
from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import norm_by, units

BLOCK = "stage{s}_block{b}_"
UNIT = "features.stage{s}.unit{b}."

imgclsmob = rules(
    *units(
        ("stem_conv", "features.init_block"),
        (BLOCK + "conv{i}", UNIT + "body.conv{i}"),
        (BLOCK + "proj_conv", UNIT + "identity_conv"),
    ),
    ("logits", "output"),
)


def _maps():
    """Where each map of our stage's is among theirs, for each stage.

    Their shortcut puts half of the maps of zeros before the others, ours all
    of them behind.
    """
    maps = [np.arange(16)]
    for old in (16, 32):
        half = old // 2
        ends = (np.arange(half), np.arange(half + old, 2 * old))
        maps.append(np.concatenate([half + maps[-1], *ends]))
    return maps


MAPS = _maps()


def _take(stage, axis=0):
    return partial(np.take, indices=MAPS[stage - 1], axis=axis)


def _first(s, b):
    kernel = f"layer{s}.{b - 1}.conv1.weight"
    return {"kernel": (_take(s - 1 if b == 1 and s > 1 else s, 1), kernel)}


def _second(s, b):
    return {"kernel": (_take(s), f"layer{s}.{b - 1}.conv2.weight")}


def _norm(s, b):
    return norm_by(_take(s), f"layer{s}.{b - 1}.bn2")


akamaster = rules(
    ("stem_conv", "conv1"),
    ("stem_norm", "bn1"),
    ("stage{s:[123]}_block{b}_conv1", _first),
    (BLOCK + "norm1", "layer{s}.{b-1}.bn1"),
    ("stage{s:[123]}_block{b}_conv2", _second),
    ("stage{s:[123]}_block{b}_norm2", _norm),
    (
        "logits",
        {"kernel": (_take(3, 1), "linear.weight"), "bias": "linear.bias"},
    ),
)


def check(model, source):
    """Refuses weights of networks that scale no branch, for one that does."""
    if any(isinstance(x, layers.StochasticDepth) for x in model.layers):
        raise ValueError(
            f"{source}'s networks have no stochastic depth; {model.name!r} "
            "scales its branches by their chance to survive, so its answers "
            "would be wrong."
        )

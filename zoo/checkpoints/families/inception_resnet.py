"""Where others keep the tensors of zoo.inception_resnet_v2."""

import re

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import (
    keras_numbers,
    norm_of,
    norm_without_scale,
    units,
)

STEM = ("1a", "2a", "2b", "3b", "4a")
REPEATS = {1: "repeat", 2: "repeat_1", 3: "repeat_2"}
BLOCKS = {1: "block35", 2: "block17", 3: "block8"}


def _stem(i):
    return f"conv2d_{STEM[i - 1]}"


def _block(s, b):
    return "block8" if (s, b) == (3, 10) else f"{REPEATS[s]}.{b - 1}"


def _up(s, b):
    return f"{_block(s, b)}.conv2d"


def _first(s, b):
    return f"{_block(s, b)}.branch0"


def _branch(s, b, n, i):
    return f"{_block(s, b)}.branch{n - 1}.{i - 1}"


timm = rules(
    ("stage{s:[123]}_block{b}_up_conv", _up),
    *units(
        ("stem_conv{i:[1-5]}", _stem),
        ("mixed_branch1_conv1", "mixed_5b.branch0"),
        ("mixed_branch4_conv1", "mixed_5b.branch3.1"),
        ("mixed_branch{n}_conv{i}", "mixed_5b.branch{n-1}.{i-1}"),
        ("stage{s:[123]}_block{b}_branch1_conv1", _first),
        ("stage{s:[123]}_block{b}_branch{n}_conv{i}", _branch),
        ("reduction1_branch1_conv1", "mixed_6a.branch0"),
        ("reduction1_branch2_conv{i}", "mixed_6a.branch1.{i-1}"),
        ("reduction2_branch{n}_conv{i}", "mixed_7a.branch{n-1}.{i-1}"),
        ("last_conv", "conv2d_7b"),
    ),
    ("logits", "classif"),
)


def keras(names):
    """Layers without a name are numbered from 1, as in the published files."""
    found = {
        "logits": "predictions",
        "last_conv": {"kernel": "conv_7b/kernel"},
        "last_norm": norm_without_scale("conv_7b_bn"),
    }
    for name in names:
        match = re.fullmatch(r"stage([123])_block(\d+)_up_conv", name)
        if match:
            stage, block = map(int, match.groups())
            found[name] = f"{BLOCKS[stage]}_{block}_conv"
    units = r"(stem|mixed|stage\d|reduction\d)_.*conv\d"
    for name, (conv, norm) in keras_numbers(names, units).items():
        found[name] = {"kernel": f"{conv}/kernel"}
        found[norm_of(name)] = norm_without_scale(norm)
    return found

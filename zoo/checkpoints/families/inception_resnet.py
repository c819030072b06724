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


def _block(stage, block):
    if (stage, block) == (3, 10):
        return "block8"
    return f"{REPEATS[stage]}.{block - 1}"


timm = rules(
    (
        r"stage(\d)_block(\d+)_up_conv",
        lambda stage, block: f"{_block(stage, block)}.conv2d",
    ),
    *units(
        (r"stem_conv([1-5])", lambda i: f"conv2d_{STEM[i - 1]}"),
        ("mixed_branch1_conv1", "mixed_5b.branch0"),
        ("mixed_branch4_conv1", "mixed_5b.branch3.1"),
        (
            r"mixed_branch(\d)_conv(\d)",
            lambda branch, i: f"mixed_5b.branch{branch - 1}.{i - 1}",
        ),
        (
            r"stage(\d)_block(\d+)_branch1_conv1",
            lambda stage, block: f"{_block(stage, block)}.branch0",
        ),
        (
            r"stage(\d)_block(\d+)_branch(\d)_conv(\d)",
            lambda stage, block, branch, i: (
                f"{_block(stage, block)}.branch{branch - 1}.{i - 1}"
            ),
        ),
        ("reduction1_branch1_conv1", "mixed_6a.branch0"),
        (
            r"reduction1_branch2_conv(\d)",
            lambda i: f"mixed_6a.branch1.{i - 1}",
        ),
        (
            r"reduction2_branch(\d)_conv(\d)",
            lambda branch, i: f"mixed_7a.branch{branch - 1}.{i - 1}",
        ),
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
        match = re.fullmatch(r"stage(\d)_block(\d+)_up_conv", name)
        if match:
            stage, block = map(int, match.groups())
            found[name] = f"{BLOCKS[stage]}_{block}_conv"
    units = r"(stem|mixed|stage\d|reduction\d)_.*conv\d"
    for name, (conv, norm) in keras_numbers(names, units).items():
        found[name] = {"kernel": f"{conv}/kernel"}
        found[norm_of(name)] = norm_without_scale(norm)
    return found

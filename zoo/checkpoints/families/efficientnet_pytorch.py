"""EfficientNet-Lite as EfficientNet-PyTorch, and "package" files, name it."""

import re

from zoo.checkpoints.families._rules import block_numbers

OUTSIDE = {
    "stem_conv": "_conv_stem",
    "stem_norm": "_bn0",
    "head_conv": "_conv_head",
    "head_norm": "_bn1",
    "logits": "_fc",
}
INSIDE = {
    "expand_conv": "_expand_conv",
    "expand_norm": "_bn0",
    "depthwise_conv": "_depthwise_conv",
    "depthwise_norm": "_bn1",
    "project_conv": "_project_conv",
    "project_norm": "_bn2",
}


def efficientnet_pytorch(names):
    """Blocks count on through the stages."""
    found = {name: OUTSIDE[name] for name in names if name in OUTSIDE}
    blocks = block_numbers(names)
    for name in names:
        match = re.fullmatch(r"stage(\d+)_block(\d+)_(\w+)", name)
        if match and match[3] in INSIDE:
            number = blocks[int(match[1]), int(match[2])]
            found[name] = f"_blocks.{number}.{INSIDE[match[3]]}"
    return found

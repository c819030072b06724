"""Where others keep the tensors of zoo.mobilenet_v1."""

import re

from zoo.checkpoints.families._rules import block_numbers


def keras(names):
    """Blocks numbered through the network."""
    found = {
        "stem_conv": "conv1",
        "stem_norm": "conv1_bn",
        "logits": "conv_preds",
    }
    blocks = block_numbers(names)
    for name in names:
        match = re.fullmatch(
            r"stage(\d)_block(\d)_(depth|point)wise_(conv|norm)", name
        )
        if match:
            stage, block, kind, layer = match.groups()
            kind = {"depth": "dw", "point": "pw"}[kind]
            theirs = f"conv_{kind}_{blocks[int(stage), int(block)] + 1}"
            found[name] = theirs + ("_bn" if layer == "norm" else "")
    return found

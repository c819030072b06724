"""Where timm keeps the tensors of zoo.rexnet."""

import re

from zoo.checkpoints.families._rules import block_numbers, rules

KINDS = {"conv": "conv", "norm": "bn"}
PARTS = {"expand": "exp", "depthwise": "dw", "project": "pwl"}
GATE = {
    "se_gate_conv1": "se.fc1",
    "se_gate_norm1": "se.bn",
    "se_gate_conv2": "se.fc2",
}

_outside = rules(
    ("stem_conv", "stem.conv"),
    ("stem_norm", "stem.bn"),
    ("logits", "head.fc"),
)


def timm(names):
    """Blocks count on through the stages, the last convolution is next."""
    found = _outside(names)
    blocks = block_numbers(names)
    for kind, theirs in KINDS.items():
        found[f"head_{kind}"] = f"features.{len(blocks)}.{theirs}"
    for name in names:
        match = re.fullmatch(r"stage(\d+)_block(\d+)_(\w+)", name)
        if not match:
            continue
        prefix = f"features.{blocks[int(match[1]), int(match[2])]}"
        part, _, kind = match[3].rpartition("_")
        if match[3] in GATE:
            found[name] = f"{prefix}.{GATE[match[3]]}"
        elif part in PARTS and kind in KINDS:
            found[name] = f"{prefix}.conv_{PARTS[part]}.{KINDS[kind]}"
    return found

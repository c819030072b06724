"""Where others keep the tensors of zoo.mobilenet_v1."""

import re

from zoo.checkpoints.families._rules import block_numbers, rules


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


BLOCK = "stage{s}_block{b}_"
THEIRS = "blocks.{s-1}.{b-1}."

timm = rules(
    ("stem_conv", "conv_stem"),
    ("stem_norm", "bn1"),
    (BLOCK + "depthwise_conv", THEIRS + "conv_dw"),
    (BLOCK + "depthwise_norm", THEIRS + "bn1"),
    (BLOCK + "pointwise_conv", THEIRS + "conv_pw"),
    (BLOCK + "pointwise_norm", THEIRS + "bn2"),
    ("head_conv", "conv_head"),
    ("head_norm", "bn2"),
    ("logits", "classifier"),
)


def check(model, source):
    """Refuses the weights of a network that pads otherwise.

    They have the same names and shapes, and give somewhat wrong answers.
    """
    padding = model.get_layer("stem_conv").padding
    ours = "keras" if padding == "same" else "timm"
    if source != ours:
        other = {
            "keras": "mobilenet_v1 and its widths pad as keras.applications do",
            "timm": "mobilenet_v1_100, _100h and _125 pad as timm does",
        }
        raise ValueError(
            f"{source}'s strided convolutions do not pad as those of "
            f"{model.name!r} do: {other[source]}. Build one of these."
        )

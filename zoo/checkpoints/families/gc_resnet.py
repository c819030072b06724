"""Where timm keeps the tensors of zoo.gc_resnet and of most of zoo.regnet_z."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

BLOCK = "stage{s}_block{b}_"
THEIRS = "stages.{s-1}.{b-1}."
SIZES = {1: "1x1", 2: "kxk", 3: "1x1"}


def _part(s, b, i):
    return f"stages.{s - 1}.{b - 1}.conv{i}_{SIZES[i]}"


_rules = rules(
    *units(
        ("stem_conv", "stem"),
        ("stem_conv{i}", "stem.conv{i}"),
        (BLOCK + "conv{i:1|2|3}", _part),
        (BLOCK + "proj_conv", THEIRS + "shortcut"),
        ("last_conv", "final_conv"),
    ),
    (BLOCK + "context.mask", THEIRS + "attn.conv_attn"),
    (BLOCK + "context.norm", THEIRS + "attn.mlp_add.norm"),
    (BLOCK + "context.reduce", THEIRS + "attn.mlp_add.fc1"),
    (BLOCK + "context.expand", THEIRS + "attn.mlp_add.fc2"),
    (BLOCK + "se.reduce", THEIRS + "attn.fc1"),
    (BLOCK + "se.expand", THEIRS + "attn.fc2"),
    ("logits", "head.fc"),
)


def timm(names):
    """Names of these networks; none of others'."""
    own = "last_conv" in names or "stage1_block1_context.mask" in names
    return _rules(names) if own else {}

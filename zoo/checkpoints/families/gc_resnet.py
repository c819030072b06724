"""Where timm keeps the tensors of zoo.gc_resnet and of most of zoo.regnet_z."""

from zoo.checkpoints.families._rules import rules

BLOCK = "stage{s}_block{b}_"
THEIRS = "stages.{s-1}.{b-1}."
SIZES = {1: "1x1", 2: "kxk", 3: "1x1"}


def _part(entry):
    def name(s, b, i):
        return f"stages.{s - 1}.{b - 1}.conv{i}_{SIZES[i]}.{entry}"

    return name


_rules = rules(
    ("stem_conv", "stem.conv"),
    ("stem_norm", "stem.bn"),
    ("stem_conv{i}", "stem.conv{i}.conv"),
    ("stem_norm{i}", "stem.conv{i}.bn"),
    (BLOCK + "conv{i:1|2|3}", _part("conv")),
    (BLOCK + "norm{i:1|2|3}", _part("bn")),
    (BLOCK + "context.mask", THEIRS + "attn.conv_attn"),
    (BLOCK + "context.norm", THEIRS + "attn.mlp_add.norm"),
    (BLOCK + "context.reduce", THEIRS + "attn.mlp_add.fc1"),
    (BLOCK + "context.expand", THEIRS + "attn.mlp_add.fc2"),
    (BLOCK + "se.reduce", THEIRS + "attn.fc1"),
    (BLOCK + "se.expand", THEIRS + "attn.fc2"),
    (BLOCK + "proj_conv", THEIRS + "shortcut.conv"),
    (BLOCK + "proj_norm", THEIRS + "shortcut.bn"),
    ("last_conv", "final_conv.conv"),
    ("last_norm", "final_conv.bn"),
    ("logits", "head.fc"),
)


def timm(names):
    """Names of these networks; none of others'."""
    own = "last_conv" in names or "stage1_block1_context.mask" in names
    return _rules(names) if own else {}

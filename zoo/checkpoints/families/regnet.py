"""Where others keep the tensors of zoo.regnet, and timm those of regnet_z."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

BLOCK = "stage{s}_block{b}_"
THEIRS = "trunk_output.block{s}.block{s}-{b-1}."


def _part(entry):
    def name(s, b, i):
        return (
            f"trunk_output.block{s}.block{s}-{b - 1}.f.{'abc'[i - 1]}.{entry}"
        )

    return name


torchvision = rules(
    ("stem_conv", "stem.0"),
    ("stem_norm", "stem.1"),
    (BLOCK + "conv{i:[123]}", _part(0)),
    (BLOCK + "norm{i:[123]}", _part(1)),
    (BLOCK + "se.reduce", THEIRS + "f.se.fc1"),
    (BLOCK + "se.expand", THEIRS + "f.se.fc2"),
    (BLOCK + "proj_conv", THEIRS + "proj.0"),
    (BLOCK + "proj_norm", THEIRS + "proj.1"),
    ("logits", "fc"),
)

TIMM = "s{s}.b{b}."

_timm = rules(
    *units(
        ("stem_conv", "stem"),
        (BLOCK + "conv{i}", TIMM + "conv{i}"),
        (BLOCK + "proj_conv", TIMM + "downsample"),
        ("last_conv", "final_conv"),
    ),
    (BLOCK + "se.reduce", TIMM + "se.fc1"),
    (BLOCK + "se.expand", TIMM + "se.fc2"),
    ("logits", "head.fc"),
)


def timm(names):
    """Names of these networks; none of those with pre-activation."""
    own = "stage1_block1_conv3" in names and "last_norm" not in names
    return _timm(names) if own or "last_conv" in names else {}

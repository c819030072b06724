"""Where timm keeps the tensors of zoo.starnet."""

from zoo.checkpoints.families._rules import rules

KINDS = {"conv": "conv", "norm": "bn"}
PARTS = {
    "depthwise_{}1": "dwconv",
    "left_{}": "f1",
    "right_{}": "f2",
    "project_{}": "g",
    "depthwise_{}2": "dwconv2",
}

timm = rules(
    ("stem_conv", "stem.0.conv"),
    ("stem_norm", "stem.0.bn"),
    ("stage{s}_down_conv", "stages.{s-1}.0.conv"),
    ("stage{s}_down_norm", "stages.{s-1}.0.bn"),
    *(
        (
            f"stage{{s}}_block{{b}}_{ours.format(kind)}",
            f"stages.{{s-1}}.{{b}}.{theirs}.{suffix}",
        )
        for ours, theirs in PARTS.items()
        for kind, suffix in KINDS.items()
    ),
    ("last_norm", "norm"),
    ("logits", "head"),
)

"""Where timm keeps the tensors of zoo.resnet_v2's bottleneck networks."""

from zoo.checkpoints.families._rules import rules


def _block(stage, block, rest):
    return f"stages.{stage - 1}.blocks.{block - 1}.{rest}"


timm = rules(
    ("stem_conv", "stem.conv"),
    ("stem_norm", "stages.0.blocks.0.norm1"),
    (r"stage(\d)_block(\d+)_((?:conv|norm)\d)", _block),
    (
        r"stage(\d)_block(\d+)_proj_conv",
        lambda stage, block: _block(stage, block, "downsample.conv"),
    ),
    ("last_norm", "norm"),
    ("logits", "head.fc"),
)

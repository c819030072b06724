"""Where torchvision keeps the tensors of zoo.regnet."""

from zoo.checkpoints.families._rules import rules


def _block(stage, block, rest):
    return f"trunk_output.block{stage}.block{stage}-{block - 1}.{rest}"


torchvision = rules(
    ("stem_conv", "stem.0"),
    ("stem_norm", "stem.1"),
    (
        r"stage(\d)_block(\d+)_conv(\d)",
        lambda stage, block, i: _block(stage, block, f"f.{'abc'[i - 1]}.0"),
    ),
    (
        r"stage(\d)_block(\d+)_norm(\d)",
        lambda stage, block, i: _block(stage, block, f"f.{'abc'[i - 1]}.1"),
    ),
    (
        r"stage(\d)_block(\d+)_se\.reduce",
        lambda stage, block: _block(stage, block, "f.se.fc1"),
    ),
    (
        r"stage(\d)_block(\d+)_se\.expand",
        lambda stage, block: _block(stage, block, "f.se.fc2"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_conv",
        lambda stage, block: _block(stage, block, "proj.0"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_norm",
        lambda stage, block: _block(stage, block, "proj.1"),
    ),
    ("logits", "fc"),
)

"""Where timm keeps the tensors of zoo.senet (its legacy_ models)."""

from zoo.checkpoints.families._rules import rules


def _block(stage, block, rest):
    return f"layer{stage}.{block - 1}.{rest}"


timm = rules(
    ("stem_conv", "layer0.conv1"),
    ("stem_norm", "layer0.bn1"),
    (r"stem_conv(\d)", lambda i: f"layer0.conv{i}"),
    (r"stem_norm(\d)", lambda i: f"layer0.bn{i}"),
    (r"stage(\d)_block(\d+)_(conv\d)", _block),
    (
        r"stage(\d)_block(\d+)_norm(\d)",
        lambda stage, block, i: _block(stage, block, f"bn{i}"),
    ),
    (
        r"stage(\d)_block(\d+)_se\.reduce",
        lambda stage, block: _block(stage, block, "se_module.fc1"),
    ),
    (
        r"stage(\d)_block(\d+)_se\.expand",
        lambda stage, block: _block(stage, block, "se_module.fc2"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_conv",
        lambda stage, block: _block(stage, block, "downsample.0"),
    ),
    (
        r"stage(\d)_block(\d+)_proj_norm",
        lambda stage, block: _block(stage, block, "downsample.1"),
    ),
    ("logits", "last_linear"),
)

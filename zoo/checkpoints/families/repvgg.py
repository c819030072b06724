"""Where timm keeps the tensors of zoo.repvgg, in the form that trains."""

from zoo.checkpoints.families._rules import rules

KINDS = {"conv": "conv", "norm": "bn"}
SIZES = {"3x3": "kxk", "1x1": "1x1"}


def _block(stage, block):
    return f"stages.{stage - 1}.{block - 1}" if stage else "stem"


timm = rules(
    (
        r"stage(\d)_block(\d+)_(conv|norm)(3x3|1x1)",
        lambda stage, block, kind, size: (
            f"{_block(stage, block)}.conv_{SIZES[size]}.{KINDS[kind]}"
        ),
    ),
    (
        r"stage(\d)_block(\d+)_identity_norm",
        lambda stage, block: f"{_block(stage, block)}.identity",
    ),
    ("logits", "head.fc"),
)

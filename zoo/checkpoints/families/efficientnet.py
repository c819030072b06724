"""Where others keep the tensors of zoo.efficientnet and efficientnet_v2."""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    conv_norm,
    sequential,
    timm_blocks,
    timm_epsilon as epsilon,  # noqa: F401
)


def torchvision(names):
    """features: the stem, the stages and the last convolution."""
    found = {"logits": "classifier.1"}
    stage = 0
    for block, stage, i, parts in block_parts(names):
        prefix = f"features.{stage}.{i - 1}.block"
        found |= sequential(block, parts, prefix)
    for ours, theirs in (("stem", 0), ("head", stage + 1)):
        prefix = f"features.{theirs}"
        found |= conv_norm(ours, "alone", f"{prefix}.0", f"{prefix}.1")
    return found


timm = timm_blocks

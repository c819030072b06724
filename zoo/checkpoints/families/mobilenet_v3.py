"""Where torchvision keeps the tensors of zoo.mobilenet_v3."""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    conv_norm,
    sequential,
)

HEAD = ("dense", "logits")


def torchvision(names):
    """features: the stem, the blocks and the last convolution."""
    found = {"dense": "classifier.0", "logits": "classifier.3"}
    number = 0
    for number, (block, _, _, parts) in enumerate(block_parts(names), 1):
        found |= sequential(block, parts, f"features.{number}.block")
    for ours, theirs in (("stem", 0), ("head", number + 1)):
        prefix = f"features.{theirs}"
        found |= conv_norm(ours, "alone", f"{prefix}.0", f"{prefix}.1")
    return found

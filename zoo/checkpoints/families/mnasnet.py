"""Where others keep the tensors of zoo.mnasnet."""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    conv_norm,
    timm_blocks,
)


def torchvision(names):
    """layers: one `nn.Sequential`, in which activations count too.

    The stem and the first block lie flat in it, the other stages are entries.
    """
    found = {"logits": "classifier.1"}
    found |= conv_norm("stem", "alone", "layers.0", "layers.1")
    found |= conv_norm("head", "alone", "layers.14", "layers.15")
    for block, stage, index, parts in block_parts(names):
        prefix, first = "layers", 3
        if stage > 1:
            prefix, first = f"layers.{stage + 6}.{index - 1}.layers", 0
        for i, part in enumerate(parts):
            i = first + 3 * i
            found |= conv_norm(
                block, part, f"{prefix}.{i}", f"{prefix}.{i + 1}"
            )
    return found


timm = timm_blocks

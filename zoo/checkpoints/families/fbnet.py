"""Where timm keeps the tensors of zoo.fbnet."""

from zoo.checkpoints.families._inverted_residual import timm_blocks


def timm(names):
    """Of those that expand always."""
    return timm_blocks(names) if "stage1_block1_expand_conv" in names else {}

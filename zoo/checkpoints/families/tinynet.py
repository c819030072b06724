"""Where timm keeps the tensors of zoo.tinynet."""

from zoo.checkpoints.families._inverted_residual import timm_blocks

timm = timm_blocks

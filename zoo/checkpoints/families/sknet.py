"""Where timm keeps the tensors of zoo.sknet."""

from zoo.checkpoints.families._units import units
from zoo.checkpoints.families.resnet import BLOCK, resnet_rules


def _selective(conv):
    """Rules of the convolution with several kernels, and of the others."""
    theirs = f"layer{{s}}.{{b-1}}.{conv}."
    return resnet_rules(
        *units(
            (BLOCK + "path{i}_conv", theirs + "paths.{i-1}"),
            (BLOCK + "conv{i}", "layer{s}.{b-1}.conv{i}"),
        ),
        (BLOCK + "attention.reduce", theirs + "attn.fc_reduce"),
        (BLOCK + "attention.norm", theirs + "attn.bn"),
        (BLOCK + "attention.expand", theirs + "attn.fc_select"),
    )


def timm(names):
    """Bottlenecks have it second, basic blocks first."""
    if "stage1_block1_path1_conv" not in names:
        return {}
    has_three = "stage1_block1_conv3" in names
    return _selective("conv2" if has_three else "conv1")(names)

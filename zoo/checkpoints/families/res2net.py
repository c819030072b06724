"""Where timm keeps the tensors of zoo.res2net."""

from zoo.checkpoints.families.resnet import BLOCK, BRANCH, resnet_rules

_rules = resnet_rules(
    (BLOCK + "conv2_{i}", "layer{s}.{b-1}.convs.{i-1}"),
    (BLOCK + "norm2_{i}", "layer{s}.{b-1}.bns.{i-1}"),
    *BRANCH,
)


def timm(names):
    """Names of these networks; none of a plain ResNet's."""
    return _rules(names) if "stage1_block1_conv2_1" in names else {}

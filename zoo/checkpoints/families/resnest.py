"""Where timm keeps the tensors of zoo.resnest."""

from zoo.checkpoints.families.resnet import BLOCK, BRANCH, resnet_rules

THEIRS = "layer{s}.{b-1}.conv2."

_rules = resnet_rules(
    (BLOCK + "conv2", THEIRS + "conv"),
    (BLOCK + "norm2", THEIRS + "bn0"),
    (BLOCK + "attention.reduce", THEIRS + "fc1"),
    (BLOCK + "attention.norm", THEIRS + "bn1"),
    (BLOCK + "attention.expand", THEIRS + "fc2"),
    *BRANCH,
)


def timm(names):
    """Names of these networks; none of a plain ResNet's."""
    return _rules(names) if "stage1_block1_attention.reduce" in names else {}

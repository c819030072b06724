"""Where timm keeps the tensors of zoo.res2net."""

from zoo.checkpoints.families.resnet import BLOCK, BRANCH, resnet_rules

timm = resnet_rules(
    (BLOCK + "conv2_{i}", "layer{s}.{b-1}.convs.{i-1}"),
    (BLOCK + "norm2_{i}", "layer{s}.{b-1}.bns.{i-1}"),
    *BRANCH,
)

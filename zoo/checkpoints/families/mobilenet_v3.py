"""Where others keep the tensors of zoo.mobilenet_v3."""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    check_padding,
    conv_norm,
    keras_blocks,
    sequential,
    timm_blocks,
    timm_epsilon as epsilon,  # noqa: F401
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


def timm(names):
    """The last convolution as a stage of its own, "dense" as a convolution."""
    found = timm_blocks(names)
    stages = max((stage for _, stage, _, _ in block_parts(names)), default=0)
    prefix = f"blocks.{stages}.0"
    found |= conv_norm("head", "alone", f"{prefix}.conv", f"{prefix}.bn1")
    return {**found, "dense": "conv_head"}


def keras(names):
    found = {"dense": "conv_2", "logits": "logits"}
    found |= conv_norm("stem", "alone", "conv", "conv_bn")
    found |= conv_norm("head", "alone", "conv_1", "conv_1_bn")
    return found | keras_blocks(names, "expanded_conv_{}_", "_bn")


def check(model, source):
    """Refuses the weights of the other padding; timm has both."""
    if source == "torchvision":
        check_padding(model, source, False, "mobilenet_v3_large")
    if source == "keras":
        check_padding(model, source, True, "tf_mobilenet_v3_large")

"""Where others keep the tensors of zoo.mobilenet_v2."""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    check_padding,
    conv_norm,
    keras_blocks,
    timm_blocks,
)


def torchvision(names):
    """features: the stem, the blocks and the last convolution.

    In a block the last convolution and its normalizer are entries of their
    own, unlike those before, which are pairs.
    """
    found = {"logits": "classifier.1"}
    number = 0
    for number, (block, _, _, parts) in enumerate(block_parts(names), 1):
        prefix = f"features.{number}.conv"
        *pairs, last = parts
        for i, part in enumerate(pairs):
            found |= conv_norm(
                block, part, f"{prefix}.{i}.0", f"{prefix}.{i}.1"
            )
        i = len(pairs)
        found |= conv_norm(block, last, f"{prefix}.{i}", f"{prefix}.{i + 1}")
    for ours, theirs in (("stem", 0), ("head", number + 1)):
        prefix = f"features.{theirs}"
        found |= conv_norm(ours, "alone", f"{prefix}.0", f"{prefix}.1")
    return found


timm = timm_blocks


def keras(names):
    found = {"logits": "predictions"}
    found |= conv_norm("stem", "alone", "Conv1", "bn_Conv1")
    found |= conv_norm("head", "alone", "Conv_1", "Conv_1_bn")
    return found | keras_blocks(names, "block_{}_", "_BN")


def check(model, source):
    """Refuses the weights of the other padding."""
    tf = source == "keras"
    check_padding(
        model, source, tf, "tf_mobilenet_v2" if tf else "mobilenet_v2"
    )

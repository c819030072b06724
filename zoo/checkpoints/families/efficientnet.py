"""Where others keep the tensors of EfficientNet and EfficientNetV2.

Those of zoo.efficientnet, efficientnet_v2 and efficientnet_tf.
"""

from zoo.checkpoints.families._inverted_residual import (
    block_parts,
    conv_norm,
    sequential,
    squeeze_excitation,
    timm_blocks,
    timm_epsilon as epsilon,  # noqa: F401
)

# keras.applications' layers that change the images; other files lack them.
IGNORED = r"normalization(_\d+)?/.*"


def torchvision(names):
    """features: the stem, the stages and the last convolution."""
    found = {"logits": "classifier.1"}
    stage = 0
    for block, stage, i, parts in block_parts(names):
        prefix = f"features.{stage}.{i - 1}.block"
        found |= sequential(block, parts, prefix)
    for ours, theirs in (("stem", 0), ("head", stage + 1)):
        prefix = f"features.{theirs}"
        found |= conv_norm(ours, "alone", f"{prefix}.0", f"{prefix}.1")
    return found


def timm(names):
    """None of FBNet-C, whose first block expands nothing by a convolution."""
    if "stage1_block1_expand_conv" in names:
        return {}
    return timm_blocks(names)


def keras(names):
    """Blocks by letter; the two forms call depthwise convolutions unlike."""
    is_v2 = "stage1_block1_conv" in names
    if not is_v2 and "stage1_block1_se.reduce" not in names:
        return {}  # inverted residuals of another family
    found = {"logits": "predictions"}
    found |= conv_norm("stem", "alone", "stem_conv", "stem_bn")
    found |= conv_norm("head", "alone", "top_conv", "top_bn")
    for block, stage, index, parts in block_parts(names):
        prefix = f"block{stage}{chr(96 + index)}"
        depthwise = "dwconv2" if is_v2 else "dwconv"
        convs = {
            "alone": ("project_conv", "project_bn"),
            "expand": ("expand_conv", "expand_bn"),
            "depthwise": (depthwise, "bn"),
            "project": ("project_conv", "project_bn"),
        }
        found |= squeeze_excitation(
            block, f"{prefix}_se_reduce", f"{prefix}_se_expand"
        )
        for part in parts:
            if part in convs:
                conv, norm = (f"{prefix}_{name}" for name in convs[part])
                found |= conv_norm(block, part, conv, norm)
    return found


def check(model, source):
    """Refuses the weights of the other padding.

    They have the same names and shapes, and give other answers.
    """
    layers = {layer.name: layer for layer in model.layers}
    same = getattr(layers.get("stem_conv"), "padding", None) == "same"
    if source == "torchvision" and same:
        _refuse(model, source, "pads both sides alike", "efficientnet_b0")
    if source == "keras" and not same:
        _refuse(model, source, "pads as TensorFlow does", "tf_efficientnet_b0")


def _refuse(model, source, does, builder):
    raise ValueError(
        f"{source}'s network {does}, unlike {model.name!r}. Build {builder} or "
        "the like."
    )

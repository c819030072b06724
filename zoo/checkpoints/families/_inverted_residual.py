"""Where others keep the blocks of zoo.models._inverted_residual."""

import re

PARTS = {
    part: re.compile(rf"(stage(\d+)_block(\d+))_{ours}")
    for part, ours in {
        "alone": "conv",
        "expand": "expand_conv",
        "depthwise": "depthwise_conv",
        "se": r"se\.reduce",
        "project": "project_conv",
    }.items()
}


def block_parts(names):
    """Yields (block, stage, index, parts) of each block, all in order.

    `parts` are those of `PARTS` that the block has; "alone" is the one
    convolution of a block that has but one.
    """
    blocks = {}
    for name in names:
        for part, pattern in PARTS.items():
            if match := pattern.fullmatch(name):
                block, stage, index = match.groups()
                key = (block, int(stage), int(index))
                blocks.setdefault(key, []).append(part)
    for (block, stage, index), parts in blocks.items():
        yield block, stage, index, parts


def conv_norm(block, part, conv, norm):
    """Their names of the convolution and of the normalizer behind it."""
    part = "" if part == "alone" else f"{part}_"
    return {f"{block}_{part}conv": conv, f"{block}_{part}norm": norm}


def squeeze_excitation(block, reduce, expand):
    """Their names of the two layers of the gate."""
    return {f"{block}_se.reduce": reduce, f"{block}_se.expand": expand}


def sequential(block, parts, prefix, se="fc{}"):
    """torchvision's: each part is an entry of one `nn.Sequential`."""
    found = {}
    for i, part in enumerate(parts):
        theirs = f"{prefix}.{i}"
        if part == "se":
            gate = (f"{theirs}.{se.format(k)}" for k in (1, 2))
            found |= squeeze_excitation(block, *gate)
        else:
            found |= conv_norm(block, part, f"{theirs}.0", f"{theirs}.1")
    return found


def timm_blocks(names):
    """timm's: blocks by stage and number, their parts by name."""
    found = {
        "stem_conv": "conv_stem",
        "stem_norm": "bn1",
        "head_conv": "conv_head",
        "head_norm": "bn2",
        "logits": "classifier",
    }
    for block, stage, index, parts in block_parts(names):
        prefix = f"blocks.{stage - 1}.{index - 1}"
        last = "pwl" if "expand" in parts else "pw"
        convs = {
            "alone": "conv",
            "expand": "conv_pw" if "depthwise" in parts else "conv_exp",
            "depthwise": "conv_dw",
            "project": f"conv_{last}",
        }
        found |= squeeze_excitation(
            block, f"{prefix}.se.conv_reduce", f"{prefix}.se.conv_expand"
        )
        for i, part in enumerate((p for p in parts if p in convs), 1):
            conv = f"{prefix}.{convs[part]}"
            found |= conv_norm(block, part, conv, f"{prefix}.bn{i}")
    return found


def check_timm(model, source):
    """Refuses timm's weights where another epsilon goes with the padding.

    They have the same names and shapes, and give other answers: timm's tf_
    networks pad as TensorFlow does, with its epsilon.
    """
    layers = {layer.name: layer for layer in model.layers}
    same = getattr(layers.get("stem_conv"), "padding", None) == "same"
    norm = layers.get("stem_norm")
    theirs = 1e-3 if same else 1e-5
    if (
        source == "timm"
        and hasattr(norm, "moving_mean")
        and norm.epsilon != theirs
    ):
        raise ValueError(
            "Batch normalization of timm's networks with the padding of "
            f"{model.name!r} has epsilon {theirs:g}, not {norm.epsilon:g}. For "
            "the weights of timm's tf_efficientnet_b0 and the like build the "
            "builder of that name."
        )

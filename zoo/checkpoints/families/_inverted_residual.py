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


def keras_blocks(names, prefix, norm):
    """keras.applications' of MobileNetV2 and V3: numbered through the network.

    Args:
        names: Names of all our layers.
        prefix: What a block's names but the first's begin with, with {} for
            its number.
        norm: What ends the names of normalizers.
    """
    found = {}
    for number, (block, _, _, parts) in enumerate(block_parts(names)):
        theirs = prefix.format(number) if number else "expanded_conv_"
        for part in parts:
            if part == "se":
                squeeze = f"{theirs}squeeze_excite_conv"
                found |= squeeze_excitation(block, squeeze, f"{squeeze}_1")
            else:
                conv = f"{theirs}{part}"
                found |= conv_norm(block, part, conv, f"{conv}{norm}")
    return found


def check_padding(model, source, pads_same, other):
    """Refuses the weights of a network that pads otherwise.

    Args:
        model: The model.
        source: Whose weights they are.
        pads_same: Whether that source's pad as TensorFlow does.
        other: The builder that pads so.
    """
    padding = getattr(model.get_layer("stem_conv"), "padding", None)
    if (padding == "same") != pads_same:
        does = "as TensorFlow does" if pads_same else "both sides alike"
        raise ValueError(
            f"{source}'s network pads {does}, unlike {model.name!r}. Build "
            f"{other} or the like."
        )


def timm_epsilon(model, source):
    """timm's epsilon of batch norm: TensorFlow's goes with its padding."""
    if source != "timm":
        return None
    return 1e-3 if model.get_layer("stem_conv").padding == "same" else 1e-5

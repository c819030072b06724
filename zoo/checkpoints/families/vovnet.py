"""Where timm keeps the tensors of zoo.vovnet."""

from zoo.checkpoints.families._rules import rules


def _layer(prefix, kind, depthwise):
    """One unit of a list: `.conv` and `.bn`, or `.conv_dw`, `.conv_pw`."""
    own = "conv_pw" if depthwise else "conv"
    return f"{prefix}.{'bn' if kind == 'norm' else own}"


def timm(names):
    depthwise = any(name.endswith("_depth_conv") for name in names)

    def stem(i, kind):
        return _layer(f"stem.{i - 1}", kind, depthwise and i > 1)

    def layer(s, b, i, kind):
        middle = f"stages.{s - 1}.blocks.{b - 1}.conv_mid.{i - 1}"
        return _layer(middle, kind, depthwise)

    block, theirs = "stage{s}_block{b}_", "stages.{s-1}.blocks.{b-1}."
    return rules(
        ("stem_layer{i}_depth_conv", "stem.{i-1}.conv_dw"),
        ("stem_layer{i}_{kind:conv|norm}", stem),
        (block + "layer{i}_depth_conv", theirs + "conv_mid.{i-1}.conv_dw"),
        (block + "layer{i}_{kind:conv|norm}", layer),
        (block + "reduce_conv", theirs + "conv_reduction.conv"),
        (block + "reduce_norm", theirs + "conv_reduction.bn"),
        (block + "aggregate_conv", theirs + "conv_concat.conv"),
        (block + "aggregate_norm", theirs + "conv_concat.bn"),
        (block + "ese.excite", theirs + "attn.fc"),
        ("logits", "head.fc"),
    )(names)

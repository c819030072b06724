"""Where others keep the tensors of zoo.vovnet."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units


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
        *units(
            (block + "reduce_conv", theirs + "conv_reduction"),
            (block + "aggregate_conv", theirs + "conv_concat"),
        ),
        (block + "ese.excite", theirs + "attn.fc"),
        ("logits", "head.fc"),
    )(names)


UNIT = "features.stage{s}.unit{b}."

imgclsmob = rules(
    *units(
        ("stem_layer{i}_conv", "features.init_block.conv{i}"),
        (
            "stage{s}_block{b}_layer{i}_conv",
            UNIT + "branches.branch{i}",
        ),
        ("stage{s}_block{b}_aggregate_conv", UNIT + "concat_conv"),
    ),
    ("logits", "output"),
)


def check(model, source):
    """Refuses weights of blocks with a shortcut for blocks without."""
    if source == "imgclsmob" and not any(
        layer.name.endswith("_add") for layer in model.layers
    ):
        raise ValueError(
            f"imgclsmob's blocks add their input, those of {model.name!r} do "
            "not. Build vovnet39 or vovnet57."
        )

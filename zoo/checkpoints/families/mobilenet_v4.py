"""Where timm keeps the tensors of zoo.mobilenet_v4."""

from zoo.checkpoints.families._rules import rules

HEAD = ("head_conv", "head_norm", "logits")

BOTTLENECK = {
    "start": "dw_start",
    "expand": "pw_exp",
    "depthwise": "dw_mid",
    "project": "pw_proj",
}
FUSED = {
    ("expand", "conv"): "conv_exp",
    ("expand", "norm"): "bn1",
    ("project", "conv"): "conv_pwl",
    ("project", "norm"): "bn2",
}


def _part(s, b, part, kind):
    block = f"blocks.{s - 1}.{b - 1}"
    if s == 1:  # the only fused one
        return f"{block}.{FUSED.get((part, kind))}"
    return f"{block}.{BOTTLENECK[part]}.{'conv' if kind == 'conv' else 'bn'}"


timm = rules(
    ("stem_conv", "conv_stem"),
    ("stem_norm", "bn1"),
    ("stage{s}_block{b}_conv", "blocks.{s-1}.{b-1}.conv"),
    ("stage{s}_block{b}_norm", "blocks.{s-1}.{b-1}.bn1"),
    (
        "stage{s}_block{b}_{part:start|expand|depthwise|project}"
        "_{kind:conv|norm}",
        _part,
    ),
    ("head_conv", "conv_head"),
    ("head_norm", "norm_head"),
    ("logits", "classifier"),
)

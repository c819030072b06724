"""Where timm keeps the tensors of zoo.ghostnet."""

from zoo.checkpoints.families._rules import rules

HEAD = ("dense", "logits")

GHOST = {"primary": "primary_conv", "cheap": "cheap_operation"}
INDEX = {"conv": 0, "norm": 1}
BLOCK = "blocks.{s-1}.{b-1}."
OURS = "stage{s}_block{b}_"


def _ghost(s, b, g, half, kind):
    block = f"blocks.{s - 1}.{b - 1}.ghost{g}"
    return f"{block}.{GHOST[half]}.{INDEX[kind]}"


def _attention(s, b, kind, i):
    block = f"blocks.{s - 1}.{b - 1}.ghost1.short_conv"
    return f"{block}.{2 * (i - 1) + INDEX[kind]}"


timm = rules(
    ("stem_conv", "conv_stem"),
    ("stem_norm", "bn1"),
    (f"{OURS}ghost{{g}}_{{half:primary|cheap}}_{{kind:conv|norm}}", _ghost),
    (f"{OURS}attention_{{kind:conv|norm}}{{i}}", _attention),
    (f"{OURS}depthwise_conv", f"{BLOCK}conv_dw"),
    (f"{OURS}depthwise_norm", f"{BLOCK}bn_dw"),
    (f"{OURS}se.reduce", f"{BLOCK}se.conv_reduce"),
    (f"{OURS}se.expand", f"{BLOCK}se.conv_expand"),
    (f"{OURS}proj_depthwise_conv", f"{BLOCK}shortcut.0"),
    (f"{OURS}proj_depthwise_norm", f"{BLOCK}shortcut.1"),
    (f"{OURS}proj_conv", f"{BLOCK}shortcut.2"),
    (f"{OURS}proj_norm", f"{BLOCK}shortcut.3"),
    ("head_conv", "blocks.9.0.conv"),
    ("head_norm", "blocks.9.0.bn1"),
    ("dense", "conv_head"),
    ("logits", "classifier"),
)

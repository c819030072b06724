"""Where timm keeps the tensors of zoo.xception_aligned."""

import re

from zoo.checkpoints.families._rules import rules


def timm(names):
    """By the number of the last block, and by where its normalizers are."""
    blocks = [int(m[1]) for n in names if (m := re.match(r"block(\d+)_", n))]
    if not blocks:
        return {}
    last = max(blocks)
    pre = "last_norm1" in names

    unit = "separable{i}_{part:dw|pw}_{kind:conv|norm}"

    def place(b=last + 1, i=None, part=None, kind=None):
        theirs = "conv" if kind == "conv" else "bn"
        return f"blocks.{b - 1}.stack.conv{i}.{theirs}_{part}"

    def pre_norm(b=last + 1, i=None):
        stack = "" if i == 1 else f"stack.conv{i}."
        return f"blocks.{b - 1}.{stack}norm"

    shortcut = "blocks.{b-1}.shortcut" + ("" if pre else ".conv")
    return rules(
        ("stem_conv1", "stem.0.conv"),
        ("stem_norm1", "stem.0.bn"),
        ("stem_conv2", "stem.1" if pre else "stem.1.conv"),
        ("stem_norm2", "stem.1.bn"),
        ("block{b}_" + unit, place),
        ("last_" + unit, place),
        ("block{b}_norm{i}", pre_norm),
        ("last_norm{i}", pre_norm),
        ("block{b}_proj_conv", shortcut),
        ("block{b}_proj_norm", "blocks.{b-1}.shortcut.bn"),
        ("logits", "head.fc"),
    )(names)

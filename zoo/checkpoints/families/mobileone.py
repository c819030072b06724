"""Where timm keeps the tensors of zoo.mobileone, in the form that trains."""

from zoo.checkpoints.families._rules import rules

KINDS = {"conv": "conv", "norm": "bn"}
PARTS = {"depthwise": 0, "pointwise": 1}


def _sum(s, b, part):
    return f"stages.{s - 1}.{2 * (b - 1) + PARTS[part]}"


def _branch(prefix, kind, i):
    return f"{prefix}.conv_kxk.{i - 1}.{KINDS[kind]}"


BLOCK = "stage{s}_block{b}_{part:depthwise|pointwise}"

timm = rules(
    (
        "stem_{kind:conv|norm}{i}",
        lambda kind, i: _branch("stem", kind, i),
    ),
    (
        "stem_scale_{kind:conv|norm}",
        lambda kind: f"stem.conv_scale.{KINDS[kind]}",
    ),
    ("stem_identity_norm", "stem.identity"),
    (
        f"{BLOCK}_{{kind:conv|norm}}{{i}}",
        lambda s, b, part, kind, i: _branch(_sum(s, b, part), kind, i),
    ),
    (
        f"{BLOCK}_scale_{{kind:conv|norm}}",
        lambda s, b, part, kind: f"{_sum(s, b, part)}.conv_scale.{KINDS[kind]}",
    ),
    (
        f"{BLOCK}_identity_norm",
        lambda s, b, part: f"{_sum(s, b, part)}.identity",
    ),
    (
        f"{BLOCK}_se.reduce",
        lambda s, b, part: f"{_sum(s, b, part)}.attn.fc1",
    ),
    (
        f"{BLOCK}_se.expand",
        lambda s, b, part: f"{_sum(s, b, part)}.attn.fc2",
    ),
    ("logits", "head.fc"),
)

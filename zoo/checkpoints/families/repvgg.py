"""Where timm keeps the tensors of zoo.repvgg, in the form that trains."""

from zoo.checkpoints.families._rules import rules

KINDS = {"conv": "conv", "norm": "bn"}
SIZES = {"3x3": "kxk", "1x1": "1x1"}


def _block(s, b):
    return f"stages.{s - 1}.{b - 1}" if s else "stem"


def _part(s, b, kind, size):
    return f"{_block(s, b)}.conv_{SIZES[size]}.{KINDS[kind]}"


def _identity(s, b):
    return f"{_block(s, b)}.identity"


timm = rules(
    ("stage{s}_block{b}_{kind:conv|norm}{size:3x3|1x1}", _part),
    ("stage{s}_block{b}_identity_norm", _identity),
    ("logits", "head.fc"),
)

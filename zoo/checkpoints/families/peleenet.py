"""Where its authors keep the tensors of zoo.peleenet."""

from zoo.checkpoints.families._rules import rules

KIND = "{kind:conv|norm}"
STEM = {1: "stem1", 2: "stem3"}


def _stem(kind, i):
    return f"features.stemblock.{STEM[i]}.{kind}"


def _fork(kind, i):
    return f"features.stemblock.stem2{'ab'[i - 1]}.{kind}"


def _branch(s, b, n, kind, i):
    layer = f"features.denseblock{s}.denselayer{b}"
    return f"{layer}.branch{n}{'abc'[i - 1]}.{kind}"


authors = rules(
    (f"stem_{KIND}{{i:[12]}}", _stem),
    (f"stem_branch2_{KIND}{{i:[12]}}", _fork),
    (f"stage{{s}}_block{{b}}_branch{{n}}_{KIND}{{i:[123]}}", _branch),
    (f"transition{{s}}_{KIND}", "features.transition{s}.{kind}"),
    ("logits", "classifier"),
)

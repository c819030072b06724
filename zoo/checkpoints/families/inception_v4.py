"""Where timm keeps the tensors of zoo.inception_v4: one `nn.Sequential`."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

FIRST = {1: 6, 2: 11, 3: 19}  # number of each stage's first module


def _module(s, b, rest):
    return f"features.{FIRST[s] + b - 1}.{rest}"


def _branch(rest):
    def name(s, b):
        return _module(s, b, rest)

    return name


def _plain(s, b, n, i):
    return _module(s, b, f"branch{n - 1}.{i - 1}")


def _last(s, b, n, i):
    return _module(s, b, f"branch{n - 1}_{i - 1}")


def _fork(s, b, n, side):
    last = {2: 1, 3: 3}[n]
    return _module(s, b, f"branch{n - 1}_{last}{'ab'[side - 1]}")


timm = rules(
    *units(
        ("stem_conv{i}", "features.{i-1}"),
        ("stem_fork1_branch2_conv1", "features.3.conv"),
        ("stem_fork2_branch{n}_conv{i}", "features.4.branch{n-1}.{i-1}"),
        ("stem_fork3_branch1_conv1", "features.5.conv"),
        ("stage{s:[123]}_block{b}_branch1_conv1", _branch("branch0")),
        ("stage{s:[123]}_block{b}_branch4_conv1", _branch("branch3.1")),
        ("stage{s:[12]}_block{b}_branch{n}_conv{i}", _plain),
        ("stage{s:3}_block{b}_branch{n}_conv{i}", _last),
        ("stage{s:3}_block{b}_branch{n}_fork1_branch{side}_conv1", _fork),
        ("reduction1_branch1_conv1", "features.10.branch0"),
        ("reduction1_branch2_conv{i}", "features.10.branch1.{i-1}"),
        ("reduction2_branch{n}_conv{i}", "features.18.branch{n-1}.{i-1}"),
    ),
    ("logits", "last_linear"),
)

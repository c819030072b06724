"""Where timm keeps the tensors of zoo.inception_v4: one `nn.Sequential`."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

FIRST = {1: 6, 2: 11, 3: 19}  # number of each stage's first module


def _module(stage, block):
    return f"features.{FIRST[stage] + block - 1}"


def _plain(stage, block, branch, i):
    return f"{_module(stage, block)}.branch{branch - 1}.{i - 1}"


def _last(stage, block, branch, i):
    return f"{_module(stage, block)}.branch{branch - 1}_{i - 1}"


def _fork(stage, block, branch, side):
    last = {2: 1, 3: 3}[branch]
    return f"{_module(stage, block)}.branch{branch - 1}_{last}{'ab'[side - 1]}"


timm = rules(
    *units(
        (r"stem_conv(\d)", lambda i: f"features.{i - 1}"),
        ("stem_fork1_branch2_conv1", "features.3.conv"),
        (
            r"stem_fork2_branch(\d)_conv(\d)",
            lambda branch, i: f"features.4.branch{branch - 1}.{i - 1}",
        ),
        ("stem_fork3_branch1_conv1", "features.5.conv"),
        (
            r"stage(\d)_block(\d)_branch1_conv1",
            lambda stage, block: f"{_module(stage, block)}.branch0",
        ),
        (
            r"stage(\d)_block(\d)_branch4_conv1",
            lambda stage, block: f"{_module(stage, block)}.branch3.1",
        ),
        (r"stage([12])_block(\d)_branch(\d)_conv(\d)", _plain),
        (r"stage(3)_block(\d)_branch(\d)_conv(\d)", _last),
        (r"stage(3)_block(\d)_branch(\d)_fork1_branch(\d)_conv1", _fork),
        ("reduction1_branch1_conv1", "features.10.branch0"),
        (
            r"reduction1_branch2_conv(\d)",
            lambda i: f"features.10.branch1.{i - 1}",
        ),
        (
            r"reduction2_branch(\d)_conv(\d)",
            lambda branch, i: f"features.18.branch{branch - 1}.{i - 1}",
        ),
    ),
    ("logits", "last_linear"),
)

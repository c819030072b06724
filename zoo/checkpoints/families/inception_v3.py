"""Where others keep the tensors of zoo.inception_v3."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import (
    keras_numbers,
    norm_of,
    norm_without_scale,
    units,
)

IGNORED = r"AuxLogits\..*"
STEM = ("1a_3x3", "2a_3x3", "2b_3x3", "3b_1x1", "4a_3x3")

MODULE = r"mixed{module:\d[b-e]}_"
# Module: what torchvision calls its second and third branch.
BRANCHES = {
    "5[bcd]": ("5x5", "3x3dbl"),
    "6[bcde]": ("7x7", "7x7dbl"),
    "7[bc]": ("3x3", "3x3dbl"),
}


def _stem(i):
    return f"Conv2d_{STEM[i - 1]}"


def _fork(name):
    def side(module, i):
        return f"Mixed_{module}.branch{name}{'ab'[i - 1]}"

    return side


def _mixed():
    for modules, (second, third) in BRANCHES.items():
        for number, name in ((2, second), (3, third)):
            ours = f"mixed{{module:{modules}}}_branch{number}_conv{{i}}"
            yield ours, f"Mixed_{{module}}.branch{name}_{{i}}"


torchvision = timm = rules(
    *units(
        ("stem_conv{i:[1-5]}", _stem),
        *_mixed(),
        ("mixed{module:7[bc]}_branch2_fork1_branch{i}_conv1", _fork("3x3_2")),
        (
            "mixed{module:7[bc]}_branch3_fork1_branch{i}_conv1",
            _fork("3x3dbl_3"),
        ),
        ("mixed6a_branch1_conv1", "Mixed_6a.branch3x3"),
        ("mixed6a_branch2_conv{i}", "Mixed_6a.branch3x3dbl_{i}"),
        ("mixed7a_branch1_conv{i}", "Mixed_7a.branch3x3_{i}"),
        ("mixed7a_branch2_conv{i}", "Mixed_7a.branch7x7x3_{i}"),
        (MODULE + "branch1_conv1", "Mixed_{module}.branch1x1"),
        (MODULE + "branch4_conv1", "Mixed_{module}.branch_pool"),
        ("aux1_conv{i}", "AuxLogits.conv{i-1}"),
    ),
    ("aux1_logits", "AuxLogits.fc"),
    ("logits", "fc"),
)


def keras(names):
    """Layers numbered from 1, as in the published files."""
    found: dict = {"logits": "predictions"}
    numbers = keras_numbers(names, r"(stem|mixed\d[a-e])_.*conv\d")
    for name, (conv, norm) in numbers.items():
        found[name] = {"kernel": f"{conv}/kernel"}
        found[norm_of(name)] = norm_without_scale(norm)
    return found


def check(model, source):
    """Refuses the weights of the other average pooling.

    They have the same names and shapes, and give other answers.
    """
    pool = model.get_layer("mixed5b_branch4_pool1")
    theirs = source != "keras"
    if pool.count_include_pad != theirs:
        builder = "inception_v3_torchvision" if theirs else "inception_v3"
        verb = "counts" if theirs else "does not count"
        raise ValueError(
            f"The average pooling of {source}'s Inception-v3 {verb} zeros "
            f"outside the map, unlike that of {model.name!r}. Build {builder}."
        )

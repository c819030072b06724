"""Where torchvision keeps the tensors of zoo.googlenet_bn."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

IGNORED = r"aux\d\..*"

MODULE = r"{module:inception\d[a-e]}_"

torchvision = rules(
    *units(
        ("stem_conv{i}", "conv{i}"),
        (MODULE + "branch1_conv1", "{module}.branch1"),
        (MODULE + "branch{n:[23]}_conv{i}", "{module}.branch{n}.{i-1}"),
        (MODULE + "branch4_conv1", "{module}.branch4.1"),
        ("aux{n}_conv", "aux{n}.conv"),
    ),
    ("aux{n}_dense", "aux{n}.fc1"),
    ("aux{n}_logits", "aux{n}.fc2"),
    ("logits", "fc"),
)

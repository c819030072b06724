"""Where torchvision keeps the tensors of zoo.googlenet_bn."""

from zoo.checkpoints.families._rules import rules
from zoo.checkpoints.families._units import units

IGNORED = r"aux\d\..*"

torchvision = rules(
    *units(
        (r"stem_conv(\d)", lambda i: f"conv{i}"),
        (
            r"(inception\d[a-e])_branch1_conv1",
            lambda module: f"{module}.branch1",
        ),
        (
            r"(inception\d[a-e])_branch([23])_conv(\d)",
            lambda module, branch, i: f"{module}.branch{branch}.{i - 1}",
        ),
        (
            r"(inception\d[a-e])_branch4_conv1",
            lambda module: f"{module}.branch4.1",
        ),
        (r"(aux\d)_conv", lambda aux: f"{aux}.conv"),
    ),
    (r"(aux\d)_dense", lambda aux: f"{aux}.fc1"),
    (r"(aux\d)_logits", lambda aux: f"{aux}.fc2"),
    ("logits", "fc"),
)

"""Where timm keeps the tensors of zoo.dla."""

import re

PARTS = {
    "conv": "conv",
    "norm": "bn",
    "proj_conv": "project.0",
    "proj_norm": "project.1",
    "root_conv": "root.conv",
    "root_norm": "root.bn",
}
STEM = ("base_layer", "level0", "level1")
# The authors' own files have projections that nothing reads.
IGNORED = r"level\d(\.tree\d)*\.project\.[01]\..*"


def timm(names):
    """Our level3_tree1_tree2_conv1 is level3.tree1.tree2.conv1."""
    found = {"logits": "fc"}
    for name in names:
        if match := re.fullmatch(r"stem_(conv|norm)([123])", name):
            number = int(match[1] == "norm")
            found[name] = f"{STEM[int(match[2]) - 1]}.{number}"
        elif match := re.fullmatch(
            r"(level\d(?:_tree\d)*)_((?:proj_|root_)?(?:conv|norm))(\d?)", name
        ):
            prefix = match[1].replace("_", ".")
            found[name] = f"{prefix}.{PARTS[match[2]]}{match[3]}"
    return found

"""Where torchvision keeps the tensors of zoo.squeezenet."""

import re

from zoo.checkpoints.families._rules import rules

HEAD = ("logits_conv",)


def torchvision(names):
    """One `nn.Sequential`, in which the pools count too."""
    matches = (re.match(r"(conv1|act1|pool\d|fire\d)(_|$)", n) for n in names)
    modules = list(dict.fromkeys(m[1] for m in matches if m))

    def squeeze(fire):
        return f"features.{modules.index(fire)}.squeeze"

    def expand(fire, size, same):
        return f"features.{modules.index(fire)}.expand{size}x{size}"

    return rules(
        ("conv1", "features.0"),
        (r"{fire:fire\d}_squeeze_conv", squeeze),
        (r"{fire:fire\d}_expand{size:\d}x{same:\d}_conv", expand),
        ("logits_conv", "classifier.1"),
    )(names)

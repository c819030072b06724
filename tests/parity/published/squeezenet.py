"""SqueezeNet."""

TORCHVISION = {r"(squeezenet1_\d)": r"\1"}

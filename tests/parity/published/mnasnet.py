"""MNASNet."""

TORCHVISION = {r"(mnasnet\d_\d+)": r"\1"}
TIMM = {r"semnasnet_100": r"mnasnet_a1"}

"""MNASNet."""

TORCHVISION = {r"(mnasnet\d_\d+)": r"\1"}
TIMM = {r"mnasnet_100": r"mnasnet1_0", r"semnasnet_100": r"mnasnet_a1"}

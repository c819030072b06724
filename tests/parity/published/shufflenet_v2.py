"""ShuffleNet v2."""

TORCHVISION = {r"(shufflenet_v2_x\d_\d)": r"\1"}

"""DenseNet."""

TORCHVISION = TIMM = {r"(densenet\d+)": r"\1"}

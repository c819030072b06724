"""DenseNet."""

TORCHVISION = TIMM = {r"(densenet\d+)": r"\1"}
KERAS = {r"DenseNet(\d+)": r"densenet\1"}

"""ConvNeXt."""

TORCHVISION = TIMM = {r"(convnext_(?:tiny|small|base|large))": r"\1"}

"""VGG."""

TORCHVISION = TIMM = {r"(vgg\d+(?:_bn)?)": r"\1"}

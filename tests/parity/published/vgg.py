"""VGG."""

TORCHVISION = TIMM = {r"(vgg\d+(?:_bn)?)": r"\1"}
KERAS = {r"VGG(1[69])": r"vgg\1"}

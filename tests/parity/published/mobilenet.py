"""MobileNet v2 and v3."""

TORCHVISION = {
    r"(mobilenet_v2)": r"\1",
    r"(mobilenet_v3_(?:large|small))": r"\1",
}
TIMM = {
    r"mobilenetv2_100": r"mobilenet_v2",
    r"mobilenetv2_140": r"mobilenet_v2_x1_4",
}

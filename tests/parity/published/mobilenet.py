"""MobileNet v2 and v3."""

TORCHVISION = {
    r"(mobilenet_v2)": r"\1",
    r"(mobilenet_v3_(?:large|small))": r"\1",
}
TIMM = {
    r"mobilenetv1_(100h?|125)": r"mobilenet_v1_\1",
    r"mobilenetv2_100": r"mobilenet_v2",
    r"mobilenetv2_050": r"mobilenet_v2_x0_5",
    r"mobilenetv2_140": r"mobilenet_v2_x1_4",
    r"mobilenetv3_(large|small)_100": r"mobilenet_v3_\1",
}
KERAS = {
    r"MobileNet 1.0": "mobilenet_v1",
    r"MobileNet 0.25": "mobilenet_v1_x0_25",
    r"MobileNet 0.5": "mobilenet_v1_x0_5",
    r"MobileNet 0.75": "mobilenet_v1_x0_75",
}

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
    r"mobilenetv3_small_0(5|75)0?": r"mobilenet_v3_small_x0_\1",
    r"tf_mobilenetv3_(large|small)_100": r"tf_mobilenet_v3_\1",
    r"tf_mobilenetv3_(large|small)_075": r"tf_mobilenet_v3_\1_x0_75",
    r"tf_mobilenetv3_(large|small)_minimal_100": r"tf_mobilenet_v3_\1_minimal",
}
KERAS = {
    r"MobileNet 1.0": "mobilenet_v1",
    r"MobileNet 0.25": "mobilenet_v1_x0_25",
    r"MobileNet 0.5": "mobilenet_v1_x0_5",
    r"MobileNet 0.75": "mobilenet_v1_x0_75",
    r"MobileNetV2 1.0": "tf_mobilenet_v2",
    r"MobileNetV2 (0.35|0.5|0.75|1.3|1.4)": (
        lambda match: f"tf_mobilenet_v2_x{match[1].replace('.', '_')}"
    ),
    r"MobileNetV3(Large|Small) 1.0": (
        lambda match: f"tf_mobilenet_v3_{match[1].lower()}"
    ),
    r"MobileNetV3(Large|Small) 0.75": (
        lambda match: f"tf_mobilenet_v3_{match[1].lower()}_x0_75"
    ),
    r"MobileNetV3(Large|Small) 1.0 True": (  # minimalistic
        lambda match: f"tf_mobilenet_v3_{match[1].lower()}_minimal"
    ),
}

"""EfficientNet and EfficientNetV2."""

TORCHVISION = {r"(efficientnet_b\d)": r"\1", r"(efficientnet_v2_[sml])": r"\1"}
TIMM = {
    r"(efficientnet_b[0-7])": r"\1",
    r"tf_(efficientnet_lite[0-4])": r"\1",
    r"(tf_efficientnet_(?:b\d|l2))": r"\1",
    r"tf_efficientnetv2_(b[0-3]|s|m|l|xl)": r"tf_efficientnet_v2_\1",
}
KERAS = {
    r"EfficientNet(B\d)": lambda match: f"tf_efficientnet_{match[1].lower()}",
    r"EfficientNetV2(B\d|[SML])": (
        lambda match: f"tf_efficientnet_v2_{match[1].lower()}"
    ),
}

"""EfficientNet."""

TORCHVISION = {r"(efficientnet_b\d)": r"\1", r"(efficientnet_v2_[sml])": r"\1"}
TIMM = {
    r"(efficientnet_b[0-7])": r"\1",
    r"tf_(efficientnet_lite[0-4])": r"\1",
}

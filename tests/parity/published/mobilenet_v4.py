"""MobileNetV4's convolutional members."""

TIMM = {
    r"mobilenetv4_(conv_(?:aa_)?(?:small|medium|large)(?:_\d+)?)": (
        r"mobilenet_v4_\1"
    ),
}

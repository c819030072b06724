"""GoogLeNet and the Inception networks."""

TORCHVISION = {
    r"googlenet": r"googlenet_bn",
    r"inception_v3": r"inception_v3_torchvision",
}
TIMM = {
    r"inception_v3": r"inception_v3_torchvision",
    r"(inception_v4|inception_resnet_v2)": r"\1",
    r"legacy_xception": r"xception",
}
KERAS = {
    r"InceptionV3": "inception_v3",
    r"InceptionResNetV2": "inception_resnet_v2",
    r"Xception": "xception",
}

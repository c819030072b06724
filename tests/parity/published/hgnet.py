"""PP-HGNet and PP-HGNetV2."""

TIMM = {
    r"(hgnet_(?:tiny|small|base))": r"\1",
    r"hgnetv2_(b\d)": r"hgnet_v2_\1",
}

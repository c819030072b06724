"""ResNets with CBAM."""

IMGCLSMOB = {r"(cbam_resnet(?:18|34|50|101))": r"\1"}

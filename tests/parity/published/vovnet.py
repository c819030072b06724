"""VoVNet and VoVNetV2."""

TIMM = {r"((?:ese_)?vovnet\d+[ab](?:_slim)?(?:_dw)?)": r"\1"}
IMGCLSMOB = {r"(vovnet(?:39|57))": r"\1"}

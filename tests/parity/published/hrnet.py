"""HRNet."""

TIMM = {r"(hrnet_w\d+(?:_small(?:_v2)?|_ssld)?)": r"\1"}

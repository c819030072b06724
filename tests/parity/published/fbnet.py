"""FBNet-C."""

TIMM = {r"(fbnetc_100)": r"\1"}

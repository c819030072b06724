"""StarNet."""

TIMM = {r"(starnet_s\d+)": r"\1"}

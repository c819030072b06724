"""ReXNet and ReXNet-R."""

TIMM = {r"(rexnetr?_\d+)": r"\1"}

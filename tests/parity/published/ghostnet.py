"""GhostNet and GhostNetV2."""

TIMM = {r"(ghostnet_\d+)": r"\1", r"ghostnetv2(_\d+)": r"ghostnet_v2\1"}

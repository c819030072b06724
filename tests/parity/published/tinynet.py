"""TinyNet."""

TIMM = {r"(tinynet_[a-e])": r"\1"}

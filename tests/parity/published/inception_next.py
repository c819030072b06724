"""InceptionNeXt."""

TIMM = {r"(inception_next_\w+)": r"\1"}

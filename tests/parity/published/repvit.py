"""RepViT in the form that trains."""

TIMM = {r"(repvit_m\d(?:_\d)?)": r"\1"}

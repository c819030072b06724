"""FastViT's members without attention."""

TIMM = {r"(fastvit_(?:t8|t12|s12))": r"\1"}

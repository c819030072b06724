"""Deep layer aggregation; those of Res2Net's blocks are others."""

TIMM = {r"(dla\d+(?:x2?)?(?:_c)?)": r"\1"}

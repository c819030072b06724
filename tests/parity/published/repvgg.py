"""RepVGG in the form that trains."""

TIMM = {r"(repvgg_[ab]\d(?:g4)?)": r"\1"}

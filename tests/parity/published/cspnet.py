"""CSPResNet, CSPResNeXt, CSPDarknet and DarkNet."""

TIMM = {r"(cspresnet50|cspresnext50|cspdarknet53|darknet53)": r"\1"}

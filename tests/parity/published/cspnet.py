"""CSPResNet, CSPResNeXt, CSPDarknet and DarkNet."""

TIMM = {
    r"(cspresnet50|cspresnext50|cspdarknet53|darknet53)": r"\1",
    r"(cs3(?:se)?(?:darknet|_?edgenet)(?:_focus)?_[smlx])": r"\1",
}

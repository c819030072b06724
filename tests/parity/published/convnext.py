"""ConvNeXt and ConvNeXt V2; timm's _ols and _hnf are others."""

TORCHVISION = {r"(convnext_(?:tiny|small|base|large))": r"\1"}
TIMM = {
    r"(convnext_(?:atto|femto|pico|nano|tiny|small|base|large|xlarge))": r"\1",
    r"convnextv2_(\w+)": r"convnext_v2_\1",
}
KERAS = {
    r"ConvNeXt(Tiny|Small|Base|Large|XLarge)": lambda match: (
        f"convnext_{match[1].lower()}"
    )
}

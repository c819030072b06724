"""ConvNeXt."""

TORCHVISION = TIMM = {r"(convnext_(?:tiny|small|base|large))": r"\1"}
KERAS = {
    r"ConvNeXt(Tiny|Small|Base|Large)": lambda match: (
        f"convnext_{match[1].lower()}"
    )
}

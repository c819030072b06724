"""ConvNeXt and ConvNeXt V2."""

TORCHVISION = {r"(convnext_(?:tiny|small|base|large))": r"\1"}
TIMM = {
    r"(convnext_(?:atto|femto|pico|nano|tiny|small|base|large|xlarge))": r"\1",
    r"convnextv2_(\w+)": r"convnext_v2_\1",
}

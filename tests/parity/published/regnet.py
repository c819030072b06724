"""RegNet: four of torchvision's differ from the paper's in their widths."""

TORCHVISION = {
    r"(regnet_x_400mf|regnet_y_800mf|regnet_y_8gf)": r"\1_tv",
    r"(regnet_x_(?!400mf)\w+)": r"\1",
    r"(regnet_y_(?!800mf|8gf)\w+)": r"\1",
}

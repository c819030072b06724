"""RegNet: four of torchvision's differ from the paper's in their widths."""

TORCHVISION = {
    r"(regnet_x_400mf|regnet_y_800mf|regnet_y_8gf)": r"\1_tv",
    r"(regnet_x_(?!400mf)\w+)": r"\1",
    r"(regnet_y_(?!800mf|8gf)\w+)": r"\1",
}
SIZES = {
    "002": "200mf", "004": "400mf", "006": "600mf", "008": "800mf",
    "016": "1_6gf", "032": "3_2gf", "040": "4gf", "064": "6_4gf",
    "080": "8gf", "120": "12gf", "160": "16gf", "320": "32gf",
    "640": "64gf", "1280": "128gf", "2560": "256gf",
}  # fmt: skip
TIMM = {
    r"regnet([xy])_(\d+)(_tv)?": lambda match: (
        f"regnet_{match[1]}_{SIZES[match[2]]}{match[3] or ''}"
    ),
    r"regnetz_(005|040|040_h|b16|c16|d8|d32|e8)": r"regnet_z_\1",
}

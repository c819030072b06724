"""RegNet: four of torchvision's differ from the paper's in their widths."""

TORCHVISION = {
    r"(regnet_x_400mf|regnet_y_800mf|regnet_y_8gf)": r"\1_tv",
    r"(regnet_x_(?!400mf)\w+)": r"\1",
    r"(regnet_y_(?!800mf|8gf)\w+)": r"\1",
}
TIMM = {
    r"regnetx_004": "regnet_x_400mf",
    r"regnetx_008": "regnet_x_800mf",
    r"regnetx_016": "regnet_x_1_6gf",
    r"regnetx_032": "regnet_x_3_2gf",
    r"regnetx_080": "regnet_x_8gf",
    r"regnetx_160": "regnet_x_16gf",
    r"regnetx_320": "regnet_x_32gf",
    r"regnety_004": "regnet_y_400mf",
    r"regnety_008": "regnet_y_800mf",
    r"regnety_016": "regnet_y_1_6gf",
    r"regnety_032": "regnet_y_3_2gf",
    r"regnety_080": "regnet_y_8gf",
    r"regnety_160": "regnet_y_16gf",
    r"regnety_320": "regnet_y_32gf",
    r"regnetx_004_tv": "regnet_x_400mf_tv",
    r"regnety_008_tv": "regnet_y_800mf_tv",
    r"regnety_080_tv": "regnet_y_8gf_tv",
    r"regnetz_(005|040|040_h|b16|c16|d8|d32|e8)": r"regnet_z_\1",
}

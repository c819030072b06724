"""DenseNet."""

from tests.parity.published import SMALL

TORCHVISION = TIMM = {r"(densenet\d+)": r"\1"}
KERAS = {r"DenseNet(\d+)": r"densenet\1"}
IMGCLSMOB = {rf"densenet(100|190|250)_k(\d+)_bc{SMALL}": r"densenet_bc\1_\2"}

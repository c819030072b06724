"""AlexNet: torchvision has the version of 2014."""

TORCHVISION = {r"alexnet": r"alexnet_owt"}

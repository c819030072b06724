"""Which networks are compared with which reference, at which input size."""

from typing import NamedTuple


class Case(NamedTuple):
    """One comparison.

    Args:
        source: "torchvision", "timm" or "keras" (keras.applications).
        theirs: The reference's name in its package.
        ours: Our builder's name.
        size: Height and width of the image; small, and not square where both
            sides take that.
        options: Arguments of our builder.
        their_options: Arguments of the reference's.
        scale: Times the image, for references that rescale it themselves.
    """

    source: str
    theirs: str
    ours: str
    size: tuple[int, int]
    options: dict = {}  # noqa: RUF012 (never changed)
    their_options: dict = {}  # noqa: RUF012
    scale: float = 1.0

    @property
    def name(self):
        return f"{self.source}-{self.ours}"


CASES = [
    Case("torchvision", "alexnet", "alexnet_owt", (95, 127)),
    Case("torchvision", "resnet18", "resnet18", (64, 96)),
    Case("torchvision", "resnet50", "resnet50_v1_5", (64, 96)),
    Case("torchvision", "vgg11", "vgg11", (64, 96)),
    Case("torchvision", "vgg11_bn", "vgg11_bn", (64, 96)),
    Case("timm", "resnet18", "resnet18", (64, 96)),
    Case("timm", "vgg11", "vgg11", (224, 224)),
    Case("keras", "ResNet50", "resnet50", (64, 96)),
    Case("keras", "VGG16", "vgg16", (224, 224)),
    Case("torchvision", "densenet121", "densenet121", (64, 96)),
    Case("keras", "DenseNet121", "densenet121", (64, 96)),
    Case("torchvision", "resnext50_32x4d", "resnext50_32x4d", (64, 96)),
    Case("torchvision", "wide_resnet50_2", "wide_resnet50_2", (64, 96)),
    Case("timm", "resnetv2_50", "resnet50_v2", (64, 96)),
    Case("torchvision", "efficientnet_b0", "efficientnet_b0", (64, 96)),
    Case("torchvision", "efficientnet_v2_s", "efficientnet_v2_s", (64, 96)),
    Case("torchvision", "mnasnet0_5", "mnasnet0_5", (64, 96)),
    Case("torchvision", "mobilenet_v2", "mobilenet_v2", (64, 96)),
    Case("torchvision", "mobilenet_v3_large", "mobilenet_v3_large", (64, 96)),
    Case("torchvision", "mobilenet_v3_small", "mobilenet_v3_small", (64, 96)),
    Case("torchvision", "shufflenet_v2_x1_0", "shufflenet_v2_x1_0", (64, 96)),
    Case("timm", "tf_efficientnet_lite0", "efficientnet_lite0", (64, 96)),
    Case("timm", "mobilenetv2_140", "mobilenet_v2_x1_4", (64, 96)),
    Case("keras", "MobileNet", "mobilenet_v1", (64, 96)),
]

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
]

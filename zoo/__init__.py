"""The history of convolutional networks, as Keras models.

    >>> import zoo
    >>> model = zoo.resnet18(num_classes=10, input_shape=(64, 64, 3))

`list_models()` names them all, `info(name)` tells about one, `create(name)`
builds one; each is also a function of its own name.
"""

from zoo._checkpoints import CheckpointError, load_checkpoint
from zoo._macs import count_macs
from zoo._registry import ModelInfo, create, info, list_models
from zoo._version import __version__
from zoo.alexnet import alexnet, alexnet_owt
from zoo.densenet import (
    densenet121,
    densenet161,
    densenet169,
    densenet201,
    densenet_bc100_12,
    densenet_bc190_40,
    densenet_bc250_24,
)
from zoo.lenet import lenet5, lenet5_relu
from zoo.resnet import (
    resnet18,
    resnet34,
    resnet50,
    resnet50_v1_5,
    resnet101,
    resnet101_v1_5,
    resnet152,
    resnet152_v1_5,
)
from zoo.resnet_cifar import (
    resnet20,
    resnet32,
    resnet44,
    resnet56,
    resnet110,
    resnet1202,
)
from zoo.vgg import (
    vgg11,
    vgg11_bn,
    vgg11_lrn,
    vgg13,
    vgg13_bn,
    vgg16,
    vgg16_bn,
    vgg16_c,
    vgg19,
    vgg19_bn,
)

__all__ = [
    "CheckpointError",
    "ModelInfo",
    "__version__",
    "alexnet",
    "alexnet_owt",
    "count_macs",
    "create",
    "densenet121",
    "densenet161",
    "densenet169",
    "densenet201",
    "densenet_bc100_12",
    "densenet_bc190_40",
    "densenet_bc250_24",
    "info",
    "lenet5",
    "lenet5_relu",
    "list_models",
    "load_checkpoint",
    "resnet18",
    "resnet20",
    "resnet32",
    "resnet34",
    "resnet44",
    "resnet50",
    "resnet50_v1_5",
    "resnet56",
    "resnet101",
    "resnet101_v1_5",
    "resnet110",
    "resnet152",
    "resnet152_v1_5",
    "resnet1202",
    "vgg11",
    "vgg11_bn",
    "vgg11_lrn",
    "vgg13",
    "vgg13_bn",
    "vgg16",
    "vgg16_bn",
    "vgg16_c",
    "vgg19",
    "vgg19_bn",
]

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
from zoo.allcnn import all_cnn_c
from zoo.densenet import (
    densenet121,
    densenet161,
    densenet169,
    densenet201,
    densenet_bc100_12,
    densenet_bc190_40,
    densenet_bc250_24,
)
from zoo.efficientnet import (
    efficientnet_b0,
    efficientnet_b1,
    efficientnet_b2,
    efficientnet_b3,
    efficientnet_b4,
    efficientnet_b5,
    efficientnet_b6,
    efficientnet_b7,
    efficientnet_lite0,
    efficientnet_lite1,
    efficientnet_lite2,
    efficientnet_lite3,
    efficientnet_lite4,
)
from zoo.efficientnet_v2 import (
    efficientnet_v2_l,
    efficientnet_v2_m,
    efficientnet_v2_s,
)
from zoo.googlenet import googlenet, googlenet_bn
from zoo.lenet import lenet5, lenet5_relu
from zoo.mnasnet import mnasnet0_5, mnasnet0_75, mnasnet1_0, mnasnet1_3
from zoo.mobilenet_v1 import (
    mobilenet_v1,
    mobilenet_v1_x0_5,
    mobilenet_v1_x0_25,
    mobilenet_v1_x0_75,
)
from zoo.mobilenet_v2 import (
    mobilenet_v2,
    mobilenet_v2_x0_5,
    mobilenet_v2_x0_35,
    mobilenet_v2_x0_75,
    mobilenet_v2_x1_4,
)
from zoo.mobilenet_v3 import mobilenet_v3_large, mobilenet_v3_small
from zoo.nin import nin_cifar, nin_imagenet
from zoo.overfeat import overfeat_accurate, overfeat_fast
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
from zoo.resnet_v2 import (
    resnet18_v2,
    resnet34_v2,
    resnet50_v2,
    resnet101_v2,
    resnet110_v2,
    resnet152_v2,
    resnet164_v2,
    resnet200_v2,
    resnet1001_v2,
)
from zoo.resnext import (
    resnext29_8x64d,
    resnext50_32x4d,
    resnext101_32x8d,
    resnext101_64x4d,
)
from zoo.shufflenet_v1 import (
    shufflenet_v1_g1,
    shufflenet_v1_g2,
    shufflenet_v1_g3,
    shufflenet_v1_g4,
    shufflenet_v1_g8,
)
from zoo.shufflenet_v2 import (
    shufflenet_v2_x0_5,
    shufflenet_v2_x1_0,
    shufflenet_v2_x1_5,
    shufflenet_v2_x2_0,
)
from zoo.squeezenet import squeezenet1_0, squeezenet1_1
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
from zoo.wide_resnet import (
    wide_resnet16_4,
    wide_resnet16_8,
    wide_resnet28_10,
    wide_resnet40_4,
    wide_resnet50_2,
    wide_resnet101_2,
)
from zoo.zfnet import zfnet

__all__ = [
    "CheckpointError",
    "ModelInfo",
    "__version__",
    "alexnet",
    "alexnet_owt",
    "all_cnn_c",
    "count_macs",
    "create",
    "densenet121",
    "densenet161",
    "densenet169",
    "densenet201",
    "densenet_bc100_12",
    "densenet_bc190_40",
    "densenet_bc250_24",
    "efficientnet_b0",
    "efficientnet_b1",
    "efficientnet_b2",
    "efficientnet_b3",
    "efficientnet_b4",
    "efficientnet_b5",
    "efficientnet_b6",
    "efficientnet_b7",
    "efficientnet_lite0",
    "efficientnet_lite1",
    "efficientnet_lite2",
    "efficientnet_lite3",
    "efficientnet_lite4",
    "efficientnet_v2_l",
    "efficientnet_v2_m",
    "efficientnet_v2_s",
    "googlenet",
    "googlenet_bn",
    "info",
    "lenet5",
    "lenet5_relu",
    "list_models",
    "load_checkpoint",
    "mnasnet0_5",
    "mnasnet0_75",
    "mnasnet1_0",
    "mnasnet1_3",
    "mobilenet_v1",
    "mobilenet_v1_x0_5",
    "mobilenet_v1_x0_25",
    "mobilenet_v1_x0_75",
    "mobilenet_v2",
    "mobilenet_v2_x0_5",
    "mobilenet_v2_x0_35",
    "mobilenet_v2_x0_75",
    "mobilenet_v2_x1_4",
    "mobilenet_v3_large",
    "mobilenet_v3_small",
    "nin_cifar",
    "nin_imagenet",
    "overfeat_accurate",
    "overfeat_fast",
    "resnet18",
    "resnet18_v2",
    "resnet20",
    "resnet32",
    "resnet34",
    "resnet34_v2",
    "resnet44",
    "resnet50",
    "resnet50_v1_5",
    "resnet50_v2",
    "resnet56",
    "resnet101",
    "resnet101_v1_5",
    "resnet101_v2",
    "resnet110",
    "resnet110_v2",
    "resnet152",
    "resnet152_v1_5",
    "resnet152_v2",
    "resnet164_v2",
    "resnet200_v2",
    "resnet1001_v2",
    "resnet1202",
    "resnext29_8x64d",
    "resnext50_32x4d",
    "resnext101_32x8d",
    "resnext101_64x4d",
    "shufflenet_v1_g1",
    "shufflenet_v1_g2",
    "shufflenet_v1_g3",
    "shufflenet_v1_g4",
    "shufflenet_v1_g8",
    "shufflenet_v2_x0_5",
    "shufflenet_v2_x1_0",
    "shufflenet_v2_x1_5",
    "shufflenet_v2_x2_0",
    "squeezenet1_0",
    "squeezenet1_1",
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
    "wide_resnet16_4",
    "wide_resnet16_8",
    "wide_resnet28_10",
    "wide_resnet40_4",
    "wide_resnet50_2",
    "wide_resnet101_2",
    "zfnet",
]

from . import callbacks as callbacks, layers as layers
from ._version import __version__ as __version__
from .checkpoints import (
    Checkpoint as Checkpoint,
    CheckpointError as CheckpointError,
    load_checkpoint as load_checkpoint,
)
from .checkpoints._preprocessing import preprocessing as preprocessing
from .export import export as export
from .export._fold import fold_batch_norm as fold_batch_norm
from .images import (
    Preprocessing as Preprocessing,
    ResizeAndCrop as ResizeAndCrop,
)
from .models._feature_extractor import feature_extractor as feature_extractor
from .models._macs import count_macs as count_macs
from .models._registry import (
    ModelInfo as ModelInfo,
    create as create,
    info as info,
    list_models as list_models,
)
from .models.alexnet import alexnet as alexnet, alexnet_owt as alexnet_owt
from .models.allcnn import all_cnn_c as all_cnn_c
from .models.cbam_resnet import (
    cbam_resnet18 as cbam_resnet18,
    cbam_resnet34 as cbam_resnet34,
    cbam_resnet50 as cbam_resnet50,
    cbam_resnet101 as cbam_resnet101,
)
from .models.convnext import (
    convnext_base as convnext_base,
    convnext_large as convnext_large,
    convnext_small as convnext_small,
    convnext_tiny as convnext_tiny,
)
from .models.densenet import (
    densenet121 as densenet121,
    densenet161 as densenet161,
    densenet169 as densenet169,
    densenet201 as densenet201,
    densenet_bc100_12 as densenet_bc100_12,
    densenet_bc190_40 as densenet_bc190_40,
    densenet_bc250_24 as densenet_bc250_24,
)
from .models.dpn import (
    dpn68 as dpn68,
    dpn92 as dpn92,
    dpn98 as dpn98,
    dpn107 as dpn107,
    dpn131 as dpn131,
)
from .models.efficientnet import (
    efficientnet_b0 as efficientnet_b0,
    efficientnet_b1 as efficientnet_b1,
    efficientnet_b2 as efficientnet_b2,
    efficientnet_b3 as efficientnet_b3,
    efficientnet_b4 as efficientnet_b4,
    efficientnet_b5 as efficientnet_b5,
    efficientnet_b6 as efficientnet_b6,
    efficientnet_b7 as efficientnet_b7,
    efficientnet_lite0 as efficientnet_lite0,
    efficientnet_lite1 as efficientnet_lite1,
    efficientnet_lite2 as efficientnet_lite2,
    efficientnet_lite3 as efficientnet_lite3,
    efficientnet_lite4 as efficientnet_lite4,
)
from .models.efficientnet_v2 import (
    efficientnet_v2_l as efficientnet_v2_l,
    efficientnet_v2_m as efficientnet_v2_m,
    efficientnet_v2_s as efficientnet_v2_s,
)
from .models.fractalnet import fractalnet20 as fractalnet20
from .models.googlenet import (
    googlenet as googlenet,
    googlenet_bn as googlenet_bn,
)
from .models.highway import highway19_cifar as highway19_cifar
from .models.inception_resnet import (
    inception_resnet_v1 as inception_resnet_v1,
    inception_resnet_v2 as inception_resnet_v2,
)
from .models.inception_v2 import inception_v2 as inception_v2
from .models.inception_v3 import (
    inception_v3 as inception_v3,
    inception_v3_torchvision as inception_v3_torchvision,
)
from .models.inception_v4 import inception_v4 as inception_v4
from .models.lenet import lenet5 as lenet5, lenet5_relu as lenet5_relu
from .models.mnasnet import (
    mnasnet0_5 as mnasnet0_5,
    mnasnet0_75 as mnasnet0_75,
    mnasnet1_0 as mnasnet1_0,
    mnasnet1_3 as mnasnet1_3,
    mnasnet_a1 as mnasnet_a1,
)
from .models.mobilenet_v1 import (
    mobilenet_v1 as mobilenet_v1,
    mobilenet_v1_x0_5 as mobilenet_v1_x0_5,
    mobilenet_v1_x0_25 as mobilenet_v1_x0_25,
    mobilenet_v1_x0_75 as mobilenet_v1_x0_75,
)
from .models.mobilenet_v2 import (
    mobilenet_v2 as mobilenet_v2,
    mobilenet_v2_x0_5 as mobilenet_v2_x0_5,
    mobilenet_v2_x0_35 as mobilenet_v2_x0_35,
    mobilenet_v2_x0_75 as mobilenet_v2_x0_75,
    mobilenet_v2_x1_4 as mobilenet_v2_x1_4,
)
from .models.mobilenet_v3 import (
    mobilenet_v3_large as mobilenet_v3_large,
    mobilenet_v3_small as mobilenet_v3_small,
)
from .models.nasnet import (
    nasnet_large as nasnet_large,
    nasnet_mobile as nasnet_mobile,
)
from .models.nin import nin_cifar as nin_cifar, nin_imagenet as nin_imagenet
from .models.overfeat import (
    overfeat_accurate as overfeat_accurate,
    overfeat_fast as overfeat_fast,
)
from .models.regnet import (
    regnet_x_1_6gf as regnet_x_1_6gf,
    regnet_x_3_2gf as regnet_x_3_2gf,
    regnet_x_8gf as regnet_x_8gf,
    regnet_x_16gf as regnet_x_16gf,
    regnet_x_32gf as regnet_x_32gf,
    regnet_x_400mf as regnet_x_400mf,
    regnet_x_400mf_tv as regnet_x_400mf_tv,
    regnet_x_800mf as regnet_x_800mf,
    regnet_y_1_6gf as regnet_y_1_6gf,
    regnet_y_3_2gf as regnet_y_3_2gf,
    regnet_y_8gf as regnet_y_8gf,
    regnet_y_8gf_tv as regnet_y_8gf_tv,
    regnet_y_16gf as regnet_y_16gf,
    regnet_y_32gf as regnet_y_32gf,
    regnet_y_400mf as regnet_y_400mf,
    regnet_y_800mf as regnet_y_800mf,
    regnet_y_800mf_tv as regnet_y_800mf_tv,
)
from .models.repvgg import (
    reparameterize as reparameterize,
    repvgg_a0 as repvgg_a0,
    repvgg_a1 as repvgg_a1,
    repvgg_a2 as repvgg_a2,
    repvgg_b0 as repvgg_b0,
    repvgg_b1 as repvgg_b1,
    repvgg_b1g2 as repvgg_b1g2,
    repvgg_b1g4 as repvgg_b1g4,
    repvgg_b2 as repvgg_b2,
    repvgg_b2g4 as repvgg_b2g4,
    repvgg_b3 as repvgg_b3,
    repvgg_b3g4 as repvgg_b3g4,
)
from .models.resnet import (
    resnet18 as resnet18,
    resnet34 as resnet34,
    resnet50 as resnet50,
    resnet50_v1_5 as resnet50_v1_5,
    resnet101 as resnet101,
    resnet101_v1_5 as resnet101_v1_5,
    resnet152 as resnet152,
    resnet152_v1_5 as resnet152_v1_5,
)
from .models.resnet_cifar import (
    resnet20 as resnet20,
    resnet32 as resnet32,
    resnet44 as resnet44,
    resnet56 as resnet56,
    resnet110 as resnet110,
    resnet1202 as resnet1202,
)
from .models.resnet_v2 import (
    resnet18_v2 as resnet18_v2,
    resnet34_v2 as resnet34_v2,
    resnet50_v2 as resnet50_v2,
    resnet101_v2 as resnet101_v2,
    resnet110_v2 as resnet110_v2,
    resnet152_v2 as resnet152_v2,
    resnet164_v2 as resnet164_v2,
    resnet200_v2 as resnet200_v2,
    resnet1001_v2 as resnet1001_v2,
)
from .models.resnext import (
    resnext29_8x64d as resnext29_8x64d,
    resnext50_32x4d as resnext50_32x4d,
    resnext101_32x8d as resnext101_32x8d,
    resnext101_64x4d as resnext101_64x4d,
)
from .models.senet import (
    se_resnet18 as se_resnet18,
    se_resnet34 as se_resnet34,
    se_resnet50 as se_resnet50,
    se_resnet50_v1_5 as se_resnet50_v1_5,
    se_resnet101 as se_resnet101,
    se_resnet152 as se_resnet152,
    se_resnext50_32x4d as se_resnext50_32x4d,
    se_resnext101_32x4d as se_resnext101_32x4d,
    senet154 as senet154,
)
from .models.shufflenet_v1 import (
    shufflenet_v1_g1 as shufflenet_v1_g1,
    shufflenet_v1_g2 as shufflenet_v1_g2,
    shufflenet_v1_g3 as shufflenet_v1_g3,
    shufflenet_v1_g4 as shufflenet_v1_g4,
    shufflenet_v1_g8 as shufflenet_v1_g8,
)
from .models.shufflenet_v2 import (
    shufflenet_v2_x0_5 as shufflenet_v2_x0_5,
    shufflenet_v2_x1_0 as shufflenet_v2_x1_0,
    shufflenet_v2_x1_5 as shufflenet_v2_x1_5,
    shufflenet_v2_x2_0 as shufflenet_v2_x2_0,
)
from .models.squeezenet import (
    squeezenet1_0 as squeezenet1_0,
    squeezenet1_1 as squeezenet1_1,
)
from .models.stochastic_depth import (
    resnet110_stochastic_depth as resnet110_stochastic_depth,
    resnet152_stochastic_depth as resnet152_stochastic_depth,
    resnet1202_stochastic_depth as resnet1202_stochastic_depth,
)
from .models.vgg import (
    vgg11 as vgg11,
    vgg11_bn as vgg11_bn,
    vgg11_lrn as vgg11_lrn,
    vgg13 as vgg13,
    vgg13_bn as vgg13_bn,
    vgg16 as vgg16,
    vgg16_bn as vgg16_bn,
    vgg16_c as vgg16_c,
    vgg19 as vgg19,
    vgg19_bn as vgg19_bn,
)
from .models.wide_resnet import (
    wide_resnet16_4 as wide_resnet16_4,
    wide_resnet16_8 as wide_resnet16_8,
    wide_resnet28_10 as wide_resnet28_10,
    wide_resnet40_4 as wide_resnet40_4,
    wide_resnet50_2 as wide_resnet50_2,
    wide_resnet101_2 as wide_resnet101_2,
)
from .models.xception import xception as xception
from .models.zfnet import zfnet as zfnet

"""What every registered model keeps, and what a few of each shape prove."""

import contextlib
import functools
import inspect
import itertools
import json
import math
import pathlib
import re

import keras
import numpy as np
import pytest
from keras.src.initializers import random_initializers

import zoo
from tests.parts import quick
from zoo import layers
from zoo.models import _registry, shufflenet_v1
from zoo.models._weightless import weightless

FACTS = json.loads(
    (pathlib.Path(__file__).parents[1] / "facts/torchvision.json").read_text()
)

# Our name: torchvision's. Strides within a bottleneck move multiply-adds, not
# parameters, so the networks of 2015 share counts with v1.5.
TORCHVISION = {
    "alexnet_owt": "alexnet",
    "googlenet_bn": "googlenet",
    "inception_v3": "inception_v3",
    "inception_v3_torchvision": "inception_v3",
    "resnet50_v1_5": "resnet50",
    "resnet101_v1_5": "resnet101",
    "resnet152_v1_5": "resnet152",
    "regnet_x_400mf_tv": "regnet_x_400mf",
    "regnet_y_800mf_tv": "regnet_y_800mf",
    "regnet_y_8gf_tv": "regnet_y_8gf",
} | {
    name: name
    for name in (
        "squeezenet1_0", "squeezenet1_1",
        "resnet18", "resnet34", "vgg11", "vgg11_bn", "vgg13", "vgg13_bn",
        "vgg16", "vgg16_bn", "vgg19", "vgg19_bn",
        "densenet121", "densenet161", "densenet169", "densenet201",
        "resnext50_32x4d", "resnext101_32x8d", "resnext101_64x4d",
        "wide_resnet50_2", "wide_resnet101_2",
        "efficientnet_b0", "efficientnet_b1", "efficientnet_b3",
        "efficientnet_b4", "efficientnet_b5", "efficientnet_b6",
        "efficientnet_b7", "efficientnet_v2_s", "efficientnet_v2_m",
        "efficientnet_v2_l", "mnasnet0_5", "mnasnet0_75", "mnasnet1_0",
        "mnasnet1_3", "mobilenet_v2", "mobilenet_v3_large",
        "mobilenet_v3_small", "shufflenet_v2_x0_5", "shufflenet_v2_x1_0",
        "shufflenet_v2_x1_5", "shufflenet_v2_x2_0",
        "regnet_x_800mf", "regnet_x_1_6gf", "regnet_x_3_2gf",
        "regnet_x_8gf", "regnet_x_16gf", "regnet_x_32gf",
        "regnet_y_400mf", "regnet_y_1_6gf", "regnet_y_3_2gf",
        "regnet_y_16gf", "regnet_y_32gf",
        "convnext_tiny", "convnext_small", "convnext_base",
        "convnext_large",
    )
}  # fmt: skip

# Of the auxiliary heads; torchvision counts them for inception_v3 only.
AUXILIARY_PARAMS = {
    "googlenet": 13_378_280 - 6_998_552,  # BVLC's bvlc_googlenet
    "googlenet_bn": 13_004_888 - 6_624_904,
    "inception_v3": 27_161_264 - 23_834_568,
    "inception_v3_torchvision": 27_161_264 - 23_834_568,
    "nasnet_mobile": 67_840 + 1_574_400 + 769_000,  # 4x4x128 to 768, TF-Slim's
    "nasnet_large": 258_304 + 3_540_480 + 769_000,  # 6x6x128 to 768
}

# The smallest of each structure, and an input that keeps it fast.
SMALL = {
    "lenet5": {},
    "lenet5_relu": {},
    "alexnet": {"input_shape": (67, 67, 3)},
    "alexnet_owt": {"stem": "small", "input_shape": (32, 32, 3)},
    "vgg11": {"stem": "small", "input_shape": (32, 32, 3)},
    "vgg11_lrn": {"stem": "small", "input_shape": (32, 32, 3)},
    "vgg16_c": {"stem": "small", "input_shape": (32, 32, 3)},
    "vgg11_bn": {"stem": "small", "input_shape": (32, 32, 3)},
    "resnet18": {"input_shape": (64, 64, 3)},
    "resnet50": {"stem": "small", "input_shape": (32, 32, 3)},
    "resnet50_v1_5": {"stem": "small", "input_shape": (32, 32, 3)},
    "resnet20": {},
    "googlenet": {"stem": "small", "input_shape": (16, 16, 3)},
    "inception_v2": {"stem": "small", "input_shape": (8, 8, 3)},
    "inception_v3": {"stem": "small", "input_shape": (9, 9, 3)},
    "inception_resnet_v1": {"stem": "small", "input_shape": (9, 9, 3)},
    "xception": {"stem": "small", "input_shape": (8, 8, 3)},
    "highway19_cifar": {"input_shape": (8, 8, 3)},
    "googlenet_bn": {"stem": "small", "input_shape": (16, 16, 3)},
    "squeezenet1_0": {"stem": "small", "input_shape": (16, 16, 3)},
    "nin_cifar": {"input_shape": (16, 16, 3)},
    "nin_imagenet": {"input_shape": (55, 55, 3)},
    "all_cnn_c": {"input_shape": (16, 16, 3)},
    "zfnet": {"input_shape": (63, 63, 3)},
    "overfeat_fast": {
        "include_top": False,
        "pooling": "avg",
        "input_shape": (71, 71, 3),
    },
    "densenet_bc100_12": {"input_shape": (8, 8, 3)},
    "resnext50_32x4d": {"stem": "small", "input_shape": (16, 16, 3)},
    "resnet18_v2": {"input_shape": (64, 64, 3)},
    "resnet50_v2": {"stem": "small", "input_shape": (16, 16, 3)},
    "wide_resnet16_4": {"input_shape": (8, 8, 3)},
    "efficientnet_lite0": {"stem": "small", "input_shape": (16, 16, 3)},
    "mnasnet0_5": {"stem": "small", "input_shape": (16, 16, 3)},
    "mnasnet_a1": {"stem": "small", "input_shape": (16, 16, 3)},
    "mobilenet_v1_x0_25": {"stem": "small", "input_shape": (16, 16, 3)},
    "mobilenet_v2_x0_35": {"stem": "small", "input_shape": (16, 16, 3)},
    "mobilenet_v3_small": {"stem": "small", "input_shape": (16, 16, 3)},
    "mobilenet_v4_conv_small_035": {"stem": "small", "input_shape": (8, 8, 3)},
    "shufflenet_v1_g3": {"stem": "small", "input_shape": (16, 16, 3)},
    "shufflenet_v2_x0_5": {"stem": "small", "input_shape": (16, 16, 3)},
    "resnet110_stochastic_depth": {"input_shape": (8, 8, 3)},
    "se_resnet18": {"input_shape": (64, 64, 3)},
    "se_resnet50": {"stem": "small", "input_shape": (16, 16, 3)},
    "cbam_resnet18": {"stem": "small", "input_shape": (16, 16, 3)},
    "dpn68": {"stem": "small", "input_shape": (16, 16, 3)},
    "regnet_x_400mf": {"input_shape": (32, 32, 3)},
    "regnet_y_400mf": {"stem": "small", "input_shape": (16, 16, 3)},
    "repvgg_a0": {"input_shape": (32, 32, 3)},
    "mobileone_s1": {"stem": "small", "input_shape": (8, 8, 3)},
    "repvit_m1": {"stem": "small", "input_shape": (8, 8, 3)},
    "tinynet_e": {"stem": "small", "input_shape": (8, 8, 3)},
    "fastvit_t8": {"stem": "small", "input_shape": (8, 8, 3)},
    "fbnetc_100": {"stem": "small", "input_shape": (8, 8, 3)},
    "starnet_s050": {"stem": "small", "input_shape": (8, 8, 3)},
    "ghostnet_050": {"stem": "small", "input_shape": (8, 8, 3)},
    "convnext_tiny": {"input_shape": (32, 32, 3)},
    "convnext_v2_atto": {"input_shape": (32, 32, 3)},
    "resnet18d": {"stem": "small", "input_shape": (8, 8, 3)},
    "res2net50_26w_4s": {"stem": "small", "input_shape": (8, 8, 3)},
    "resnest14d": {"stem": "small", "input_shape": (8, 8, 3)},
    "sk_resnet18": {"stem": "small", "input_shape": (16, 16, 3)},
    "eca_resnet26t": {"stem": "small", "input_shape": (8, 8, 3)},
    "resnetblur18": {"stem": "small", "input_shape": (16, 16, 3)},
    "gc_resnext26ts": {"stem": "small", "input_shape": (8, 8, 3)},
    "nfnet_l0": {"stem": "small", "input_shape": (8, 8, 3)},
    "regnet_z_b16": {"stem": "small", "input_shape": (8, 8, 3)},
    "inception_next_atto": {"input_shape": (32, 32, 3)},
    "fractalnet20": {},
    "hgnet_tiny": {"stem": "small", "input_shape": (8, 8, 3)},
    "hgnet_v2_b0": {"stem": "small", "input_shape": (8, 8, 3)},
    "cspresnext50": {"stem": "small", "input_shape": (8, 8, 3)},
    "vovnet39a": {"stem": "small", "input_shape": (12, 12, 3)},
    "ese_vovnet19b_slim_dw": {"stem": "small", "input_shape": (12, 12, 3)},
    "dla46_c": {"stem": "small", "input_shape": (8, 8, 3)},
    "lenet1": {},
    "lenet4": {},
    "cuda_convnet_cifar": {"input_shape": (12, 12, 3)},
    "mcdnn_mnist": {"columns": 2, "input_shape": (16, 16, 1)},
    "spp_net_zf5": {
        "include_top": False,
        "pooling": "avg",
        "input_shape": (39, 39, 3),
    },
    "hardnet39ds": {"stem": "small", "input_shape": (8, 8, 3)},
    "shake_shake26_2x32d": {"input_shape": (4, 4, 3)},
}  # fmt: skip

# So deep that they pass only one swap of each kind.
DEEP = {
    "efficientnet_b0": {"stem": "small", "input_shape": (16, 16, 3)},
    "ghostnet_v2_100": {"stem": "small", "input_shape": (9, 9, 3)},
    "rexnet_100": {"stem": "small", "input_shape": (8, 8, 3)},
    "mixnet_s": {"stem": "small", "input_shape": (8, 8, 3)},
    "efficientnet_v2_s": {"stem": "small", "input_shape": (16, 16, 3)},
    "nasnet_mobile": {"stem": "small", "input_shape": (16, 16, 3)},
    "resnet_v2_50x1_bit": {"stem": "small", "input_shape": (8, 8, 3)},
    "xception41": {"stem": "small", "input_shape": (8, 8, 3)},
    "inception_v4": {"stem": "small", "input_shape": (9, 9, 3)},
    "inception_resnet_v2": {"stem": "small", "input_shape": (9, 9, 3)},
    "hrnet_w18_small": {"stem": "small", "input_shape": (8, 8, 3)},
    "cspdarknet53": {"stem": "small", "input_shape": (8, 8, 3)},
    "peleenet": {"stem": "small", "input_shape": (8, 8, 3)},
    "squeezenext23": {"stem": "small", "input_shape": (4, 4, 3)},
    "cs3darknet_focus_s": {"stem": "small", "input_shape": (16, 16, 3)},
    "condensenet86": {"input_shape": (4, 4, 3)},
    "tf_resnet50_v2": {"stem": "small", "input_shape": (8, 8, 3)},
}
TINY = SMALL | DEEP
PLAIN = ("lenet5", "vgg11_bn", "resnet20")  # where all short names are tried
# One of each kind of layer, for what costs more than building without weights.
VARIED = (
    *PLAIN, "alexnet", "inception_v3", "xception", "highway19_cifar",
    "all_cnn_c", "densenet_bc100_12", "resnext50_32x4d", "resnet18_v2",
    "mobilenet_v3_small", "shufflenet_v1_g3", "cbam_resnet18", "dpn68",
    "regnet_y_400mf", "repvgg_a0", "convnext_tiny", "fractalnet20",
)  # fmt: skip


# Classifiers, gates, linear projections, and the first halves of separable
# convolutions: the convolutions that no paper normalizes.
NOT_NORMALIZED = "logits|_gate_conv|_up_conv|_depth_conv|^reduce$|^expand$"


# Convolutions that keep their bias under any normalizer, as published.
ALWAYS_BIASED = r"vgg|convnext|inception_next|starnet|fastvit|hrnet|tf_resnet"


def build(name, /, **options):
    return zoo.create(name, **{"num_classes": 10, **TINY[name], **options})


@functools.cache
def published(name):
    """The model as its paper has it."""
    return build(name)


def images(model, n=2, seed=0):
    shape = (n, *model.input_shape[1:])
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def walk(model):
    """Every layer, those within layers too."""
    yield from model._flatten_layers(include_self=False, recursive=True)


def describe(name):
    """The model with weights that have shapes but no memory."""
    with weightless():
        return zoo.create(name)


# Hundreds of layers, laid out as in a smaller member of their family.
LARGE = (
    r"hrnet_w([346]|18_ssld)|dla(102x|169)|hgnet_v2_b6|ese_vovnet99b"
    r"|pyramidnet(1\d\d_a270|2)|hardnet68ds|squeezenext23(v5)?_x2"
)


# The small ones here: the others are laid out as they are, but longer.
@pytest.mark.parametrize("name", quick(zoo.list_models(), TINY, "wide"))
def test_facts(name):
    info = zoo.info(name)
    model = describe(name)
    count = sum(math.prod(w.shape) for w in model.trainable_weights)
    assert count == info.params
    table = zoo.layer_table(model)
    assert (table.params, table.macs) == (info.params, info.macs)
    assert model.name == name
    assert model.input_shape == (None, *info.input_shape)
    assert model.output_shape == (None, info.num_classes)
    assert getattr(zoo, name) is _registry.MODELS[name].build
    for layer in model.layers:  # names that a person can read in a plot
        assert re.fullmatch(r"[a-z][a-z0-9_]*[a-z0-9]", layer.name)
        assert not re.fullmatch(r"(conv2d|re_lu|add)(_\d+)?", layer.name)


@pytest.mark.parametrize(("ours", "theirs"), TORCHVISION.items())
def test_same_size_and_cost_as_torchvision(ours, theirs):
    fact = FACTS[theirs]
    info = zoo.info(ours)
    heads = AUXILIARY_PARAMS if theirs == "inception_v3" else {}
    assert info.params + heads.get(ours, 0) == fact["params"]
    assert info.input_shape[0] == fact["size"]
    assert info.macs / 1e9 == pytest.approx(fact["gmacs"], abs=1.5e-3)


# Where torchvision has no such model: what the paper or its authors' code says.
@pytest.mark.parametrize(
    ("name", "params"),
    {
        "lenet5": 60_000,  # section II.B: "60,000 trainable free parameters"
        "lenet5_relu": 61_706,  # 156 + 2,416 + 48,120 + 10,164 + 850
        "alexnet": 60_965_224,  # BVLC's bvlc_alexnet: section 3.5's 60 million
        "vgg16_c": 133_638_952,  # Table 2: 134 million
        "vgg11_lrn": 132_863_336,  # Table 2: as A, LRN has no parameters
        "resnet50": 25_557_032,
        "googlenet": 6_998_552,  # BVLC's bvlc_googlenet without its heads
        "inception_v2": 11_188_288,  # TF-Slim's; see test_originals.py
        "inception_v4": 42_679_816,  # timm's
        "inception_resnet_v2": 55_843_464,  # timm's
        "xception": 22_855_952,  # Table 3: Keras's, trainable
        "highway19_cifar": 2_256_838,  # Table 1: about 2.3 M
        "nin_cifar": 966_986,
        "nin_imagenet": 7_595_176,  # the authors' 29 MB
        "all_cnn_c": 1_369_738,  # Table 4: 1.4 M
        "zfnet": 62_357_608,
        "overfeat_fast": 145_920_872,  # Table 4: 145 million
        "overfeat_accurate": 144_656_488,  # 144 million
        "resnet20": 269_722,  # Table 6: 0.27 M
        "resnet32": 464_154,  # 0.46 M
        "resnet44": 658_586,  # 0.66 M
        "resnet56": 853_018,  # 0.85 M
        "resnet110": 1_727_962,  # 1.7 M
        "resnet1202": 19_421_274,  # 19.4 M
        "densenet_bc100_12": 769_162,  # Table 2: 0.8 M
        "densenet_bc250_24": 15_324_406,  # 15.3 M
        "densenet_bc190_40": 25_624_430,  # 25.6 M
        "resnext29_8x64d": 34_426_698,  # Table 7: 34.4 M
        "resnet50_v2": 25_549_352,  # timm's resnetv2_50
        "resnet101_v2": 44_541_480,  # resnetv2_101
        "resnet110_v2": 1_727_962,  # Table 3: 1.7 M
        "resnet164_v2": 1_703_258,  # 1.7 M
        "resnet1001_v2": 10_327_706,  # 10.2 M
        "wide_resnet16_8": 10_961_370,  # Table 4: 11.0 M
        "wide_resnet28_10": 36_479_194,  # 36.5 M
        "wide_resnet40_4": 8_949_210,  # 8.9 M
        "efficientnet_b2": 9_109_994,  # torchvision's, which crops to 288
        "tf_resnet50_v2": 25_568_360,  # keras.applications', trainable ones
        "tf_mobilenet_v3_small_minimal": 2_044_736,  # timm's
        "tf_efficientnet_b8": 87_413_142,  # timm's, as the next six
        "tf_efficientnet_l2": 480_309_308,
        "tf_efficientnet_v2_b0": 7_139_704,
        "tf_efficientnet_v2_b1": 8_141_052,
        "tf_efficientnet_v2_b2": 10_096_086,
        "tf_efficientnet_v2_b3": 14_358_406,
        "tf_efficientnet_v2_xl": 208_119_808,
        "fastvit_t8": 4_026_232,  # timm's, as the next 27
        "fastvit_t12": 7_553_704,
        "fastvit_s12": 9_473_576,
        "mixnet_s": 4_134_606,
        "mixnet_m": 5_014_382,
        "mixnet_l": 7_329_252,
        "mixnet_xl": 11_896_768,
        "tinynet_a": 6_187_972,
        "tinynet_b": 3_730_562,
        "tinynet_c": 2_457_234,
        "tinynet_d": 2_338_446,
        "tinynet_e": 2_042_972,
        "fbnetc_100": 5_572_200,
        "rexnet_100": 4_796_873,
        "rexnet_130": 7_557_091,
        "rexnet_150": 9_728_593,
        "rexnet_200": 16_366_620,
        "rexnet_300": 34_708_792,
        "rexnetr_100": 4_883_304,
        "rexnetr_200": 16_522_432,
        "rexnetr_300": 34_810_008,
        "starnet_s1": 2_869_168,
        "starnet_s2": 3_682_024,
        "starnet_s3": 5_750_792,
        "starnet_s4": 7_482_728,
        "starnet_s050": 542_728,
        "starnet_s100": 1_043_280,
        "starnet_s150": 1_560_616,
        "efficientnet_lite0": 4_652_008,  # timm's tf_efficientnet_lite0
        "efficientnet_lite1": 5_416_680,
        "efficientnet_lite2": 6_092_072,
        "efficientnet_lite3": 8_197_096,
        "efficientnet_lite4": 13_006_568,
        "mnasnet_a1": 3_887_038,  # Table 1: 3.9 M; timm's semnasnet_100
        "mobilenet_v1": 4_231_976,  # keras.applications, with its alpha
        "mobilenet_v1_x0_75": 2_585_560,  # Table 7: 2.6 M
        "mobilenet_v1_x0_5": 1_331_592,  # 1.3 M
        "mobilenet_v1_x0_25": 470_072,  # 0.5 M
        "mobilenet_v2_x0_35": 1_677_128,  # timm's mobilenetv2_035
        "mobilenet_v2_x0_5": 1_968_680,
        "mobilenet_v2_x0_75": 2_636_424,
        "mobilenet_v2_x1_4": 6_108_776,
        "mobilenet_v4_conv_small": 3_774_024,  # timm's
        "mobilenet_v4_conv_small_035": 1_905_384,
        "mobilenet_v4_conv_small_050": 2_238_952,
        "mobilenet_v4_conv_medium": 9_715_512,
        "mobilenet_v4_conv_large": 32_590_864,
        "mobilenet_v4_conv_aa_large": 32_590_864,
        "nasnet_mobile": 5_289_978,  # Table 3: 5.3 M
        "nasnet_large": 88_753_150,  # Table 2: 88.9 M
        "shufflenet_v1_g3": 1_865_728,  # the authors' and a bias a class
        "shufflenet_v1_g8": 2_434_768,
        "se_resnet18": 11_778_592,  # timm's legacy_seresnet18
        "se_resnet50": 28_088_024,  # legacy_seresnet50
        "se_resnet152": 66_821_848,  # legacy_seresnet152
        "se_resnext50_32x4d": 27_559_896,  # legacy_seresnext50_32x4d
        "senet154": 115_088_984,  # legacy_senet154
        "cbam_resnet18": 11_779_392,  # the authors' code; Table 4: 11.78 M
        "cbam_resnet34": 21_960_468,  # 21.96 M
        "cbam_resnet50": 28_089_624,  # 28.09 M
        "cbam_resnet101": 49_330_172,  # 49.33 M
        "dpn68": 12_611_602,  # timm's dpn68
        "dpn92": 37_668_392,  # dpn92
        "dpn98": 61_570_728,
        "dpn107": 86_917_800,
        "dpn131": 79_254_504,
        "regnet_x_400mf": 5_157_512,  # Table 5: 5.2 M
        "regnet_y_800mf": 6_263_168,  # Table 6: 6.3 M
        "regnet_y_8gf": 39_180_068,  # 39.2 M
        "repvgg_a0": 9_108_968,  # timm's; the plain form: test_repvgg.py
        "ghostnet_050": 2_587_292,  # timm's
        "ghostnet_100": 5_182_508,
        "ghostnet_130": 7_358_820,
        "ghostnet_v2_100": 6_156_908,
        "ghostnet_v2_130": 8_960_404,
        "ghostnet_v2_160": 12_392_698,
        "mobileone_s0": 5_293_272,  # timm's
        "mobileone_s1": 4_825_192,
        "mobileone_s2": 7_884_648,
        "mobileone_s3": 10_170_600,
        "mobileone_s4": 14_951_248,
        "repvit_m0_9": 5_489_328,  # timm's, with both classifiers
        "repvit_m1_0": 7_302_796,
        "repvit_m1_1": 8_802_912,
        "repvit_m1_5": 14_644_432,
        "repvit_m2_3": 23_688_792,
        "repvit_m1": 5_485_248,
        "repvit_m2": 8_797_984,
        "repvit_m3": 10_682_832,
        "repvgg_a1": 14_092_264,
        "repvgg_a2": 28_210_600,
        "repvgg_b0": 15_817_960,
        "repvgg_b1": 57_415_016,
        "convnext_atto": 3_695_520,  # timm's, as the next three
        "convnext_femto": 5_217_784,
        "convnext_pico": 9_045_672,
        "convnext_nano": 15_593_560,
        "convnext_xlarge": 350_196_968,  # Table 1: 350 M
        "convnext_v2_atto": 3_708_400,  # Table 5: 3.7 M; timm's
        "convnext_v2_femto": 5_233_240,  # 5.2 M
        "convnext_v2_pico": 9_066_280,  # 9.1 M
        "convnext_v2_nano": 15_623_800,  # 15.6 M
        "convnext_v2_tiny": 28_635_496,  # 28.6 M
        "convnext_v2_base": 88_717_800,  # 89 M
        "convnext_v2_large": 197_956_840,  # 198 M
        "convnext_v2_huge": 660_289_640,  # 659 M
        "fractalnet20": 33_724_618,  # the authors' generator; Table 1: 38.6 M
        "resnet18d": 11_708_744,  # timm's, as all that follow
        "resnet50d": 25_576_264,
        "resnet50s": 25_680_808,
        "resnet200d": 64_693_064,
        "res2net50_26w_4s": 25_699_120,
        "res2net50d": 25_718_352,
        "res2next50": 24_671_464,
        "resnest14d": 10_611_688,
        "resnest50d": 27_483_240,
        "resnest50d_4s2x40d": 30_417_592,
        "resnest269e": 110_929_480,
        "sk_resnet18": 11_958_056,
        "sk_resnext50_32x4d": 27_479_784,
        "eca_resnet26t": 16_011_916,
        "eca_resnet269d": 102_093_077,
        "eca_resnetlight": 30_162_046,
        "resnetblur50": 25_557_032,
        "resnetaa101d": 44_568_392,
        "se_resnextaa201d_32x8d": 149_394_904,
        "gc_resnext26ts": 10_476_600,
        "gc_resnet33ts": 19_880_698,
        "gc_resnet50t": 25_897_080,
        "gc_resnext50ts": 15_667_320,
        "resnet_v2_50x1_bit": 25_549_352,
        "resnet_v2_152x4_bit": 936_533_224,
        "nf_resnet50": 25_557_032,
        "dm_nfnet_f0": 71_489_284,
        "dm_nfnet_f2": 193_779_228,
        "nfnet_l0": 35_074_488,
        "eca_nfnet_l0": 24_143_924,
        "regnet_z_b16": 9_715_480,
        "regnet_z_e8": 57_698_176,
        "regnet_z_005": 7_122_742,
        "regnet_z_040_h": 28_938_880,
        "inception_next_atto": 4_156_520,
        "inception_next_base": 86_672_136,
        "mobilenet_v1_100h": 5_282_600,
        "mobilenet_v1_125": 6_270_840,
        "xception41": 26_969_560,
        "xception71": 42_338_736,
        "xception65p": 39_819_560,
        "resnext101_32x16d": 194_026_792,
        # As timm counts them.
        "hrnet_w18_small": 13_187_464,
        "hrnet_w18_small_v2": 15_597_464,
        "hrnet_w18": 21_299_004,
        "hrnet_w30": 37_712_220,
        "hrnet_w32": 41_232_680,
        "hrnet_w40": 57_557_160,
        "hrnet_w44": 67_064_984,
        "hrnet_w48": 77_469_864,
        "hrnet_w64": 128_059_944,
        "hrnet_w18_ssld": 21_295_164,
        "hrnet_w48_ssld": 77_466_024,
        "hgnet_tiny": 14_735_864,
        "hgnet_small": 24_360_872,
        "hgnet_base": 71_578_184,
        "hgnet_v2_b0": 5_996_550,
        "hgnet_v2_b1": 6_343_158,
        "hgnet_v2_b2": 11_221_356,
        "hgnet_v2_b3": 16_292_216,
        "hgnet_v2_b4": 19_796_680,
        "hgnet_v2_b5": 39_569_064,
        "hgnet_v2_b6": 75_256_776,
        "cspresnet50": 21_616_168,
        "cspresnext50": 20_569_896,
        "cspdarknet53": 27_642_184,
        "darknet53": 41_609_928,
        "cs3darknet_s": 3_276_344,
        "cs3darknet_m": 9_310_240,
        "cs3darknet_l": 21_164_168,
        "cs3darknet_x": 35_046_320,
        "cs3darknet_focus_s": 3_274_728,
        "cs3darknet_focus_m": 9_304_360,
        "cs3darknet_focus_l": 21_151_720,
        "cs3darknet_focus_x": 35_025_000,
        "cs3sedarknet_l": 21_913_592,
        "cs3sedarknet_x": 35_397_904,
        "cs3edgenet_x": 47_821_120,
        "cs3se_edgenet_x": 50_721_584,
        "vovnet39a": 22_600_296,
        "vovnet57a": 36_640_296,
        "ese_vovnet19b_slim_dw": 1_897_752,
        "ese_vovnet19b_dw": 6_543_080,
        "ese_vovnet19b_slim": 3_166_136,
        "ese_vovnet39b": 24_568_936,
        "ese_vovnet57b": 38_608_936,
        "ese_vovnet99b": 63_199_272,
        "dla34": 15_742_104,
        "dla46_c": 1_301_400,
        "dla46x_c": 1_068_440,
        "dla60x_c": 1_319_832,
        "dla60": 22_036_632,
        "dla60x": 17_352_344,
        "dla102": 33_268_888,
        "dla102x": 26_309_272,
        "dla102x2": 41_282_200,
        "dla169": 53_389_720,
        "peleenet": 2_802_248,  # the authors' code; the paper: 2.8 M
        "hardnet39ds": 3_488_228,  # the paper: 3.5 M
        "hardnet68ds": 4_180_602,  # 4.2 M
        "hardnet68": 17_565_348,  # 17.6 M
        "hardnet85": 36_670_212,  # 36.7 M
        "pyramidnet110_a48": 1_772_706,  # the paper: 1.7 M
        "pyramidnet110_a84": 3_904_446,  # 3.8 M
        "pyramidnet110_a270": 28_485_477,  # 28.3 M
        "pyramidnet164_a270": 27_216_021,  # 27.0 M
        "pyramidnet200_a240": 26_752_702,  # 26.6 M
        "pyramidnet272_a200": 26_210_842,  # 26.0 M
        # The paper's 4.8 M, 2.9 M and 0.52 M when condensed: see below.
        "condensenet74_c4": 11_922_680,
        "condensenet74_c8": 11_103_608,
        "condensenet86": 1_451_594,
        "squeezenext23": 717_280,  # the authors' Caffe files; the paper: 0.72 M
        "squeezenext23_x2": 2_361_728,  # 2.4 M
        "squeezenext23v5": 930_016,  # 0.9 M
        "squeezenext23v5_x2": 3_222_912,  # 3.2 M
        "lenet1": 2_578,  # the paper: "2578 independent parameters"
        "cuda_convnet_cifar": 89_578,  # 2,432 + 25,632 + 51,264 + 10,250
        "dan_net": 1_543_443,  # 14,800 + 240,150 + 600,250 + 675,300 + 12,943
        "mcdnn_mnist": 35 * 76_040,  # 340 + 20,040 + 54,150 + 1,510
        "spp_net_zf5": 77_037_672,  # fc6 reads 50 x 256 values
        "shake_shake26_2x32d": 2_923_162,  # the paper: 2.9 M
        "shake_shake26_2x64d": 11_653_978,  # 11.7 M
        "shake_shake26_2x96d": 26_192_922,  # 26.2 M
    }.items(),
)
def test_parameters_of_the_paper(name, params):
    assert zoo.info(name).params == params


@pytest.mark.parametrize(
    ("name", "factor", "params"),
    [
        ("condensenet74_c4", 4, 4_773_944),
        ("condensenet74_c8", 8, 2_935_416),
        ("condensenet86", 4, 516_202),
    ],
)
def test_parameters_of_condensed_networks(name, factor, params):
    """One in `factor` weights of the 1x1 convolutions, half the classifier."""
    model = describe(name)
    learned = sum(
        math.prod(la.kernel.shape)
        for la in model.layers
        if isinstance(la, layers.LearnedGroupConv2D)
    )
    classifier = math.prod(model.get_layer("logits").kernel.shape)
    dropped = learned - learned // factor + classifier // 2
    assert zoo.info(name).params - dropped == params


@pytest.mark.parametrize(
    ("groups", "millions"), {1: 143, 2: 140, 3: 137, 4: 133, 8: 137}.items()
)
def test_cost_of_shufflenet_in_the_paper(groups, millions):
    """Table 1 counts everything but the classifier."""
    classifier = 1000 * 4 * shufflenet_v1.WIDTHS[groups]
    macs = zoo.info(f"shufflenet_v1_g{groups}").macs - classifier
    assert macs / 1e6 == pytest.approx(millions, abs=0.6)


@pytest.fixture
def quickly_drawn(monkeypatch):
    """Kernels take their values from a few: drawing all takes long."""
    few = np.random.default_rng(0).uniform(-1, 1, 2**16 + 1).astype("float32")

    def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
        values = np.resize(few, shape) * np.float32(stddev * 3**0.5)
        return keras.ops.convert_to_tensor(values + np.float32(mean), dtype)

    for name in ("normal", "truncated_normal"):
        monkeypatch.setattr(random_initializers.random, name, normal)


# As varied as the others, and slower.
SLOW = (
    "dpn68", "inception_v3", "densenet_bc100_12", "resnext50_32x4d",
    "regnet_y_400mf", "xception",
)  # fmt: skip


@pytest.mark.usefixtures("quickly_drawn")
@pytest.mark.parametrize(
    "name", quick(TINY, {*VARIED}.difference(SLOW), "wide")
)
def test_trains_saves_and_reloads(name, tmp_path):
    model = build(name)
    x = images(model, n=3)
    y = np.arange(3) % 10
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    grads = gradients(model, loss, x, y)
    for weight, grad in zip(model.trainable_weights, grads, strict=True):
        assert grad is not None, weight.path
        assert np.all(np.isfinite(grad)), weight.path
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(
        loaded(x, training=False), model(x, training=False), rtol=1e-6
    )


@pytest.mark.parametrize(
    "name", quick([n for n in TINY if n not in VARIED], list(TINY)[::2])
)
def test_is_made_again_from_its_configuration(name):
    """What a file keeps, without the file and without values."""
    with weightless():
        model = build(name)
        config = json.loads(json.dumps(model.get_config()))
        again = keras.Model.from_config(config)
    assert shapes(again) == shapes(model)


def shapes(model):
    return [(weight.path, tuple(weight.shape)) for weight in model.weights]


def gradients(model, loss, x, y):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        value = loss(y, model(x, training=True))
    return tape.gradient(value, [w.value for w in model.trainable_weights])


@pytest.mark.parametrize(
    ("name", "norm", "activation"),
    [
        # Of networks of the same kind, every fourth gets each of the two.
        *itertools.product(
            [n for i, n in enumerate(SMALL) if i % 4 == 1 or n in VARIED],
            ["layer_norm"],
            ["rrelu"],
        ),
        *itertools.product(
            [n for i, n in enumerate(TINY) if i % 4 == 3 or n in VARIED],
            ["weight_norm"],
            ["prelu"],
        ),
        *itertools.product(PLAIN, ["group_norm"], ["sigmoid"]),
        *itertools.product(PLAIN, ["instance_norm", "none"], ["prelu"]),
    ],
)
def test_swaps_are_total(name, norm, activation):
    with weightless():
        own = published(name)
        model = build(name, norm=norm, activation=activation)
    check_norms(name, own, model, norm)
    check_activations(own, model, activation)


def check_norms(name, own, model, norm):
    kinds = [type(layer) for layer in walk(model)]
    assert not any(
        issubclass(
            k, (keras.layers.BatchNormalization, layers.LocalResponseNorm)
        )
        for k in kinds
    )
    wrapped = [w.layer for w in walk(model) if isinstance(w, layers.WeightNorm)]
    biased = norm in ("weight_norm", "none")
    convs = [
        layer
        for layer in [*walk(model), *wrapped]
        if isinstance(layer, keras.layers.Conv2D)
        and not re.search(NOT_NORMALIZED, layer.name)
    ]
    for layer in convs:
        assert layer.use_bias == biased or re.match(ALWAYS_BIASED, name)
    norms = {
        "layer_norm": layers.LayerNorm,
        "group_norm": keras.layers.GroupNormalization,
        "instance_norm": keras.layers.GroupNormalization,
        "weight_norm": layers.WeightNorm,
    }
    if norm in norms:
        # One a convolution; fewer where the paper's own are fewer, as on the
        # projections of pre-activation networks.
        kinds_of_papers = (layers.BatchNorm, layers.LayerNorm)
        papers = [isinstance(la, kinds_of_papers) for la in walk(own)]
        expected = len(set(convs) - set(wrapped))
        assert sum(issubclass(k, norms[norm]) for k in kinds) >= min(
            expected, sum(papers) or expected
        )


def check_activations(own, model, activation):
    assert not any(is_relu(layer) for layer in walk(model))
    assert not any(isinstance(la, layers.ScaledTanh) for la in walk(model))
    expected = {"rrelu": layers.RReLU, "prelu": layers.PReLU}.get(
        activation, keras.layers.Activation
    )
    kinds = [type(layer) for layer in activations(model)]
    assert kinds == [expected] * len(list(activations(own)))
    assert kinds


def is_relu(layer):
    activation = getattr(layer, "activation", None)
    return (
        isinstance(layer, keras.layers.ReLU)
        or activation is keras.activations.relu
    )


def activations(model):
    return (la for la in walk(model) if re.search(r"_?act\d*$", la.name))


@pytest.mark.parametrize("name", ["resnet18", "alexnet_owt", "vgg11_bn"])
def test_any_size_and_any_channels(name):
    model = build(name, input_shape=(None, None, 2), stem="imagenet")
    for size in ((64, 96), (96, 64)):
        assert model(np.ones((1, *size, 2), "float32")).shape == (1, 10)


def test_without_the_classifier():
    features = build("resnet18", include_top=False)
    assert features.output_shape == (None, 2, 2, 512)
    for pooling in ("avg", "max"):
        pooled = build("resnet18", include_top=False, pooling=pooling)
        assert pooled.output_shape == (None, 512)


def test_classifier_activation():
    model = build("resnet20", classifier_activation="softmax")
    sums = np.sum(model(images(model), training=False), axis=-1)
    np.testing.assert_allclose(sums, 1.0, rtol=1e-5)


@pytest.mark.parametrize(("name", "params"), AUXILIARY_PARAMS.items())
def test_parameters_of_the_auxiliary_heads(name, params):
    with weightless():
        model = zoo.create(name, aux_heads=True)
    count = sum(math.prod(w.shape) for w in model.trainable_weights)
    assert count - zoo.info(name).params == params


@pytest.mark.parametrize("name", ["googlenet_bn"])
def test_auxiliary_heads_train(name, tmp_path):
    """Named outputs, whose losses `compile` weighs and `fit` reports."""
    model = build(name, aux_heads=True, classifier_activation="softmax")
    heads = set(model.output)
    assert heads >= {"logits", "aux1"}
    model.compile(
        "sgd",
        loss=dict.fromkeys(heads, "sparse_categorical_crossentropy"),
        loss_weights={h: 1.0 if h == "logits" else 0.3 for h in heads},
        run_eagerly=True,
    )
    x, y = images(model, n=4), np.arange(4)
    before = [np.array(w) for w in model.trainable_weights]
    history = model.fit(x, dict.fromkeys(heads, y), verbose=0).history
    total = history["logits_loss"][0] + 0.3 * sum(
        history[f"{head}_loss"][0] for head in heads - {"logits"}
    )
    assert history["loss"][0] == pytest.approx(total, rel=1e-5)
    for weight, old in zip(model.trainable_weights, before, strict=True):
        assert np.any(weight != old), weight.path
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    for head, values in model(x, training=False).items():
        assert values.shape == (4, 10)
        np.testing.assert_allclose(
            loaded(x, training=False)[head], values, rtol=1e-6
        )
    without = build(name, aux_heads=True, include_top=False)
    assert not any("aux" in layer.name for layer in without.layers)


def test_two_instances_in_one_model():
    image = keras.Input((32, 32, 3))
    one, two = build("resnet20", name="one"), build("resnet20", name="two")
    both = keras.Model(image, keras.layers.Add()([one(image), two(image)]))
    x = images(both)
    np.testing.assert_allclose(both(x), one(x) + two(x), rtol=1e-5, atol=1e-6)


def test_nests_in_sequential_and_reloads(tmp_path):
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            build("resnet20", include_top=False, pooling="avg"),
            keras.layers.Dense(3),
        ]
    )
    model.save(tmp_path / "model.keras")
    x = images(model)
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(loaded(x), model(x), rtol=1e-6)


def test_own_constructors():
    model = build(
        "resnet20",
        activation=lambda: keras.layers.LeakyReLU(negative_slope=0.3),
        norm=lambda: keras.layers.GroupNormalization(4),
    )
    assert model.get_layer("stage1_block1_act1").negative_slope == 0.3
    assert model.get_layer("stage1_block1_norm1").groups == 4
    assert not model.get_layer("stage1_block1_conv1").use_bias


def test_weights_from_a_file(tmp_path):
    model = build("resnet20")
    path = tmp_path / "resnet20.weights.h5"
    model.save_weights(path)
    again = build("resnet20", weights=path)
    x = images(model)
    np.testing.assert_array_equal(again(x), model(x))


@pytest.mark.parametrize("name", zoo.list_models())
def test_signature_and_help(name):
    builder = getattr(zoo, name)
    keywords = list(inspect.signature(builder).parameters)
    assert keywords[:9] == [
        "num_classes", "input_shape", "include_top", "pooling",
        "classifier_activation", "activation", "norm", "weights", "name",
    ]  # fmt: skip
    section = builder.__doc__.partition("Args:")[2].partition("Returns:")[0]
    documented = re.findall(r"^ {4}(\w+):", section, re.MULTILINE)
    assert sorted(documented) == sorted(keywords)


def smallest(name):
    """The arguments of the smallest network, from the error that names it."""
    options = {k: v for k, v in TINY[name].items() if k != "input_shape"}
    options["num_classes"] = 10
    with pytest.raises(ValueError, match="too small") as error:
        zoo.create(name, input_shape=(1, 1, 3), **options)
    size = int(re.search(r"at least (\d+)x", str(error.value))[1])
    with pytest.raises(ValueError, match="too small"):
        zoo.create(name, input_shape=(size - 1, size, 3), **options)
    return {**options, "input_shape": (size, size, 3)}


@contextlib.contextmanager
def half_precision():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        yield
    finally:
        keras.config.set_dtype_policy("float32")


@pytest.mark.parametrize("name", quick(TINY, [*TINY][::2]))
def test_smallest_input_and_mixed_precision(name):
    """The size that the error names leaves a pixel; logits are float32."""
    with weightless(), half_precision():
        model = zoo.create(name, **smallest(name))
    sizes = [d for la in model.layers for d in la.output.shape[1:]]
    assert min(sizes) > 0
    check_half_precision(model, model.output)


HALF = (
    "vgg11_bn", "alexnet", "highway19_cifar", "densenet_bc100_12",
    "resnet18_v2", "mobilenet_v3_small", "shufflenet_v1_g3",
    "regnet_y_400mf", "repvgg_a0", "convnext_tiny",
)  # fmt: skip


@pytest.mark.parametrize(
    "name", quick(HALF, ("vgg11_bn", "mobilenet_v3_small", "convnext_tiny"))
)
def test_runs_in_half_precision(name):
    with half_precision():
        model = zoo.create(name, **smallest(name))
    kernels = [w for w in model.weights if w.name == "kernel"]
    drawn = [np.asarray(w).ravel()[:9].tobytes() for w in kernels]
    assert len(set(drawn)) == len(drawn)  # each from a seed of its own
    x = images(model)
    for policy in ("mixed_float16", "mixed_bfloat16"):
        for layer in check_half_precision(model, model.output):
            layer.dtype_policy = policy
        outputs = model(x, training=policy == "mixed_float16")
        assert np.all(np.isfinite(np.asarray(outputs, "float32")))
        check_half_precision(model, outputs)


def check_half_precision(model, outputs):
    """Layers compute in it, weights and logits do not; returns the layers."""
    half = [la for la in walk(model) if "16" in la.compute_dtype]
    assert len(half) > 0.9 * len(model.layers)
    if "logits" in [layer.name for layer in model.layers]:
        assert keras.backend.standardize_dtype(outputs.dtype) == "float32"
    for weight in model.weights:
        assert weight.dtype != "float16", weight.path
    return half

"""Pre-activation residual networks: He et al. 2016.

Normalizer and activation come before each convolution, so that shortcuts are
identities from one addition to the next. Where a block changes the shape, its
first normalizer and activation serve branch and projection both; those of the
very first block stand in the stem.
(N, 224, 224, 3) -> stem 56x56x64 -> 56x56 -> 28x28 -> 14x14 -> 7x7x2048; for
CIFAR (N, 32, 32, 3) -> 32x32 -> 16x16 -> 8x8.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.resnet import WIDTHS, residual_stages

PAPER = Paper(
    "Identity Mappings in Deep Residual Networks",
    "https://arxiv.org/abs/1603.05027",
    2016,
)
POOL_FIRST = (
    "The stem pools before its normalizer and activation, as timm and TF-Slim "
    "have it; the authors' fb.resnet.torch pools after them: the same where "
    "no scale is negative",
)
STRIDE = (
    "Bottlenecks stride in the 3x3 convolution; the authors' fb.resnet.torch "
    "has it in the first 1x1",
)


def basic_block_v2(
    net, x, width, strides, name, *, activated=False, option_a=False,
    dropout_rate=0.0,
):  # fmt: skip
    """Two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width).

    Args:
        activated: Whether the stem has activated `x` already.
        option_a: Shortcuts without parameters where the shape changes.
        dropout_rate: Rate of the dropout between the two convolutions.
    """
    x, y = branches(net, x, width, strides, name, activated, option_a)
    y = net.conv(y, width, 3, strides, name=f"{name}_conv1")
    y = net.norm(y, name=f"{name}_norm2")
    y = net.act(y, name=f"{name}_act2")
    if dropout_rate:
        y = keras.layers.Dropout(dropout_rate, name=f"{name}_dropout")(y)
    y = net.conv(y, width, 3, name=f"{name}_conv2")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def bottleneck_block_v2(
    net, x, width, strides, name, *, activated=False, stride_in_3x3=True
):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    first, second = (1, strides) if stride_in_3x3 else (strides, 1)
    x, y = branches(net, x, 4 * width, strides, name, activated)
    y = net.conv(y, width, 1, first, name=f"{name}_conv1")
    y = net.norm_act_conv(y, width, 3, second, name=f"{name}_conv2")
    y = net.norm_act_conv(y, 4 * width, 1, name=f"{name}_conv3")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def branches(net, x, filters, strides, name, activated, option_a=False):
    """The shortcut, and what the first convolution of the block reads."""
    y = x
    if not activated:
        y = net.act(net.norm(x, name=f"{name}_norm1"), name=f"{name}_act1")
    if strides == 1 and x.shape[-1] == filters:
        return x, y
    if option_a:
        shortcut = layers.ZeroPadShortcut(
            filters, strides, name=f"{name}_shortcut"
        )
        return shortcut(y), y
    return net.conv(y, filters, 1, strides, name=f"{name}_proj_conv"), y


def stages_v2(net, x, block, widths, depths):
    """Stages of blocks, of which the first reads what the stem activated."""
    first = partial(block, activated=True)
    return residual_stages(net, x, block, widths, depths, first_block=first)


def last_activation(net, x):
    """Normalizer and activation after the last addition."""
    return net.act(net.norm(x, name="last_norm"), name="last_act")


def resnet_v2(block, depths, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    if net.small:
        x = net.conv(net.image, 64, 3, name="stem_conv")
    else:
        x = net.conv(net.image, 64, 7, 2, name="stem_conv")
        x = layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)
    x = net.act(net.norm(x, name="stem_norm"), name="stem_act")
    x = stages_v2(net, x, block, WIDTHS, depths)
    return net.model(last_activation(net, x))


def resnet_v2_cifar(block, depth, **options):
    """3x3 convolution and three stages of `depth` blocks each."""
    net = Network(min_size=4, **options)
    x = net.conv_norm_act(net.image, 16, 3, name="stem_conv")
    x = stages_v2(net, x, block, (16, 32, 64), 3 * [depth])
    return net.model(last_activation(net, x))


@register(
    resnet_v2,
    PAPER,
    params=11_687_720,
    macs=1_814_073_344,
    departures=POOL_FIRST,
)
def resnet18_v2(**options):
    """Pre-activation ResNet-18."""
    return resnet_v2(basic_block_v2, (2, 2, 2, 2), **options)


@register(
    resnet_v2,
    PAPER,
    params=21_795_880,
    macs=3_663_761_408,
    departures=POOL_FIRST,
)
def resnet34_v2(**options):
    """Pre-activation ResNet-34."""
    return resnet_v2(basic_block_v2, (3, 4, 6, 3), **options)


@register(
    resnet_v2,
    PAPER,
    params=25_549_352,
    macs=4_089_184_256,
    departures=POOL_FIRST,
)
def resnet50_v2(**options):
    """Pre-activation ResNet-50."""
    return resnet_v2(bottleneck_block_v2, (3, 4, 6, 3), **options)


@register(
    resnet_v2,
    PAPER,
    params=44_541_480,
    macs=7_801_405_440,
    departures=POOL_FIRST,
)
def resnet101_v2(**options):
    """Pre-activation ResNet-101."""
    return resnet_v2(bottleneck_block_v2, (3, 4, 23, 3), **options)


@register(
    resnet_v2,
    PAPER,
    params=60_185_128,
    macs=11_513_626_624,
    departures=POOL_FIRST,
)
def resnet152_v2(**options):
    """Pre-activation ResNet-152."""
    return resnet_v2(bottleneck_block_v2, (3, 8, 36, 3), **options)


@register(
    resnet_v2,
    PAPER,
    params=64_666_152,
    macs=15_007_481_856,
    departures=POOL_FIRST,
)
def resnet200_v2(**options):
    """Pre-activation ResNet-200."""
    return resnet_v2(bottleneck_block_v2, (3, 24, 36, 3), **options)


def _register_cifar(params, macs, departures=()):
    return register(
        resnet_v2_cifar, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10, departures=departures,
    )  # fmt: skip


@_register_cifar(1_727_962, 252_887_680)
def resnet110_v2(**options):
    """Pre-activation ResNet-110 for CIFAR: basic blocks, option A."""
    block = partial(basic_block_v2, option_a=True)
    return resnet_v2_cifar(block, 18, **options)


@_register_cifar(1_703_258, 244_500_992)
def resnet164_v2(**options):
    """Pre-activation ResNet-164 for CIFAR (1.7 M)."""
    block = partial(bottleneck_block_v2, stride_in_3x3=False)
    return resnet_v2_cifar(block, 18, **options)


@_register_cifar(10_327_706, 1_487_849_984)
def resnet1001_v2(**options):
    """Pre-activation ResNet-1001 for CIFAR (10.2 M)."""
    block = partial(bottleneck_block_v2, stride_in_3x3=False)
    return resnet_v2_cifar(block, 111, **options)


@_register_cifar(1_703_258, 247_646_720, STRIDE)
def resnet164_v2_3x3(**options):
    """Pre-activation ResNet-164 for CIFAR that strides in the 3x3."""
    return resnet_v2_cifar(bottleneck_block_v2, 18, **options)


@_register_cifar(10_327_706, 1_490_995_712, STRIDE)
def resnet1001_v2_3x3(**options):
    """Pre-activation ResNet-1001 for CIFAR that strides in the 3x3."""
    return resnet_v2_cifar(bottleneck_block_v2, 111, **options)

"""Squeeze-and-excitation networks: Hu et al. 2017.

ResNets and ResNeXts whose blocks scale the channels of their branch before the
addition; bottlenecks as in the authors' Caffe models, whose max pooling rounds
up. SENet-154: three 3x3 convolutions for the stem, 64x4d blocks whose first
1x1 convolution is half as wide, 3x3 projections, dropout.
"""

from functools import partial

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._stem import padded_pool, stem_layers
from zoo.models.resnet import (
    WIDTHS,
    add_shortcut,
    basic_block,
    bottleneck_block,
    residual_stages,
)
from zoo.models.resnext import aggregated_block

PAPER = Paper(
    "Squeeze-and-Excitation Networks", "https://arxiv.org/abs/1709.01507", 2017
)
V1_5 = (
    "Bottlenecks stride in the 3x3 convolution and max pooling pads, as timm's "
    "seresnet50, for whose weights this is",
)


def squeeze(net, y, name):
    """Scales the channels by gates, one sixteenth of them wide."""
    return net.squeeze_excite(y, y.shape[-1] // 16, name=f"{name}_se")


BASIC = partial(basic_block, finish=squeeze)
BOTTLENECK = partial(bottleneck_block, finish=squeeze)
BOTTLENECK_V1_5 = partial(BOTTLENECK, stride_in_3x3=True)
RESNEXT = partial(aggregated_block(32, 4), finish=squeeze)


def senet154_block(net, x, width, strides, name):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    y = net.conv_norm_act(x, 2 * width, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, 4 * width, 3, strides, groups=64, name=f"{name}_conv2"
    )
    y = net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3")
    size = 3 if strides > 1 else 1
    return add_shortcut(
        net, x, y, strides, name, proj_size=size, finish=squeeze
    )


def ceil_pool(x):
    """Caffe's max pooling, which rounds up."""
    return layers.MaxPool2D(3, 2, ceil_mode=True, name="stem_pool")(x)


def se_resnet(block, depths, pool=ceil_pool, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = stem_layers(net, 64, pool)
    return net.model(residual_stages(net, x, block, WIDTHS, depths))


def senet(depths, *, stem="imagenet", dropout_rate=0.2, **options):
    """Three 3x3 convolutions, four stages, dropout, linear classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, **options)
    first = net.stem_strides
    x = net.conv_norm_act(net.image, 64, 3, first, name="stem_conv1")
    x = net.conv_norm_act(x, 64, 3, name="stem_conv2")
    x = net.conv_norm_act(x, 128, 3, name="stem_conv3")
    x = x if net.small else ceil_pool(x)
    x = residual_stages(net, x, senet154_block, WIDTHS, depths)
    return net.model(x, dropout_rate=dropout_rate)


@register(se_resnet, PAPER, params=11_778_592, macs=1_814_160_384)
def se_resnet18(**options):
    """SE-ResNet-18."""
    return se_resnet(BASIC, (2, 2, 2, 2), **options)


@register(se_resnet, PAPER, params=21_958_868, macs=3_663_918_592)
def se_resnet34(**options):
    """SE-ResNet-34."""
    return se_resnet(BASIC, (3, 4, 6, 3), **options)


@register(se_resnet, PAPER, params=28_088_024, macs=3_860_488_192)
def se_resnet50(**options):
    """SE-ResNet-50."""
    return se_resnet(BOTTLENECK, (3, 4, 6, 3), **options)


@register(se_resnet, PAPER, params=49_326_872, macs=7_574_937_600)
def se_resnet101(**options):
    """SE-ResNet-101."""
    return se_resnet(BOTTLENECK, (3, 4, 23, 3), **options)


@register(se_resnet, PAPER, params=66_821_848, macs=11_288_993_792)
def se_resnet152(**options):
    """SE-ResNet-152."""
    return se_resnet(BOTTLENECK, (3, 8, 36, 3), **options)


@register(
    se_resnet, PAPER, params=28_088_024, macs=4_091_699_200, departures=V1_5
)
def se_resnet50_v1_5(**options):
    """SE-ResNet-50 with the stride in the 3x3 of a bottleneck."""
    return se_resnet(BOTTLENECK_V1_5, (3, 4, 6, 3), padded_pool, **options)


@register(se_resnet, PAPER, params=27_559_896, macs=4_232_994_816)
def se_resnext50_32x4d(**options):
    """SE-ResNeXt-50 (32x4d)."""
    return se_resnet(RESNEXT, (3, 4, 6, 3), **options)


@register(se_resnet, PAPER, params=48_955_416, macs=7_974_739_968)
def se_resnext101_32x4d(**options):
    """SE-ResNeXt-101 (32x4d)."""
    return se_resnet(RESNEXT, (3, 4, 23, 3), **options)


@register(senet, PAPER, params=115_088_984, macs=20_688_363_520)
def senet154(**options):
    """SENet-154, the authors' entry to ILSVRC 2017."""
    return senet((3, 8, 36, 3), **options)

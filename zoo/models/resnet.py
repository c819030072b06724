"""Residual networks for ImageNet: He et al. 2015, Table 1.

Stem (N, 224, 224, 3) -> (N, 56, 56, 64), four stages of residual blocks at
1/4, 1/8, 1/16 and 1/32 of the size, global average pooling, one linear layer.
Bottlenecks stride in their first 1x1 convolution, as published and as the
authors' Caffe models do; the `_v1_5` builders stride in the 3x3, as
fb.resnet.torch and torchvision do.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._stem import padded_pool, stem_layers

PAPER = Paper(
    "Deep Residual Learning for Image Recognition",
    "https://arxiv.org/abs/1512.03385",
    2015,
)
V1_5 = ("Bottlenecks stride in the 3x3 convolution, as torchvision has it",)

WIDTHS = (64, 128, 256, 512)  # filters of the 3x3 convolutions, by stage


def basic_block(
    net, x, width, strides, name, *, finish=None, smooth=None, avg_down=False
):
    """Two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    y = net.conv_norm_act(
        x, width, 3, 1 if smooth else strides, name=f"{name}_conv1"
    )
    if smooth and strides > 1:
        y = smooth(y, name=f"{name}_smooth")
    y = net.conv_norm(y, width, 3, name=f"{name}_conv2")
    return add_shortcut(
        net, x, y, strides, name, avg_down=avg_down, finish=finish
    )


def bottleneck_block(
    net, x, width, strides, name, *, stride_in_3x3=False, widen=1, groups=1,
    finish=None, smooth=None, avg_down=False,
):  # fmt: skip
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, 4 width).

    Args:
        stride_in_3x3: Whether the 3x3 convolution strides, not the first 1x1.
        widen: Times `width`, the filters of the first two convolutions.
        groups: Groups of the 3x3 convolution.
        finish: Last step of the branch, before the addition:
            (net, y, name) -> y.
        smooth: What halves the map behind the 3x3 convolution, in place of its
            stride: (y, name=...) -> y.
        avg_down: As `add_shortcut` takes it.
    """
    inner = width * widen
    first, second = (1, strides) if stride_in_3x3 else (strides, 1)
    y = net.conv_norm_act(x, inner, 1, first, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, inner, 3, 1 if smooth else second, groups=groups,
        name=f"{name}_conv2",
    )  # fmt: skip
    if smooth and strides > 1:
        y = smooth(y, name=f"{name}_smooth")
    y = net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3")
    return add_shortcut(
        net, x, y, strides, name, avg_down=avg_down, finish=finish
    )


bottleneck_block_v1_5 = partial(bottleneck_block, stride_in_3x3=True)


def add_shortcut(
    net, x, y, strides, name, *, proj_size=1, avg_down=False, finish=None
):
    """act(x + y), with x projected to the shape of y where they differ.

    Args:
        avg_down: Whether average pooling halves x, not the projection's stride.
    """
    if strides > 1 or x.shape[-1] != y.shape[-1]:
        if avg_down and strides > 1:
            x = layers.AvgPool2D(2, ceil_mode=True, name=f"{name}_proj_pool")(x)
            strides = 1
        x = net.conv_norm(
            x, y.shape[-1], proj_size, strides, name=f"{name}_proj_conv"
        )
    return add(net, x, y, name, finish)


def add(net, shortcut, branch, name, finish=None):
    """act(shortcut + branch)."""
    if finish is not None:
        branch = finish(net, branch, name)
    x = keras.layers.Add(name=f"{name}_add")([shortcut, branch])
    return net.act(x, name=f"{name}_act")


def residual_stages(
    net, x, block, widths, depths, *, first_strides=1, first_block=None
):
    """Stages of blocks; the first block of each stage has stride 2.

    Args:
        first_strides: Stride of the network's first block.
        first_block: The network's first block, where it is another one.
    """
    for stage, (width, depth) in enumerate(zip(widths, depths, strict=True), 1):
        for i in range(1, depth + 1):
            strides = 1 if i > 1 else first_strides if stage == 1 else 2
            make = first_block if stage == i == 1 and first_block else block
            x = make(net, x, width, strides, f"stage{stage}_block{i}")
    return x


def resnet(block, depths, pool=padded_pool, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = stem_layers(net, 64, pool)
    x = residual_stages(net, x, block, WIDTHS, depths)
    return net.model(x)


@register(resnet, PAPER, params=11_689_512, macs=1_814_073_344)
def resnet18(**options):
    """ResNet-18 of Table 1."""
    return resnet(basic_block, (2, 2, 2, 2), **options)


@register(resnet, PAPER, params=21_797_672, macs=3_663_761_408)
def resnet34(**options):
    """ResNet-34 of Table 1."""
    return resnet(basic_block, (3, 4, 6, 3), **options)


@register(resnet, PAPER, params=25_557_032, macs=3_857_973_248)
def resnet50(**options):
    """ResNet-50 of Table 1, stride in the first 1x1 of a bottleneck."""
    return resnet(bottleneck_block, (3, 4, 6, 3), **options)


@register(resnet, PAPER, params=44_549_160, macs=7_570_194_432)
def resnet101(**options):
    """ResNet-101 of Table 1, stride in the first 1x1 of a bottleneck."""
    return resnet(bottleneck_block, (3, 4, 23, 3), **options)


@register(resnet, PAPER, params=60_192_808, macs=11_282_415_616)
def resnet152(**options):
    """ResNet-152 of Table 1, stride in the first 1x1 of a bottleneck."""
    return resnet(bottleneck_block, (3, 8, 36, 3), **options)


@register(resnet, PAPER, params=25_557_032, macs=4_089_184_256, departures=V1_5)
def resnet50_v1_5(**options):
    """ResNet-50 with the stride in the 3x3 of a bottleneck."""
    return resnet(bottleneck_block_v1_5, (3, 4, 6, 3), **options)


@register(resnet, PAPER, params=44_549_160, macs=7_801_405_440, departures=V1_5)
def resnet101_v1_5(**options):
    """ResNet-101 with the stride in the 3x3 of a bottleneck."""
    return resnet(bottleneck_block_v1_5, (3, 4, 23, 3), **options)


@register(
    resnet, PAPER, params=60_192_808, macs=11_513_626_624, departures=V1_5
)
def resnet152_v1_5(**options):
    """ResNet-152 with the stride in the 3x3 of a bottleneck."""
    return resnet(bottleneck_block_v1_5, (3, 8, 36, 3), **options)

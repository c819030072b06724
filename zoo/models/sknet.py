"""Selective kernel networks: Li et al. 2019, Figure 1.

ResNets and ResNeXts with two kernels in place of a 3x3 convolution, a 3x3 and a
5x5 that is a dilated 3x3, merged by attention: each channel of the output has
its own shares of both. In timm's ResNets each kernel sees half of the channels.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Paper, register
from zoo.models._inverted_residual import round_channels
from zoo.models.resnet import add_shortcut, resnet

PAPER = Paper(
    "Selective Kernel Networks", "https://arxiv.org/abs/1903.06586", 2019
)
SPLIT = (
    "Each kernel sees one half of the channels, and basic blocks have kernels "
    "in their first convolution, as timm has it; the paper has ResNeXts only",
)


def selective_kernels(
    net, x, filters, strides, name, *, reduced, groups=1, split=False
):
    """(N, H, W, C) -> (N, H/s, W/s, filters).

    Args:
        reduced: Width of the attention's bottleneck.
        groups: Groups of both convolutions.
        split: Whether each convolution sees one half of the channels.
    """
    half = x.shape[-1] // 2
    paths = []
    for i in (1, 2):
        y = x
        if split:
            y = layers.ChannelSlice(
                (i - 1) * half, i * half, name=f"{name}_half{i}"
            )(x)
        step, dilation = strides, i
        if strides == dilation == 2:  # it skips what no tap of it sees
            y = layers.MaxPool2D(1, 2, name=f"{name}_skip")(y)
            step = dilation = 1
        y = net.conv_norm_act(
            y, filters, 3, step, padding=dilation, dilation_rate=dilation,
            groups=groups, name=f"{name}_path{i}_conv",
        )  # fmt: skip
        paths.append(y)
    y = keras.layers.Concatenate(name=f"{name}_paths")(paths)
    return layers.SplitAttention(
        reduced, use_bias=False,
        activation=net.new_act(f"{name}_attention_act"),
        norm=net.new_norm(reduced),
        name=f"{name}_attention",
    )(y)  # fmt: skip


def basic(net, x, width, strides, name):
    """Selective kernels, 3x3: (N, H, W, C) -> (N, H/s, W/s, width)."""
    reduced = round_channels(width / 8, 16)
    y = selective_kernels(
        net, x, width, strides, name, reduced=reduced, split=True
    )
    y = net.conv_norm(y, width, 3, name=f"{name}_conv2")
    return add_shortcut(net, x, y, strides, name)


def bottleneck(
    net, x, width, strides, name, *, widen=1, groups=1, divisor=8, split=False
):
    """1x1, selective kernels, 1x1: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    inner = width * widen
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = selective_kernels(
        net, y, inner, strides, name, groups=groups, split=split,
        reduced=round_channels(inner / 16, divisor),
    )  # fmt: skip
    y = net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3")
    return add_shortcut(net, x, y, strides, name)


def sk_resnet(block, depths, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    return resnet(block, depths, stem=stem, **options)


@register(
    sk_resnet, PAPER, params=11_958_056, macs=1_814_337_536, departures=SPLIT
)
def sk_resnet18(**options):
    """SK-ResNet-18, of timm."""
    return sk_resnet(basic, (2, 2, 2, 2), **options)


@register(
    sk_resnet, PAPER, params=22_282_376, macs=3_664_237_568, departures=SPLIT
)
def sk_resnet34(**options):
    """SK-ResNet-34, of timm."""
    return sk_resnet(basic, (3, 4, 6, 3), **options)


@register(
    sk_resnet, PAPER, params=25_803_160, macs=4_089_422_336, departures=SPLIT
)
def sk_resnet50(**options):
    """SK-ResNet-50, of timm."""
    return sk_resnet(partial(bottleneck, split=True), (3, 4, 6, 3), **options)


@register(sk_resnet, PAPER, params=27_479_784, macs=4_462_710_784)
def sk_resnext50_32x4d(**options):
    """SKNet-50 of Table 1: ResNeXt-50 (32x4d)."""
    block = partial(bottleneck, widen=2, groups=32, divisor=32)
    return sk_resnet(block, (3, 4, 6, 3), **options)

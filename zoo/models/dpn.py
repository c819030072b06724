"""Dual path networks: Chen et al. 2017, Table 1.

A block's output is split in two: the first maps are added to the residual
path, the others appended to the dense path. Normalizer and activation come
before each convolution. For DPN-92, stem (N, 224, 224, 3) -> 56x56x64 ->
56x56x336 -> 28x28x704 -> 14x14x1552 -> 7x7x2688.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, Norm, Paper, register

PAPER = Paper("Dual Path Networks", "https://arxiv.org/abs/1707.01629", 2017)
NORM = Norm(  # epsilon of MXNet, the authors' framework
    lambda channels: layers.BatchNorm(momentum=0.9, epsilon=1e-3), shifts=True
)


class Table(NamedTuple):
    """A column of Table 1."""

    depths: tuple  # blocks of each stage
    growth: tuple  # maps that a block of each stage appends
    inner: int  # filters of the first stage's first two convolutions
    groups: int
    width: int  # maps of the first stage's residual path
    stem: tuple  # filters and size of the first convolution


DPN68 = Table((3, 4, 12, 3), (16, 32, 32, 64), 128, 32, 64, (10, 3))
DPN92 = Table((3, 4, 20, 3), (16, 32, 24, 128), 96, 32, 256, (64, 7))
DPN98 = Table((3, 6, 20, 3), (16, 32, 32, 128), 160, 40, 256, (96, 7))
DPN107 = Table((4, 8, 20, 3), (20, 64, 64, 128), 200, 50, 256, (128, 7))
DPN131 = Table((4, 8, 28, 3), (16, 32, 32, 128), 160, 40, 256, (128, 7))


def split(x, width, name):
    """The residual path, `width` channels, and the dense path, the others."""
    return (
        layers.ChannelSlice(0, width, name=f"{name}_residual")(x),
        layers.ChannelSlice(width, x.shape[-1], name=f"{name}_dense")(x),
    )


def dual_path_block(net, paths, width, inner, growth, groups, strides, name):
    """Two paths -> two paths; a stage's first block (one `x`) projects."""
    y = paths
    if isinstance(paths, tuple):
        y = keras.layers.Concatenate(name=f"{name}_input")(paths)
    else:
        filters = width + 2 * growth
        x = net.norm_act_conv(y, filters, 1, strides, name=f"{name}_proj_conv")
        paths = split(x, width, f"{name}_proj")
    y = net.norm_act_conv(y, inner, 1, name=f"{name}_conv1")
    y = net.norm_act_conv(
        y, inner, 3, strides, groups=groups, name=f"{name}_conv2"
    )
    y = net.norm_act_conv(y, width + growth, 1, name=f"{name}_conv3")
    residual, dense = split(y, width, name)
    return (
        keras.layers.Add(name=f"{name}_add")([paths[0], residual]),
        keras.layers.Concatenate(name=f"{name}_concat")([paths[1], dense]),
    )


def dpn(table, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, paper_norm=NORM, **options)
    filters, size = table.stem
    if net.small:
        x = net.conv_norm_act(net.image, filters, 3, name="stem_conv")
    else:
        x = net.conv_norm_act(net.image, filters, size, 2, name="stem_conv")
        x = layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)
    stages = zip(table.depths, table.growth, strict=True)
    for stage, (depth, growth) in enumerate(stages, 1):
        scale = 2 ** (stage - 1)
        for i in range(1, depth + 1):
            x = dual_path_block(
                net, x, table.width * scale, table.inner * scale, growth,
                table.groups, 2 if stage > 1 and i == 1 else 1,
                f"stage{stage}_block{i}",
            )  # fmt: skip
        x = keras.layers.Concatenate(name=f"stage{stage}_concat")(x)
    x = net.act(net.norm(x, name="last_norm"), name="last_act")
    return net.model(x)


@register(dpn, PAPER, params=12_611_602, macs=2_326_163_456)
def dpn68(**options):
    """DPN-68."""
    return dpn(DPN68, **options)


@register(dpn, PAPER, params=37_668_392, macs=6_501_684_224)
def dpn92(**options):
    """DPN-92."""
    return dpn(DPN92, **options)


@register(dpn, PAPER, params=61_570_728, macs=11_671_217_152)
def dpn98(**options):
    """DPN-98."""
    return dpn(DPN98, **options)


@register(dpn, PAPER, params=86_917_800, macs=18_298_764_288)
def dpn107(**options):
    """DPN-107."""
    return dpn(DPN107, **options)


@register(dpn, PAPER, params=79_254_504, macs=16_013_648_896)
def dpn131(**options):
    """DPN-131."""
    return dpn(DPN131, **options)

"""MixNet: Tan & Le 2019, Figure 6.

Stem (N, 224, 224, 3) -> (N, 112, 112, 16), six stages of inverted residuals
whose depthwise convolutions have kernels of several sizes, each for its share
of the channels, a 1x1 convolution to (N, 7, 7, 1536), global average pooling,
one linear layer.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import add_input, round_channels

PAPER = Paper(
    "MixConv: Mixed Depthwise Convolutional Kernels",
    "https://arxiv.org/abs/1907.09595",
    2019,
)
SYMMETRIC = (
    "Convolutions of stride 2 pad both sides alike, and batch normalization "
    "has epsilon 1e-5, as timm has it; tf_mixnet_s … have the authors'"
)
TIMM = "timm's, wider and deeper than the paper's"


class Row(NamedTuple):
    """Equal blocks; `squeeze` is the gate's width relative to the input.

    `before` and `behind`: how many parts the 1x1 convolutions have.
    """

    blocks: int
    sizes: tuple
    strides: int
    expansion: int
    filters: int
    squeeze: float = 0
    before: int = 1
    behind: int = 1


S = (
    (Row(1, (3,), 1, 1, 16),),
    (Row(1, (3,), 2, 6, 24, 0, 2, 2), Row(1, (3,), 1, 3, 24, 0, 2, 2)),
    (Row(1, (3, 5, 7), 2, 6, 40, 0.5), Row(3, (3, 5), 1, 6, 40, 0.5, 2, 2)),
    (
        Row(1, (3, 5, 7), 2, 6, 80, 0.25, 1, 2),
        Row(2, (3, 5), 1, 6, 80, 0.25, 1, 2),
    ),
    (
        Row(1, (3, 5, 7), 1, 6, 120, 0.5, 2, 2),
        Row(2, (3, 5, 7, 9), 1, 3, 120, 0.5, 2, 2),
    ),
    (
        Row(1, (3, 5, 7, 9, 11), 2, 6, 200, 0.5),
        Row(2, (3, 5, 7, 9), 1, 6, 200, 0.5, 1, 2),
    ),
)
M = (
    (Row(1, (3,), 1, 1, 24),),
    (Row(1, (3, 5, 7), 2, 6, 32, 0, 2, 2), Row(1, (3,), 1, 3, 32, 0, 2, 2)),
    (Row(1, (3, 5, 7, 9), 2, 6, 40, 0.5), Row(3, (3, 5), 1, 6, 40, 0.5, 2, 2)),
    (
        Row(1, (3, 5, 7), 2, 6, 80, 0.25),
        Row(3, (3, 5, 7, 9), 1, 6, 80, 0.25, 2, 2),
    ),
    (Row(1, (3,), 1, 6, 120, 0.5), Row(3, (3, 5, 7, 9), 1, 3, 120, 0.5, 2, 2)),
    (
        Row(1, (3, 5, 7, 9), 2, 6, 200, 0.5),
        Row(3, (3, 5, 7, 9), 1, 6, 200, 0.5, 1, 2),
    ),
)


def shares(channels, parts):
    """How many channels each part has; the first takes the rest, too."""
    share = channels // parts
    return [channels - (parts - 1) * share] + (parts - 1) * [share]


def mixed(net, x, filters, sizes, name, *, depthwise=False, **options):
    """A convolution for each share of the channels, and one normalizer."""
    head = name.removesuffix("_conv")
    if len(sizes) == 1:
        groups = filters if depthwise else 1
        return net.conv_norm(
            x, filters, *sizes, groups=groups, name=name, **options
        )
    outputs, start = [], 0
    ins, outs = (shares(c, len(sizes)) for c in (x.shape[-1], filters))
    for i, (size, own, new) in enumerate(zip(sizes, ins, outs, strict=True), 1):
        part = layers.ChannelSlice(start, start + own, name=f"{head}_part{i}")
        groups = new if depthwise else 1
        outputs.append(
            net.conv(part(x), new, size, groups=groups, name=f"{name}{i}",
                     **options)
        )  # fmt: skip
        start += own
    x = keras.layers.Concatenate(name=f"{head}_concat")(outputs)
    return net.norm(x, name=f"{head}_norm")


def block(net, x, row, filters, strides, padding, name):
    """(N, H, W, C) -> (N, H/s, W/s, filters)."""
    act = "silu" if row.squeeze else None
    y, channels = x, x.shape[-1]
    hidden = channels * row.expansion
    if row.expansion > 1:
        y = mixed(net, y, hidden, (1,) * row.before, f"{name}_expand_conv")
        y = net.act(y, paper_act=act, name=f"{name}_expand_act")
    y = mixed(
        net, y, hidden, row.sizes, f"{name}_depthwise_conv", depthwise=True,
        strides=strides, padding=padding,
    )  # fmt: skip
    y = net.act(y, paper_act=act, name=f"{name}_depthwise_act")
    if row.squeeze:
        squeezed = round(channels * row.squeeze)
        y = net.squeeze_excite(y, squeezed, paper_act=act, name=f"{name}_se")
    y = mixed(net, y, filters, (1,) * row.behind, f"{name}_project_conv")
    return add_input(x, y, strides, 0.0, name)


def mixnet(
    table, width=1.0, more=0, padding=None, *, stem="imagenet",
    dropout_rate=0.2, **options,
):  # fmt: skip
    """Stem, six stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    own = {"momentum": 0.9, "epsilon": 1e-5}
    if padding == "same":
        own = {"momentum": 0.99, "epsilon": 1e-3}
    net = Network(
        stem=stem, paper_norm=lambda: layers.BatchNorm(**own), **options
    )
    x = net.conv_norm_act(
        net.image, round_channels(width * table[0][0].filters), 3,
        net.stem_strides, padding=padding, name="stem_conv",
    )  # fmt: skip
    for stage, rows in enumerate(table, 1):
        done = 0
        for row in rows:
            filters = round_channels(width * row.filters)
            for _ in range(row.blocks + more * (row.blocks == 3)):
                done += 1
                strides = 1 if net.small and stage == 2 else row.strides
                name = f"stage{stage}_block{done}"
                x = block(net, x, row, filters, strides, padding, name)
    x = net.conv_norm_act(x, 1536, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


def _register(params, macs, *departures):
    return register(
        mixnet, PAPER, params=params, macs=macs, departures=departures
    )


@_register(4_134_606, 239_173_360, SYMMETRIC)
def mixnet_s(**options):
    """MixNet-S."""
    return mixnet(S, **options)


@_register(5_014_382, 339_172_672, SYMMETRIC)
def mixnet_m(**options):
    """MixNet-M."""
    return mixnet(M, **options)


@_register(7_329_252, 555_251_792, SYMMETRIC)
def mixnet_l(**options):
    """MixNet-L: M, 1.3 times as wide."""
    return mixnet(M, 1.3, **options)


@_register(11_896_768, 904_010_880, SYMMETRIC, TIMM)
def mixnet_xl(**options):
    """MixNet-XL: M, 1.6 times as wide and deeper."""
    return mixnet(M, 1.6, 1, **options)


@_register(4_134_606, 239_173_360)
def tf_mixnet_s(**options):
    """MixNet-S, padded as in TensorFlow."""
    return mixnet(S, padding="same", **options)


@_register(5_014_382, 339_172_672)
def tf_mixnet_m(**options):
    """MixNet-M, padded as in TensorFlow."""
    return mixnet(M, padding="same", **options)


@_register(7_329_252, 555_251_792)
def tf_mixnet_l(**options):
    """MixNet-L, padded as in TensorFlow."""
    return mixnet(M, 1.3, padding="same", **options)

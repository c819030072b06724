"""ShuffleNet: Zhang et al. 2017, Table 1.

Stem (N, 224, 224, 3) -> (N, 56, 56, 24), three stages of residual blocks of
grouped 1x1 and depthwise 3x3 convolutions at 1/8, 1/16 and 1/32 of the size,
global average pooling, one linear layer. The more groups, the more channels
at the same cost.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "ShuffleNet: An Extremely Efficient Convolutional Neural Network for "
    "Mobile Devices",
    "https://arxiv.org/abs/1707.01083",
    2017,
)
DEPARTURES = ("A classifier with a bias; the authors' code has none",)

BLOCKS = (4, 8, 4)
# Table 1: filters of the first stage by number of groups; they double.
WIDTHS = {1: 144, 2: 200, 3: 240, 4: 272, 8: 384}


def unit(net, x, filters, groups, strides, name):
    """Figure 2 b and c: (N, H, W, C) -> (N, H/s, W/s, filters).

    With a stride the input, average pooled, is put beside the branch.
    """
    channels, hidden = x.shape[-1], filters // 4
    y = net.conv_norm_act(
        x, hidden, 1, name=f"{name}_conv1",
        groups=1 if channels == 24 else groups,  # too few in the first unit
    )  # fmt: skip
    if groups > 1:
        y = layers.ChannelShuffle(groups, name=f"{name}_shuffle")(y)
    y = net.conv_norm(
        y, hidden, 3, strides, groups=hidden, name=f"{name}_depthwise_conv"
    )
    if strides == 1:
        y = net.conv_norm(y, filters, 1, groups=groups, name=f"{name}_conv2")
        y = keras.layers.Add(name=f"{name}_add")([x, y])
    else:
        x = layers.AvgPool2D(
            3, 2, padding=1, count_include_pad=True, name=f"{name}_pool"
        )(x)
        y = net.conv_norm(
            y, filters - channels, 1, groups=groups, name=f"{name}_conv2"
        )
        y = keras.layers.Concatenate(name=f"{name}_concat")([x, y])
    return net.act(y, name=f"{name}_act")


def shufflenet(groups, /, *, stem="imagenet", **options):
    """Stem, three stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = net.conv_norm_act(net.image, 24, 3, net.stem_strides, name="stem_conv")
    if not net.small:
        x = layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)
    for stage, blocks in enumerate(BLOCKS, 1):
        filters = WIDTHS[groups] * 2 ** (stage - 1)
        for i in range(1, blocks + 1):
            strides = 2 if i == 1 else 1
            name = f"stage{stage}_block{i}"
            x = unit(net, x, filters, groups, strides, name)
    return net.model(x)


def _register(params, macs):
    return register(
        shufflenet, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(1_531_936, 143_078_976)
def shufflenet_v1_g1(**options):
    """ShuffleNet of Table 1 with one group."""
    return shufflenet(1, **options)


@_register(1_733_848, 140_836_512)
def shufflenet_v1_g2(**options):
    """ShuffleNet of Table 1 with 2 groups."""
    return shufflenet(2, **options)


@_register(1_865_728, 137_460_672)
def shufflenet_v1_g3(**options):
    """ShuffleNet of Table 1 with 3 groups."""
    return shufflenet(3, **options)


@_register(1_968_344, 134_339_776)
def shufflenet_v1_g4(**options):
    """ShuffleNet of Table 1 with 4 groups."""
    return shufflenet(4, **options)


@_register(2_434_768, 138_365_952)
def shufflenet_v1_g8(**options):
    """ShuffleNet of Table 1 with 8 groups."""
    return shufflenet(8, **options)

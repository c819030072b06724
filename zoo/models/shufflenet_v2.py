"""ShuffleNet V2: Ma et al. 2018, Table 5.

Stem (N, 224, 224, 3) -> (N, 56, 56, 24), three stages of blocks that convolve
one half of the channels, let the other pass, and shuffle both together, a 1x1
convolution to (N, 7, 7, 1024), global average pooling, one linear layer.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design",
    "https://arxiv.org/abs/1807.11164",
    2018,
)

BLOCKS = (4, 8, 4)
# Table 5: filters of the three stages, and of the last convolution.
WIDTHS = {
    0.5: (48, 96, 192, 1024),
    1.0: (116, 232, 464, 1024),
    1.5: (176, 352, 704, 1024),
    2.0: (244, 488, 976, 2048),
}


def unit(net, x, name):
    """One half passes, one is convolved: (N, H, W, C) -> (N, H, W, C)."""
    channels = x.shape[-1]
    passed = layers.ChannelSlice(0, channels // 2, name=f"{name}_passed")(x)
    y = layers.ChannelSlice(channels // 2, channels, name=f"{name}_taken")(x)
    return shuffled(passed, branch(net, y, channels // 2, 1, name), name)


def down_unit(net, x, filters, name):
    """Both halves come of all channels: -> (N, H/2, W/2, filters)."""
    channels = x.shape[-1]
    shortcut = net.conv_norm(
        x, channels, 3, 2, groups=channels, name=f"{name}_proj_depthwise_conv"
    )
    shortcut = net.conv_norm_act(
        shortcut, filters // 2, 1, name=f"{name}_proj_conv"
    )
    return shuffled(shortcut, branch(net, x, filters // 2, 2, name), name)


def branch(net, x, filters, strides, name):
    """1x1, depthwise 3x3, 1x1 convolutions."""
    x = net.conv_norm_act(x, filters, 1, name=f"{name}_conv1")
    x = net.conv_norm(
        x, filters, 3, strides, groups=filters, name=f"{name}_depthwise_conv"
    )
    return net.conv_norm_act(x, filters, 1, name=f"{name}_conv2")


def shuffled(left, right, name):
    x = keras.layers.Concatenate(name=f"{name}_concat")([left, right])
    return layers.ChannelShuffle(2, name=f"{name}_shuffle")(x)


def shufflenet(width, /, *, stem="imagenet", **options):
    """Stem, three stages, 1x1 convolution, global average pool, classifier."""
    net = Network(stem=stem, **options)
    *widths, last = WIDTHS[width]
    x = net.conv_norm_act(net.image, 24, 3, net.stem_strides, name="stem_conv")
    if not net.small:
        x = layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)
    for stage, (filters, blocks) in enumerate(
        zip(widths, BLOCKS, strict=True), 1
    ):
        x = down_unit(net, x, filters, f"stage{stage}_block1")
        for i in range(2, blocks + 1):
            x = unit(net, x, f"stage{stage}_block{i}")
    x = net.conv_norm_act(x, last, 1, name="head_conv")
    return net.model(x)


@register(shufflenet, PAPER, params=1_366_792, macs=40_476_448)
def shufflenet_v2_x0_5(**options):
    """ShuffleNet V2 with half of the channels."""
    return shufflenet(0.5, **options)


@register(shufflenet, PAPER, params=2_278_604, macs=144_907_992)
def shufflenet_v2_x1_0(**options):
    """ShuffleNet V2 of Table 5."""
    return shufflenet(1.0, **options)


@register(shufflenet, PAPER, params=3_503_624, macs=295_759_392)
def shufflenet_v2_x1_5(**options):
    """ShuffleNet V2 with 1.5 times the channels."""
    return shufflenet(1.5, **options)


@register(shufflenet, PAPER, params=7_393_996, macs=583_253_464)
def shufflenet_v2_x2_0(**options):
    """ShuffleNet V2 with twice the channels."""
    return shufflenet(2.0, **options)

"""PeleeNet: Wang et al. 2018, Table 1 and section 2.

A DenseNet for telephones: plain 3x3 and 1x1 convolutions, two branches in a
dense layer (3x3, and 3x3 twice), bottlenecks that widen with depth, and no
compression: (N, 224, 224, 3) -> stem 56x56x32 -> 56x56x128 -> 28x28x256 ->
14x14x512 -> 7x7x704.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "Pelee: A Real-Time Object Detection System on Mobile Devices",
    "https://arxiv.org/abs/1804.06882",
    2018,
)
GROWTH = 32
DEPTHS, BOTTLENECKS = (3, 4, 8, 6), (1, 2, 4, 4)  # of the stages


def start(net, width):
    """Forked: (N, H, W, C) -> (N, H/4, W/4, width)."""
    strides = net.stem_strides
    x = net.conv_norm_act(net.image, width, 3, strides, name="stem_conv1")
    y = net.conv_norm_act(x, width // 2, 1, name="stem_branch2_conv1")
    y = net.conv_norm_act(y, width, 3, strides, name="stem_branch2_conv2")
    if strides > 1:  # odd sizes round up, as the convolution's do
        x = layers.MaxPool2D(2, ceil_mode=True, name="stem_pool")(x)
    x = keras.layers.Concatenate(name="stem_concat")([x, y])
    return net.conv_norm_act(x, width, 1, name="stem_conv2")


def dense_layer(net, x, bottleneck, name):
    """Two branches: (N, H, W, C) -> (N, H, W, C + GROWTH)."""
    width = GROWTH // 2
    channels = x.shape[-1]
    inner = width * bottleneck // 4 * 4
    if inner > channels / 2:
        inner = channels // 8 * 4
    outputs = [x]
    for branch, depth in ((1, 1), (2, 2)):
        prefix = f"{name}_branch{branch}_conv"
        y = net.conv_norm_act(x, inner, 1, name=f"{prefix}1")
        for i in range(2, depth + 2):
            y = net.conv_norm_act(y, width, 3, name=f"{prefix}{i}")
        outputs.append(y)
    return keras.layers.Concatenate(name=f"{name}_concat")(outputs)


def pelee(*, stem="imagenet", dropout_rate=0.05, **options):
    """Stem, four dense stages, global average pool, linear classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, **options)
    x = start(net, GROWTH)
    for stage, (depth, bottleneck) in enumerate(
        zip(DEPTHS, BOTTLENECKS, strict=True), 1
    ):
        for i in range(1, depth + 1):
            x = dense_layer(net, x, bottleneck, f"stage{stage}_block{i}")
        name = f"transition{stage}"
        x = net.conv_norm_act(x, x.shape[-1], 1, name=f"{name}_conv")
        if stage < len(DEPTHS):
            x = keras.layers.AveragePooling2D(2, name=f"{name}_pool")(x)
    return net.model(x, dropout_rate=dropout_rate)


@register(pelee, PAPER, params=2_802_248, macs=507_757_568)
def peleenet(**options):
    """PeleeNet."""
    return pelee(**options)

"""CondenseNet: Huang et al. 2018, Table 1 and section 3.

A DenseNet whose 1x1 convolutions learn which channels each of their groups
reads (`layers.LearnedGroupConv2D`), whose 3x3 convolutions are grouped, and
whose growth doubles from stage to stage: (N, 224, 224, 3) -> 112x112x16 ->
112x112x48 -> 56x56x144 -> 28x28x400 -> 14x14x1040 -> 7x7x2064.

Train with `layers.condense` at the beginning of every epoch. What it drops
stays in the kernels, behind a mask, and counts among the parameters here.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "CondenseNet: An Efficient DenseNet using Learned Group Convolutions",
    "https://arxiv.org/abs/1711.09224",
    2018,
)
DENSE = (
    "Parameters and multiply-adds of the network before it is condensed; the "
    "paper counts those that are left",
    "All channels reach the classifier; the paper drops half of them after "
    "training",
)
IMAGENET = ((4, 6, 8, 10, 8), (8, 16, 32, 64, 128))  # layers, growth
CIFAR = ((14, 14, 14), (8, 16, 32))


def dense_layer(net, x, growth, groups, name):
    """1x1 and 3x3 convolutions: (N, H, W, C) -> (N, H, W, C + growth)."""
    make = partial(layers.LearnedGroupConv2D, learned_groups=groups)
    y = net.norm_act_conv(x, 4 * growth, 1, make=make, name=f"{name}_conv1")
    y = net.norm_act_conv(y, growth, 3, groups=groups, name=f"{name}_conv2")
    return keras.layers.Concatenate(name=f"{name}_concat")([x, y])


def dense_stages(net, x, table, groups):
    """Dense blocks with 2x2 means between them; norm and act."""
    for stage, (depth, growth) in enumerate(zip(*table, strict=True), 1):
        if stage > 1:
            x = keras.layers.AveragePooling2D(2, name=f"transition{stage - 1}")(
                x
            )
        for i in range(1, depth + 1):
            x = dense_layer(net, x, growth, groups, f"stage{stage}_block{i}")
    return net.act(net.norm(x, name="last_norm"), name="last_act")


def condensenet(groups, *, stem="imagenet", **options):
    """3x3 convolution, five dense blocks, global average pool, linear."""
    net = Network(stem=stem, min_size=(31, 16), **options)
    x = net.conv(net.image, 16, 3, net.stem_strides, name="stem_conv")
    return net.model(dense_stages(net, x, IMAGENET, groups))


def condensenet_cifar(groups, **options):
    """3x3 convolution, three dense blocks, global average pool, linear."""
    net = Network(min_size=4, **options)
    x = net.conv(net.image, 16, 3, name="stem_conv")
    return net.model(dense_stages(net, x, CIFAR, groups))


@register(
    condensenet, PAPER, params=11_922_680, macs=1_267_904_128, departures=DENSE
)
def condensenet74_c4(**options):
    """CondenseNet-74, G = C = 4."""
    return condensenet(4, **options)


@register(
    condensenet, PAPER, params=11_103_608, macs=1_137_847_936, departures=DENSE
)
def condensenet74_c8(**options):
    """CondenseNet-74, G = C = 8."""
    return condensenet(8, **options)


@register(
    condensenet_cifar, PAPER, params=1_451_594, macs=173_858_624,
    input_shape=(32, 32, 3), num_classes=10, departures=DENSE,
)  # fmt: skip
def condensenet86(**options):
    """CondenseNet-86 for CIFAR, G = C = 4."""
    return condensenet_cifar(4, **options)

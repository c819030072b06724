"""SqueezeNext: Gholami et al. 2018, section 3, after the authors' Caffe files.

A block squeezes twice by 1x1 convolutions, splits the 3x3 into 3x1 and 1x3, in
one order and the other by turns, and widens again: (N, 227, 227, 3) ->
111x111x64 -> 55x55x32 -> 28x28x64 -> 14x14x128 -> 7x7x256 -> 7x7x128. Version
5 moves blocks from the first stages to the third.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._network import output_dtype
from zoo.models.resnet import add

PAPER = Paper(
    "SqueezeNext: Hardware-Aware Neural Network Design",
    "https://arxiv.org/abs/1803.10615",
    2018,
)
WIDTHS = (32, 64, 128, 256)
DEPTHS, DEPTHS_V5 = (6, 6, 8, 1), (2, 4, 14, 1)


def block(net, x, width, strides, number, name, *, first, projected_first):
    """Five convolutions: (N, H, W, C) -> (N, H/s, W/s, width).

    Args:
        number: The block's number in the network, from 0: even ones begin with
            3x1.
        first: Whether it is the first of its stage, whose shortcut projects.
        projected_first: Whether such a block reads its shortcut, not its
            input.
    """
    shortcut, first_strides = x, strides
    if first:
        shortcut = net.conv_norm_act(
            x, width, 1, strides, name=f"{name}_proj_conv"
        )
        if projected_first:
            x, first_strides = shortcut, 1
    sizes = ((3, 1), (1, 3)) if number % 2 == 0 else ((1, 3), (3, 1))
    half, quarter = width // 2, width // 4
    y = net.conv_norm_act(x, half, 1, first_strides, name=f"{name}_conv1")
    y = net.conv_norm_act(y, quarter, 1, name=f"{name}_conv2")
    for i, size in enumerate(sizes, 3):
        y = net.conv_norm_act(y, half, size, name=f"{name}_conv{i}")
    y = net.conv_norm_act(y, width, 1, name=f"{name}_conv5")
    return add(net, shortcut, y, name)


def squeezenext(widen, depths, v5=False, *, stem="imagenet", **options):
    """One convolution, four stages, 1x1 convolution, pool, linear layer.

    The linear layer has no biases.
    """
    size = 5 if v5 else 7
    net = Network(stem=stem, min_size=(size + 4, 4), **options)
    if net.small:
        x = net.conv_norm_act(net.image, 64, 3, name="stem_conv")
    else:
        x = net.conv_norm_act(
            net.image, 64, size, 2, padding=0, name="stem_conv"
        )
        x = layers.MaxPool2D(3, 2, ceil_mode=True, name="stem_pool")(x)
    number = 0
    for stage, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True), 1):
        for i in range(1, depth + 1):
            strides = 2 if stage > 1 and i == 1 else 1
            name = f"stage{stage}_block{i}"
            x = block(
                net, x, width * widen, strides, number, name, first=i == 1,
                projected_first=v5,
            )  # fmt: skip
            number += 1
    x = net.conv_norm_act(x, 128, 1, name="last_conv")

    def head(x):
        return keras.layers.Dense(
            net.num_classes, use_bias=False, name="logits", dtype=output_dtype()
        )(net.global_pool(x))

    return net.model(x, head)


def _register(params, macs):
    return register(
        squeezenext, PAPER, params=params, macs=macs,
        input_shape=(227, 227, 3),
    )  # fmt: skip


@_register(717_280, 277_999_808)
def squeezenext23(**options):
    """1.0-SqNxt-23."""
    return squeezenext(1, DEPTHS, **options)


@_register(2_361_728, 742_070_464)
def squeezenext23_x2(**options):
    """2.0-SqNxt-23."""
    return squeezenext(2, DEPTHS, **options)


@_register(930_016, 224_916_480)
def squeezenext23v5(**options):
    """1.0-SqNxt-23v5."""
    return squeezenext(1, DEPTHS_V5, v5=True, **options)


@_register(3_222_912, 702_592_000)
def squeezenext23v5_x2(**options):
    """2.0-SqNxt-23v5."""
    return squeezenext(2, DEPTHS_V5, v5=True, **options)

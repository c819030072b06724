"""MobileNetV4: Qin et al. 2024, Tables 11 to 13 (the convolutional members).

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), three stages of universal inverted
bottlenecks to (N, 7, 7, 960), global average pooling, a 1x1 convolution, one
linear layer. The hybrid members have attention and stay out.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import (
    add_input,
    fused_inverted_residual,
    round_channels,
)

PAPER = Paper(
    "MobileNetV4: Universal Models for the Mobile Ecosystem",
    "https://arxiv.org/abs/2404.10518",
    2024,
)
DEPARTURE = (
    "Convolutions of stride 2 pad both sides alike, and batch normalization "
    "has epsilon 1e-5 and momentum 0.9, as timm has it; the authors' code pads "
    "as TensorFlow does, with epsilon 1e-6 (small) or 1e-3"
)
ANTIALIASED = (
    "Average pooling of 2x2 behind a depthwise convolution, in place of its "
    "stride of 2, as timm has it; it is not in the paper"
)


class Conv(NamedTuple):
    """A convolution: kernel size, stride, filters."""

    size: int
    strides: int
    filters: int


class Fused(NamedTuple):
    """A 3x3 convolution that expands, and a 1x1: stride, expansion, filters."""

    strides: int
    expansion: int
    filters: int


class UIB(NamedTuple):
    """A universal inverted bottleneck.

    Kernel sizes of the depthwise convolutions before the expansion and behind
    it, 0 for none; stride, expansion, filters.
    """

    start: int
    middle: int
    strides: int
    expansion: int
    filters: int


SMALL = (
    (Conv(3, 2, 32), Conv(1, 1, 32)),
    (Conv(3, 2, 96), Conv(1, 1, 64)),
    (UIB(5, 5, 2, 3, 96), *4 * (UIB(0, 3, 1, 2, 96),), UIB(3, 0, 1, 4, 96)),
    (
        UIB(3, 3, 2, 6, 128),
        UIB(5, 5, 1, 4, 128),
        UIB(0, 5, 1, 4, 128),
        UIB(0, 5, 1, 3, 128),
        *2 * (UIB(0, 3, 1, 4, 128),),
    ),
    (Conv(1, 1, 960),),
)
MEDIUM = (
    (Fused(2, 4, 48),),
    (UIB(3, 5, 2, 4, 80), UIB(3, 3, 1, 2, 80)),
    (
        UIB(3, 5, 2, 6, 160),
        *2 * (UIB(3, 3, 1, 4, 160),),
        UIB(3, 5, 1, 4, 160),
        UIB(3, 3, 1, 4, 160),
        UIB(3, 0, 1, 4, 160),
        UIB(0, 0, 1, 2, 160),
        UIB(3, 0, 1, 4, 160),
    ),
    (
        UIB(5, 5, 2, 6, 256),
        UIB(5, 5, 1, 4, 256),
        *2 * (UIB(3, 5, 1, 4, 256),),
        UIB(0, 0, 1, 4, 256),
        UIB(3, 0, 1, 4, 256),
        UIB(3, 5, 1, 2, 256),
        UIB(5, 5, 1, 4, 256),
        *2 * (UIB(0, 0, 1, 4, 256),),
        UIB(5, 0, 1, 2, 256),
    ),
    (Conv(1, 1, 960),),
)
LARGE = (
    (Fused(2, 4, 48),),
    (UIB(3, 5, 2, 4, 96), UIB(3, 3, 1, 4, 96)),
    (
        UIB(3, 5, 2, 4, 192),
        *3 * (UIB(3, 3, 1, 4, 192),),
        UIB(3, 5, 1, 4, 192),
        *5 * (UIB(5, 3, 1, 4, 192),),
        UIB(3, 0, 1, 4, 192),
    ),
    (
        UIB(5, 5, 2, 4, 512),
        *3 * (UIB(5, 5, 1, 4, 512),),
        UIB(5, 0, 1, 4, 512),
        UIB(5, 3, 1, 4, 512),
        *2 * (UIB(5, 0, 1, 4, 512),),
        UIB(5, 3, 1, 4, 512),
        UIB(5, 5, 1, 4, 512),
        *3 * (UIB(5, 0, 1, 4, 512),),
    ),
    (Conv(1, 1, 960),),
)


def bottleneck(net, x, row, filters, strides, name, drop_rate, pool):
    """(N, H, W, C) -> (N, H/s, W/s, filters)."""
    y, channels = x, x.shape[-1]
    if row.start:
        y = net.conv_norm(
            y, channels, row.start, groups=channels, name=f"{name}_start_conv"
        )
    hidden = round_channels(channels * row.expansion)
    y = net.conv_norm_act(y, hidden, 1, name=f"{name}_expand_conv")
    if row.middle:
        y = net.conv_norm_act(
            y, hidden, row.middle, 1 if pool else strides, groups=hidden,
            name=f"{name}_depthwise_conv",
        )  # fmt: skip
    if pool and strides > 1:
        y = pool(strides, name=f"{name}_pool")(y)
    y = net.conv_norm(y, filters, 1, name=f"{name}_project_conv")
    return add_input(x, y, strides, drop_rate, name)


def mobilenet(
    table, stem_filters, paper_dropout, paper_drop_path, width=1.0,
    pool=None, *, stem="imagenet", dropout_rate=None, drop_path_rate=None,
    **options,
):  # fmt: skip
    """Stem, five stages, global average pool, 1x1 convolution, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
            None: the authors'.
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block. None: the authors'.
    """
    net = Network(stem=stem, **options)
    if dropout_rate is None:
        dropout_rate = paper_dropout
    if drop_path_rate is None:
        drop_path_rate = paper_drop_path
    if width >= 1:  # the narrower keep its filters, as timm has it
        stem_filters = round_channels(width * stem_filters)
    x = net.conv_norm_act(
        net.image, stem_filters, 3, net.stem_strides, name="stem_conv"
    )
    done, total = 0, sum(map(len, table))
    keep_size = net.small  # the first stride of 2 after the stem's
    for stage, rows in enumerate(table, 1):
        for i, row in enumerate(rows, 1):
            name = f"stage{stage}_block{i}"
            filters = round_channels(width * row.filters)
            drop_rate = drop_path_rate * done / total
            strides = 1 if keep_size else row.strides
            keep_size = keep_size and row.strides == 1
            done += 1
            if isinstance(row, Conv):
                x = net.conv_norm_act(
                    x, filters, row.size, strides, name=f"{name}_conv"
                )
            elif isinstance(row, Fused):
                hidden = round_channels(x.shape[-1] * row.expansion)
                x = fused_inverted_residual(
                    net, x, filters, hidden, strides, name, drop_rate, pool
                )
            else:
                x = bottleneck(
                    net, x, row, filters, strides, name, drop_rate, pool
                )

    def head(x):
        x = keras.layers.GlobalAveragePooling2D(keepdims=True, name="pool")(x)
        x = net.conv_norm_act(x, 1280, 1, name="head_conv")
        x = keras.layers.Flatten(name="flatten")(x)
        x = keras.layers.Dropout(dropout_rate, name="dropout")(x)
        return net.logits(x)

    return net.model(x, head)


def _register(size, params, macs, *departures):
    return register(
        mobilenet, PAPER, params=params, macs=macs,
        input_shape=(size, size, 3), departures=(DEPARTURE, *departures),
    )  # fmt: skip


@_register(224, 3_774_024, 186_005_568)
def mobilenet_v4_conv_small(**options):
    """MobileNetV4-Conv-S of Table 11."""
    return mobilenet(SMALL, 32, 0.3, 0.0, **options)


@_register(224, 1_905_384, 47_723_040)
def mobilenet_v4_conv_small_035(**options):
    """MobileNetV4-Conv-S with 0.35 of the channels, timm's."""
    return mobilenet(SMALL, 32, 0.3, 0.0, 0.35, **options)


@_register(224, 2_238_952, 64_741_408)
def mobilenet_v4_conv_small_050(**options):
    """MobileNetV4-Conv-S with half of the channels, timm's."""
    return mobilenet(SMALL, 32, 0.3, 0.0, 0.5, **options)


@_register(256, 9_715_512, 1_080_244_224)
def mobilenet_v4_conv_medium(**options):
    """MobileNetV4-Conv-M of Table 12."""
    return mobilenet(MEDIUM, 32, 0.2, 0.075, **options)


@_register(384, 32_590_864, 6_376_220_672)
def mobilenet_v4_conv_large(**options):
    """MobileNetV4-Conv-L of Table 13."""
    return mobilenet(LARGE, 24, 0.2, 0.2, **options)


@_register(256, 9_715_512, 1_561_798_656, ANTIALIASED)
def mobilenet_v4_conv_aa_medium(**options):
    """MobileNetV4-Conv-M that averages where it strides, timm's."""
    return mobilenet(MEDIUM, 32, 0.2, 0.075, 1.0, layers.AvgPool2D, **options)


@_register(384, 32_590_864, 7_007_590_400, ANTIALIASED)
def mobilenet_v4_conv_aa_large(**options):
    """MobileNetV4-Conv-L that averages where it strides, timm's."""
    return mobilenet(LARGE, 24, 0.2, 0.2, 1.0, layers.AvgPool2D, **options)

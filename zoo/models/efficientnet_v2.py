"""EfficientNetV2: Tan & Le 2021, Table 4.

Stem (N, 384, 384, 3) -> (N, 192, 192, 24), three stages of fused inverted
residuals, three or four of inverted residuals with squeeze-and-excitation, a
1x1 convolution to 1280 channels, global average pooling, one linear layer.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import (
    fused_inverted_residual,
    inverted_residual,
)

PAPER = Paper(
    "EfficientNetV2: Smaller Models and Faster Training",
    "https://arxiv.org/abs/2104.00298",
    2021,
)
DEPARTURES = (
    "Convolutions of stride 2 pad both sides alike, as torchvision has it; "
    "the authors' pad as TensorFlow does, right and bottom first",
)

# Blocks, stride of the first, expansion, filters; the first three stages are
# fused. S is Table 4, M and L are the authors' code.
S = (
    (2, 1, 1, 24),
    (4, 2, 4, 48),
    (4, 2, 4, 64),
    (6, 2, 4, 128),
    (9, 1, 6, 160),
    (15, 2, 6, 256),
)
M = (
    (3, 1, 1, 24),
    (5, 2, 4, 48),
    (5, 2, 4, 80),
    (7, 2, 4, 160),
    (14, 1, 6, 176),
    (18, 2, 6, 304),
    (5, 1, 6, 512),
)
L = (
    (4, 1, 1, 32),
    (7, 2, 4, 64),
    (7, 2, 4, 96),
    (10, 2, 4, 192),
    (19, 1, 6, 224),
    (25, 2, 6, 384),
    (7, 1, 6, 640),
)


def fused_block(net, x, filters, expansion, strides, name, drop_rate, padding):
    """Fused inverted residual, which expands its input's channels."""
    hidden = x.shape[-1] * expansion
    return fused_inverted_residual(
        net, x, filters, hidden, strides, name, drop_rate, padding=padding
    )


def mbconv_block(net, x, filters, expansion, strides, name, drop_rate, padding):
    """Inverted residual, its gate a quarter as wide as the block's input."""
    channels = x.shape[-1]
    return inverted_residual(
        net, x, filters, channels * expansion, 3, strides, name,
        squeeze=channels // 4, drop_rate=drop_rate, padding=padding,
    )  # fmt: skip


def efficientnet(
    table, paper_dropout, stem_filters=None, head_filters=1280, padding=None,
    /, *, stem="imagenet", dropout_rate=None,
    drop_path_rate=0.2, **options,
):  # fmt: skip
    """Stem, stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier. None: the
            paper's.
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block.
    """
    net = Network(
        stem=stem,
        paper_activation="silu",
        paper_norm=lambda: layers.BatchNorm(momentum=0.9, epsilon=1e-3),
        kernel_initializer=keras.initializers.VarianceScaling(2.0, "fan_out"),
        **options,
    )
    x = net.conv_norm_act(
        net.image, stem_filters or table[0][-1], 3, net.stem_strides,
        padding=padding, name="stem_conv",
    )  # fmt: skip
    done, total = 0, sum(blocks for blocks, *_ in table)
    for stage, (blocks, first, expansion, filters) in enumerate(table, 1):
        block = fused_block if stage <= 3 else mbconv_block
        if net.small and stage == 2:
            first = 1
        for i in range(1, blocks + 1):
            strides = first if i == 1 else 1
            name = f"stage{stage}_block{i}"
            drop_rate = drop_path_rate * done / total
            x = block(
                net, x, filters, expansion, strides, name, drop_rate, padding
            )
            done += 1
    x = net.conv_norm_act(x, head_filters, 1, name="head_conv")
    if dropout_rate is None:
        dropout_rate = paper_dropout
    return net.model(x, dropout_rate=dropout_rate)


def _register(size, params, macs):
    return register(
        efficientnet, PAPER, params=params, macs=macs,
        input_shape=(size, size, 3), departures=DEPARTURES,
    )  # fmt: skip


@_register(384, 21_458_488, 8_365_617_152)
def efficientnet_v2_s(**options):
    """EfficientNetV2-S of Table 4."""
    return efficientnet(S, 0.2, **options)


@_register(480, 54_139_356, 24_582_460_384)
def efficientnet_v2_m(**options):
    """EfficientNetV2-M."""
    return efficientnet(M, 0.3, **options)


@_register(480, 118_515_272, 56_079_699_008)
def efficientnet_v2_l(**options):
    """EfficientNetV2-L."""
    return efficientnet(L, 0.4, **options)

"""MnasNet: Tan et al. 2018: A1 of Figure 7, and B1 of the authors' code.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), seven stages of inverted residuals,
some of A1's with squeeze-and-excitation, a 1x1 convolution to (N, 7, 7, 1280),
global average pooling, one linear layer. All channels but that convolution's
scale with the width.
"""

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import (
    inverted_residual_stages,
    round_channels,
)

PAPER = Paper(
    "MnasNet: Platform-Aware Neural Architecture Search for Mobile",
    "https://arxiv.org/abs/1807.11626",
    2018,
)
DEPARTURES = (
    "Symmetric padding, as torchvision and timm have it; the authors' pad as "
    "TensorFlow does",
    "Running averages with momentum 0.99; the authors' 0.9997 is for runs of "
    "a million steps",
)

# Kernel size, expansion, filters, blocks, stride of the first.
A1 = (
    (3, 1, 16, 1, 1),
    (3, 6, 24, 2, 2),
    (5, 3, 40, 3, 2),
    (3, 6, 80, 4, 2),
    (3, 6, 112, 2, 1),
    (5, 6, 160, 3, 2),
    (3, 6, 320, 1, 1),
)
A1_SQUEEZING = (3, 5, 6)
B1 = (
    (3, 1, 16, 1, 1),
    (3, 3, 24, 3, 2),
    (5, 3, 40, 3, 2),
    (5, 6, 80, 3, 2),
    (3, 6, 96, 2, 1),
    (5, 6, 192, 4, 2),
    (3, 6, 320, 1, 1),
)


def mnasnet(
    width, table=B1, squeezing=(), /, *, stem="imagenet", dropout_rate=0.2,
    **options,
):  # fmt: skip
    """Stem, seven stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(
        stem=stem,
        paper_norm=lambda: layers.BatchNorm(momentum=0.99, epsilon=1e-5),
        **options,
    )
    filters = round_channels(32 * width)
    x = net.conv_norm_act(
        net.image, filters, 3, net.stem_strides, name="stem_conv"
    )
    x = inverted_residual_stages(net, x, table, width, squeezing)
    x = net.conv_norm_act(x, 1280, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


def _register(params, macs):
    return register(
        mnasnet, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(3_887_038, 311_579_072)
def mnasnet_a1(**options):
    """MnasNet-A1, with squeeze-and-excitation: Figure 7."""
    return mnasnet(1.0, A1, A1_SQUEEZING, **options)


@_register(2_218_512, 104_455_968)
def mnasnet0_5(**options):
    """MnasNet-B1 with half of the channels."""
    return mnasnet(0.5, **options)


@_register(3_170_208, 215_493_104)
def mnasnet0_75(**options):
    """MnasNet-B1 with 0.75 of the channels."""
    return mnasnet(0.75, **options)


@_register(4_383_312, 314_415_872)
def mnasnet1_0(**options):
    """MnasNet-B1."""
    return mnasnet(1.0, **options)


@_register(6_282_256, 526_362_432)
def mnasnet1_3(**options):
    """MnasNet-B1 with 1.3 times the channels."""
    return mnasnet(1.3, **options)

"""MobileNetV2: Sandler et al. 2018, Table 2.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), seven stages of inverted residuals
with linear bottlenecks, a 1x1 convolution to (N, 7, 7, 1280), global average
pooling, one linear layer. Widths above 1 widen that convolution too.
"""

from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import (
    inverted_residual_stages,
    round_channels,
)

PAPER = Paper(
    "MobileNetV2: Inverted Residuals and Linear Bottlenecks",
    "https://arxiv.org/abs/1801.04381",
    2018,
)
DEPARTURES = (
    "Convolutions of stride 2 pad both sides alike, and batch normalization "
    "has epsilon 1e-5 and momentum 0.9, as torchvision has it; the authors' "
    "pad as TensorFlow does, with epsilon 1e-3 and momentum 0.997",
)

# Table 2: kernel size, expansion, filters, blocks, stride of the first.
TABLE = (
    (3, 1, 16, 1, 1),
    (3, 6, 24, 2, 2),
    (3, 6, 32, 3, 2),
    (3, 6, 64, 4, 2),
    (3, 6, 96, 3, 1),
    (3, 6, 160, 3, 2),
    (3, 6, 320, 1, 1),
)


def mobilenet(
    width, /, padding=None, *, stem="imagenet", dropout_rate=0.2, **options
):
    """Stem, seven stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    options = {"paper_activation": "relu6", **options}
    net = Network(stem=stem, **options)
    filters = round_channels(32 * width)
    x = net.conv_norm_act(
        net.image, filters, 3, net.stem_strides, padding=padding,
        name="stem_conv",
    )  # fmt: skip
    x = inverted_residual_stages(net, x, TABLE, width, padding=padding)
    filters = round_channels(1280 * max(1.0, width))
    x = net.conv_norm_act(x, filters, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


def _register(params, macs):
    return register(
        mobilenet, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(3_504_872, 300_774_272)
def mobilenet_v2(**options):
    """MobileNetV2 of Table 2."""
    return mobilenet(1.0, **options)


@_register(1_677_128, 59_285_808)
def mobilenet_v2_x0_35(**options):
    """MobileNetV2 with 0.35 of the channels."""
    return mobilenet(0.35, **options)


@_register(1_968_680, 97_131_840)
def mobilenet_v2_x0_5(**options):
    """MobileNetV2 with half of the channels."""
    return mobilenet(0.5, **options)


@_register(2_636_424, 209_069_792)
def mobilenet_v2_x0_75(**options):
    """MobileNetV2 with 0.75 of the channels."""
    return mobilenet(0.75, **options)


@_register(6_108_776, 582_195_824)
def mobilenet_v2_x1_4(**options):
    """MobileNetV2 with 1.4 times the channels."""
    return mobilenet(1.4, **options)

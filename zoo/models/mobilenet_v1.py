"""MobileNet: Howard et al. 2017, Table 1.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), thirteen depthwise separable
convolutions down to (N, 7, 7, 1024), global average pooling, one linear layer.
All channels shrink with the width.
"""

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision "
    "Applications",
    "https://arxiv.org/abs/1704.04861",
    2017,
)
DEPARTURES = (
    "relu6 for relu, as the authors' TF-Slim model has it",
    "Stride 1 in the last depthwise convolution, where Table 1 says 2 and "
    "keeps the size",
    "Running averages with momentum 0.99; the authors' 0.9997 is for runs of "
    "a million steps",
)
TIMM = (
    *DEPARTURES[:2],
    "Strided convolutions pad symmetrically, and epsilon is 1e-5, as timm has "
    "it: for its weights",
)

# Table 1: stride of the stage's first block, filters of each.
TABLE = (
    (1, (64,)),
    (2, (128, 128)),
    (2, (256, 256)),
    (2, (512,) * 6),
    (2, (1024, 1024)),
)


def tf_slim_norm():
    """TF-Slim's batch normalization."""
    return layers.BatchNorm(momentum=0.99, epsilon=1e-3)


def separable_block(net, x, filters, strides, name, padding):
    """Depthwise 3x3 and 1x1: (N, H, W, C) -> (N, H/s, W/s, filters)."""
    x = net.conv_norm_act(
        x, x.shape[-1], 3, strides, groups=x.shape[-1], padding=padding,
        name=f"{name}_depthwise_conv",
    )  # fmt: skip
    return net.conv_norm_act(x, filters, 1, name=f"{name}_pointwise_conv")


def mobilenet(
    width, published=True, head=False, /, *, stem="imagenet",
    dropout_rate=1e-3, **options,
):  # fmt: skip
    """Stem, thirteen blocks, global average pool, linear classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(
        stem=stem,
        paper_activation="relu6",
        paper_norm=tf_slim_norm if published else "batch_norm",
        **options,
    )
    padding = "same" if published else None
    x = net.conv_norm_act(
        net.image, int(32 * width), 3, net.stem_strides, padding=padding,
        name="stem_conv",
    )  # fmt: skip
    for stage, (first, widths) in enumerate(TABLE, 1):
        if net.small and stage == 2:
            first = 1
        for i, filters in enumerate(widths, 1):
            strides = first if i == 1 else 1
            name = f"stage{stage}_block{i}"
            x = separable_block(
                net, x, int(filters * width), strides, name, padding
            )
    if head:
        x = net.conv_norm_act(x, 1024, 1, name="head_conv")
    return net.model(x, dropout_rate=dropout_rate)


def _register(params, macs):
    return register(
        mobilenet, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(4_231_976, 568_740_352)
def mobilenet_v1(**options):
    """MobileNet of Table 1."""
    return mobilenet(1.0, **options)


@_register(2_585_560, 325_400_448)
def mobilenet_v1_x0_75(**options):
    """MobileNet with 0.75 of the channels."""
    return mobilenet(0.75, **options)


@_register(1_331_592, 149_497_088)
def mobilenet_v1_x0_5(**options):
    """MobileNet with half of the channels."""
    return mobilenet(0.5, **options)


@_register(470_072, 41_030_272)
def mobilenet_v1_x0_25(**options):
    """MobileNet with a quarter of the channels."""
    return mobilenet(0.25, **options)


@register(mobilenet, PAPER, params=4_231_976, macs=568_740_352, departures=TIMM)
def mobilenet_v1_100(**options):
    """MobileNet, width 1, of timm."""
    return mobilenet(1.0, False, **options)


@register(mobilenet, PAPER, params=5_282_600, macs=620_120_576, departures=TIMM)
def mobilenet_v1_100h(**options):
    """MobileNet, width 1, of timm: a convolution before the classifier."""
    return mobilenet(1.0, False, True, **options)


@register(mobilenet, PAPER, params=6_270_840, macs=879_516_800, departures=TIMM)
def mobilenet_v1_125(**options):
    """MobileNet, width 1.25, of timm."""
    return mobilenet(1.25, False, **options)

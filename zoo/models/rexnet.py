"""ReXNet: Han et al. 2020, Table 1.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), six stages of inverted residuals
whose widths rise by the same amount from block to block, so that each shortcut
reaches the first channels only, a 1x1 convolution to (N, 7, 7, 1280), global
average pooling, one linear layer.
"""

import itertools

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import round_channels

PAPER = Paper(
    "Rethinking Channel Dimensions for Efficient Model Design",
    "https://arxiv.org/abs/2007.00992",
    2020,
)
ROUNDED = "Widths are multiples of 8 or 16, as timm's ReXNet-R has them"

DEPTHS = (1, 2, 2, 3, 3, 5)
STRIDES = (1, 2, 2, 2, 1, 2)
FIRST, RISE = 16, 180  # filters of the first block; of the last, that much more


def squeeze_excite(net, x, filters, name):
    """Squeeze-and-excitation with a normalizer in it."""
    y = keras.layers.GlobalAveragePooling2D(keepdims=True, name=f"{name}_pool")(
        x
    )
    y = net.conv_norm_act(
        y, filters, 1, use_bias=True, paper_act="relu",
        name=f"{name}_gate_conv1",
    )  # fmt: skip
    y = net.conv(y, x.shape[-1], 1, use_bias=True, name=f"{name}_gate_conv2")
    y = keras.layers.Activation("sigmoid", name=f"{name}_gate")(y)
    return keras.layers.Multiply(name=f"{name}_scale")([x, y])


def block(net, x, filters, strides, expansion, squeezes, divisor, name):
    """(N, H, W, C) -> (N, H/s, W/s, filters)."""
    y, channels = x, x.shape[-1]
    if expansion > 1:
        hidden = round_channels(channels * expansion, divisor)
        y = net.conv_norm_act(y, hidden, 1, name=f"{name}_expand_conv")
    hidden = y.shape[-1]
    y = net.conv_norm(
        y, hidden, 3, strides, groups=hidden, name=f"{name}_depthwise_conv"
    )
    if squeezes:
        squeezed = round_channels(hidden // 12, divisor)
        y = squeeze_excite(net, y, squeezed, f"{name}_se")
    y = net.act(y, paper_act="relu6", name=f"{name}_depthwise_act")
    y = net.conv_norm(y, filters, 1, name=f"{name}_project_conv")
    if strides > 1 or channels > filters:
        return y
    if channels < filters:
        x = layers.ZeroPadShortcut(filters, name=f"{name}_pad")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def rexnet(
    width, divisor=1, /, *, stem="imagenet", dropout_rate=0.2, **options
):
    """Stem, six stages, 1x1 convolution, global average pool, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, paper_activation="silu", **options)

    def widened(channels):
        return round_channels(round(channels * width), divisor)

    x = net.conv_norm_act(
        net.image, widened(32), 3, net.stem_strides, name="stem_conv"
    )
    number = itertools.count()
    for stage, (depth, first) in enumerate(
        zip(DEPTHS, STRIDES, strict=True), 1
    ):
        for i in range(1, depth + 1):
            strides = first if i == 1 and not (net.small and stage == 2) else 1
            filters = widened(FIRST + RISE * next(number) / sum(DEPTHS))
            x = block(
                net,
                x,
                filters,
                strides,
                6 if stage > 1 else 1,
                stage > 2,
                divisor,
                f"stage{stage}_block{i}",
            )
    x = net.conv_norm_act(
        x, round_channels(1280 * width, divisor), 1, name="head_conv"
    )
    return net.model(x, dropout_rate=dropout_rate)


def _register(params, macs, *departures):
    return register(
        rexnet, PAPER, params=params, macs=macs, departures=departures
    )


@_register(4_796_873, 398_370_392)
def rexnet_100(**options):
    """ReXNet of Table 1."""
    return rexnet(1.0, **options)


@_register(7_557_091, 662_229_098)
def rexnet_130(**options):
    """ReXNet, 1.3 times as wide."""
    return rexnet(1.3, **options)


@_register(9_728_593, 875_828_154)
def rexnet_150(**options):
    """ReXNet, 1.5 times as wide."""
    return rexnet(1.5, **options)


@_register(16_366_620, 1_528_850_782)
def rexnet_200(**options):
    """ReXNet, 2.0 times as wide."""
    return rexnet(2.0, **options)


@_register(34_708_792, 3_395_980_620)
def rexnet_300(**options):
    """ReXNet, 3.0 times as wide."""
    return rexnet(3.0, **options)


@_register(4_883_304, 418_899_408, ROUNDED)
def rexnetr_100(**options):
    """ReXNet-R, 1.0 times as wide."""
    return rexnet(1.0, 8, **options)


@_register(7_608_080, 661_005_776, ROUNDED)
def rexnetr_130(**options):
    """ReXNet-R, 1.3 times as wide."""
    return rexnet(1.3, 8, **options)


@_register(9_782_256, 872_390_256, ROUNDED)
def rexnetr_150(**options):
    """ReXNet-R, 1.5 times as wide."""
    return rexnet(1.5, 8, **options)


@_register(16_522_432, 1_559_353_712, ROUNDED)
def rexnetr_200(**options):
    """ReXNet-R, 2.0 times as wide."""
    return rexnet(2.0, 8, **options)


@_register(34_810_008, 3_343_674_720, ROUNDED)
def rexnetr_300(**options):
    """ReXNet-R, 3.0 times as wide."""
    return rexnet(3.0, 16, **options)

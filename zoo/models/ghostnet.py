"""GhostNet: Han et al. 2020, Table 7; GhostNetV2: Tang et al. 2022.

Stem (N, 224, 224, 3) -> (N, 112, 112, 16), bottlenecks of two ghost modules,
which make half of their maps by cheap depthwise convolutions of the other half,
a 1x1 convolution to (N, 7, 7, 960), global average pooling, two linear layers.
V2 scales the first module's maps by a gate that sees rows and columns.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import round_channels

PAPER = Paper(
    "GhostNet: More Features from Cheap Operations",
    "https://arxiv.org/abs/1911.11907",
    2020,
)
PAPER_V2 = Paper(
    "GhostNetV2: Enhance Cheap Operation with Long-Range Attention",
    "https://arxiv.org/abs/2211.12905",
    2022,
)
# Table 7, a stage a line, of its blocks: kernel size, width of the first ghost
# module, filters, whether it squeezes, stride.
TABLE = (
    ((3, 16, 16, False, 1),),
    ((3, 48, 24, False, 2),),
    ((3, 72, 24, False, 1),),
    ((5, 72, 40, True, 2),),
    ((5, 120, 40, True, 1),),
    ((3, 240, 80, False, 2),),
    (
        (3, 200, 80, False, 1),
        (3, 184, 80, False, 1),
        (3, 184, 80, False, 1),
        (3, 480, 112, True, 1),
        (3, 672, 112, True, 1),
    ),
    ((5, 672, 160, True, 2),),
    (
        (5, 960, 160, False, 1),
        (5, 960, 160, True, 1),
        (5, 960, 160, False, 1),
        (5, 960, 160, True, 1),
    ),
)


def ghost(net, x, filters, name, *, activated):
    """A 1x1 convolution and a depthwise one of it: -> (N, H, W, filters)."""
    conv = net.conv_norm_act if activated else net.conv_norm
    half = filters // 2
    x = conv(x, half, 1, name=f"{name}_primary_conv")
    cheap = conv(x, half, 3, groups=half, name=f"{name}_cheap_conv")
    return keras.layers.Concatenate(name=f"{name}_concat")([x, cheap])


def attention(net, x, filters, name):
    """The gate of V2, at half of the size: -> (N, H/2, W/2, filters)."""
    x = layers.AvgPool2D(2, name=f"{name}_pool")(x)
    x = net.conv_norm(x, filters, 1, name=f"{name}_conv1")
    for i, size in ((2, (1, 5)), (3, (5, 1))):
        x = net.conv_norm(
            x, filters, size, groups=filters, name=f"{name}_conv{i}"
        )
    return keras.layers.Activation("sigmoid", name=f"{name}_gate")(x)


def bottleneck(net, x, row, attends, strides, width, name):
    """(N, H, W, C) -> (N, H/s, W/s, filters)."""
    size, hidden, filters, squeezes, _ = row
    hidden, filters = (round_channels(width * n, 4) for n in (hidden, filters))
    channels = x.shape[-1]
    y = ghost(net, x, hidden, f"{name}_ghost1", activated=True)
    if attends:
        gate = attention(net, x, hidden, f"{name}_attention")
        gate = layers.ResizeLike(name=f"{name}_attention_resize")([gate, y])
        y = keras.layers.Multiply(name=f"{name}_attention_scale")([y, gate])
    if strides > 1:
        y = net.conv_norm(
            y, hidden, size, strides, groups=hidden,
            name=f"{name}_depthwise_conv",
        )  # fmt: skip
    if squeezes:
        y = net.squeeze_excite(
            y, round_channels(hidden / 4, 4), gate="hard_sigmoid",
            name=f"{name}_se",
        )  # fmt: skip
    y = ghost(net, y, filters, f"{name}_ghost2", activated=False)
    if strides > 1 or filters != channels:
        x = net.conv_norm(
            x, channels, size, strides, groups=channels,
            name=f"{name}_proj_depthwise_conv",
        )  # fmt: skip
        x = net.conv_norm(x, filters, 1, name=f"{name}_proj_conv")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def ghostnet(
    width, version=1, /, *, stem="imagenet", dropout_rate=0.2, **options
):
    """Stem, nine stages, 1x1 convolution, global average pool, linear layers.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    # The last gates halve a map that the strides have left.
    smallest = (32, 8) if version == 1 else (33, 9)
    net = Network(stem=stem, min_size=smallest, **options)
    filters = round_channels(16 * width, 4)
    x = net.conv_norm_act(
        net.image, filters, 3, net.stem_strides, name="stem_conv"
    )
    keep_size = net.small  # the first stride of 2 after the stem's
    for stage, rows in enumerate(TABLE, 1):
        for i, row in enumerate(rows, 1):
            strides = 1 if keep_size else row[-1]
            keep_size = keep_size and row[-1] == 1
            attends = version == 2 and stage > 2
            name = f"stage{stage}_block{i}"
            x = bottleneck(net, x, row, attends, strides, width, name)
    x = net.conv_norm_act(
        x, round_channels(960 * width, 4), 1, name="head_conv"
    )

    def head(x):
        x = net.dense_act(net.global_pool(x), 1280, name="dense")
        x = keras.layers.Dropout(dropout_rate, name="dropout")(x)
        return net.logits(x)

    return net.model(x, head)


@register(ghostnet, PAPER, params=2_587_292, macs=42_328_152)
def ghostnet_050(**options):
    """GhostNet with half of the channels."""
    return ghostnet(0.5, **options)


@register(ghostnet, PAPER, params=5_182_508, macs=141_150_512)
def ghostnet_100(**options):
    """GhostNet of Table 7."""
    return ghostnet(1.0, **options)


@register(ghostnet, PAPER, params=7_358_820, macs=227_003_256)
def ghostnet_130(**options):
    """GhostNet with 1.3 times the channels."""
    return ghostnet(1.3, **options)


@register(ghostnet, PAPER_V2, params=6_156_908, macs=167_048_288)
def ghostnet_v2_100(**options):
    """GhostNetV2."""
    return ghostnet(1.0, 2, **options)


@register(ghostnet, PAPER_V2, params=8_960_404, macs=269_322_976)
def ghostnet_v2_130(**options):
    """GhostNetV2 with 1.3 times the channels."""
    return ghostnet(1.3, 2, **options)


@register(ghostnet, PAPER_V2, params=12_392_698, macs=398_607_224)
def ghostnet_v2_160(**options):
    """GhostNetV2 with 1.6 times the channels."""
    return ghostnet(1.6, 2, **options)

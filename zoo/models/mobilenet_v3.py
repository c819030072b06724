"""MobileNetV3: Howard et al. 2019, Tables 1 and 2.

Stem (N, 224, 224, 3) -> (N, 112, 112, 16), inverted residuals, some with
squeeze-and-excitation, of relu first and hard-swish later, a 1x1 convolution
at 7x7, global average pooling, two linear layers.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import inverted_residual, round_channels

PAPER = Paper(
    "Searching for MobileNetV3", "https://arxiv.org/abs/1905.02244", 2019
)
DEPARTURES = (
    "Convolutions of stride 2 pad both sides alike, as torchvision has it; "
    "the authors' pad as TensorFlow does",
)

# A stage a line, of its blocks: kernel size, hidden width, filters, stride.
# The stage's nonlinearity, and whether it squeezes, come first.
LARGE = (
    ("relu", False, ((3, 16, 16, 1),)),
    ("relu", False, ((3, 64, 24, 2), (3, 72, 24, 1))),
    ("relu", True, ((5, 72, 40, 2), (5, 120, 40, 1), (5, 120, 40, 1))),
    (
        "hard_swish",
        False,
        ((3, 240, 80, 2), (3, 200, 80, 1), (3, 184, 80, 1), (3, 184, 80, 1)),
    ),
    ("hard_swish", True, ((3, 480, 112, 1), (3, 672, 112, 1))),
    (
        "hard_swish",
        True,
        ((5, 672, 160, 2), (5, 960, 160, 1), (5, 960, 160, 1)),
    ),
)
SMALL = (
    ("relu", True, ((3, 16, 16, 2),)),
    ("relu", False, ((3, 72, 24, 2), (3, 88, 24, 1))),
    ("hard_swish", True, ((5, 96, 40, 2), (5, 240, 40, 1), (5, 240, 40, 1))),
    ("hard_swish", True, ((5, 120, 48, 1), (5, 144, 48, 1))),
    ("hard_swish", True, ((5, 288, 96, 2), (5, 576, 96, 1), (5, 576, 96, 1))),
)


def minimal(table):
    """The table with 3x3 kernels and relu only, and no squeezing."""
    return tuple(
        ("relu", False, tuple((3, *block[1:]) for block in blocks))
        for _, _, blocks in table
    )


def scaled(table, width):
    """The table with all widths times `width`; expansions stay."""
    found, channels, own = [], 16, 16  # the stem stays
    for act, squeezes, blocks in table:
        rows = []
        for size, hidden, filters, strides in blocks:
            hidden = round_channels(own * hidden / channels)
            channels, own = filters, round_channels(filters * width)
            rows.append((size, hidden, own, strides))
        found.append((act, squeezes, tuple(rows)))
    return tuple(found)


def mobilenet(
    table, units, /, padding=None, *, stem="imagenet", dropout_rate=0.2,
    **options,
):  # fmt: skip
    """Stem, stages, 1x1 convolution, global average pool, two linear layers.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(
        stem=stem,
        paper_activation=table[-1][0],
        paper_norm=lambda: layers.BatchNorm(momentum=0.99, epsilon=1e-3),
        **options,
    )
    x = net.conv_norm_act(
        net.image, 16, 3, net.stem_strides, padding=padding, name="stem_conv"
    )
    keep_size = net.small  # the first stride of 2 after the stem's
    for stage, (act, squeezes, blocks) in enumerate(table, 1):
        for i, (size, hidden, filters, strides) in enumerate(blocks, 1):
            if keep_size and strides == 2:
                strides, keep_size = 1, False
            x = inverted_residual(
                net,
                x,
                filters,
                hidden,
                size,
                strides,
                f"stage{stage}_block{i}",
                squeeze=round_channels(hidden // 4) if squeezes else None,
                gate="hard_sigmoid",
                paper_act=act,
                squeeze_act="relu",
                padding=padding,
            )
    x = net.conv_norm_act(x, 6 * x.shape[-1], 1, name="head_conv")

    def head(x):
        x = net.dense_act(net.global_pool(x), units, name="dense")
        x = keras.layers.Dropout(dropout_rate, name="dropout")(x)
        return net.logits(x)

    return net.model(x, head)


@register(
    mobilenet, PAPER, params=5_483_032, macs=216_589_760, departures=DEPARTURES
)
def mobilenet_v3_large(**options):
    """MobileNetV3-Large of Table 1."""
    return mobilenet(LARGE, 1280, **options)


@register(
    mobilenet, PAPER, params=2_542_856, macs=56_510_400, departures=DEPARTURES
)
def mobilenet_v3_small(**options):
    """MobileNetV3-Small of Table 2."""
    return mobilenet(SMALL, 1024, **options)


@register(
    mobilenet, PAPER, params=2_041_872, macs=43_399_344, departures=DEPARTURES
)
def mobilenet_v3_small_x0_75(**options):
    """MobileNetV3-Small with 0.75 of the channels."""
    return mobilenet(scaled(SMALL, 0.75), 1024, **options)


@register(
    mobilenet, PAPER, params=1_593_224, macs=24_188_688, departures=DEPARTURES
)
def mobilenet_v3_small_x0_5(**options):
    """MobileNetV3-Small with half of the channels."""
    return mobilenet(scaled(SMALL, 0.5), 1024, **options)

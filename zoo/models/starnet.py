"""StarNet: Ma et al. 2024, Table 8.

Stem (N, 224, 224, 3) -> (N, 112, 112, 32), four stages to (N, 7, 7, 192) of
blocks that multiply two linear maps of one input, which the paper calls the
star operation, global average pooling, one linear layer.
"""

import keras

from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import add_input

PAPER = Paper("Rewrite the Stars", "https://arxiv.org/abs/2403.19967", 2024)
DEPARTURES = (
    "Convolutions before a normalizer have a bias, as in the authors' code",
)


def block(net, x, expansion, drop_rate, name):
    """y = x + dw(g(act(f1 dw(x)) * f2 dw(x))): (N, H, W, C) -> same."""
    channels = x.shape[-1]
    hidden = expansion * channels
    y = net.conv_norm(
        x, channels, 7, groups=channels, use_bias=True,
        name=f"{name}_depthwise_conv1",
    )  # fmt: skip
    left = net.conv(y, hidden, 1, use_bias=True, name=f"{name}_left_conv")
    right = net.conv(y, hidden, 1, use_bias=True, name=f"{name}_right_conv")
    left = net.act(left, name=f"{name}_act")
    y = keras.layers.Multiply(name=f"{name}_star")([left, right])
    y = net.conv_norm(
        y, channels, 1, use_bias=True, name=f"{name}_project_conv"
    )
    y = net.conv(
        y, channels, 7, groups=channels, use_bias=True,
        name=f"{name}_depthwise_conv2",
    )  # fmt: skip
    return add_input(x, y, 1, drop_rate, name)


def starnet(
    width, depths, expansion=4, *, stem="imagenet", drop_path_rate=0.0,
    **options,
):  # fmt: skip
    """Stem, four stages, a normalizer, global average pool, classifier.

    Args:
        drop_path_rate: Probability that the last block is dropped; it rises
            linearly from 0 in the first block.
    """
    net = Network(stem=stem, paper_activation="relu6", **options)
    x = net.conv_norm_act(
        net.image, 32, 3, net.stem_strides, use_bias=True, name="stem_conv"
    )
    done = 0
    for stage, depth in enumerate(depths, 1):
        strides = net.stem_strides if stage == 1 else 2
        x = net.conv_norm(
            x, width * 2 ** (stage - 1), 3, strides, use_bias=True,
            name=f"stage{stage}_down_conv",
        )  # fmt: skip
        for i in range(1, depth + 1):
            drop_rate = drop_path_rate * done / max(1, sum(depths) - 1)
            x = block(net, x, expansion, drop_rate, f"stage{stage}_block{i}")
            done += 1
    return net.model(net.norm(x, name="last_norm"))


def _register(params, macs):
    return register(
        starnet, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(2_869_168, 421_877_376)
def starnet_s1(**options):
    """StarNet-S1."""
    return starnet(24, (2, 2, 8, 3), **options)


@_register(3_682_024, 544_113_664)
def starnet_s2(**options):
    """StarNet-S2."""
    return starnet(32, (1, 2, 6, 2), **options)


@_register(5_750_792, 753_999_872)
def starnet_s3(**options):
    """StarNet-S3."""
    return starnet(32, (2, 2, 8, 4), **options)


@_register(7_482_728, 1_049_561_600)
def starnet_s4(**options):
    """StarNet-S4."""
    return starnet(32, (3, 3, 12, 5), **options)


@_register(542_728, 91_285_248)
def starnet_s050(**options):
    """StarNet-S050."""
    return starnet(16, (1, 1, 3, 1), 3, **options)


@_register(1_043_280, 185_626_176)
def starnet_s100(**options):
    """StarNet-S100."""
    return starnet(20, (1, 2, 4, 1), **options)


@_register(1_560_616, 227_376_384)
def starnet_s150(**options):
    """StarNet-S150."""
    return starnet(24, (1, 2, 4, 2), 3, **options)

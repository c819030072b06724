"""InceptionNeXt: Yu et al. 2023, Figure 2 and algorithm 1.

ConvNeXt's blocks with batch normalization, whose depthwise convolution is split
as in Inception: of the channels, three shares go through a 3x3, a 1x11 and an
11x1 convolution, and the others pass. For InceptionNeXt-T, (N, 224, 224, 3) ->
56x56x96 -> 28x28x192 -> 14x14x384 -> 7x7x768. The head has a hidden layer.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.convnext import patch_stages

PAPER = Paper(
    "InceptionNeXt: When Inception Meets ConvNeXt",
    "https://arxiv.org/abs/2303.16900",
    2023,
)
ATTO = ("Narrower than the paper's, as the authors' code has it",)


def inception_conv(net, x, share, size, name):
    """Depthwise by shares of the channels: (N, H, W, C) -> the same."""
    width = x.shape[-1]
    own = int(width * share)
    start = width - 3 * own
    parts = [layers.ChannelSlice(0, start, name=f"{name}_passing")(x)]
    for part, shape in (
        ("square", (3, 3)), ("row", (1, size)), ("column", (size, 1))
    ):  # fmt: skip
        y = layers.ChannelSlice(
            start, start + own, name=f"{name}_{part}_slice"
        )(x)
        parts.append(
            net.conv(
                y,
                own,
                shape,
                groups=own,
                use_bias=True,
                name=f"{name}_{part}_conv",
            )
        )
        start += own
    return keras.layers.Concatenate(name=f"{name}_concat")(parts)


def block(net, x, drop_rate, name, *, ratio, share, size):
    """Depthwise, norm, 1x1, 1x1: (N, H, W, C) -> the same."""
    width = x.shape[-1]
    y = inception_conv(net, x, share, size, name)
    y = net.norm(y, name=f"{name}_norm")
    y = net.conv(y, ratio * width, 1, use_bias=True, name=f"{name}_conv2")
    y = net.act(y, name=f"{name}_act2")
    y = net.conv(y, width, 1, use_bias=True, name=f"{name}_conv3")
    y = layers.LayerScale(1e-6, name=f"{name}_scale")(y)
    if drop_rate > 0:
        y = layers.StochasticDepth(drop_rate, name=f"{name}_drop")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def inception_next(
    depths, widths, default_drop_rate, share=1 / 8, size=11, *,
    stem="imagenet", drop_rate=None, **options,
):  # fmt: skip
    """Patches, four stages, global average pool, hidden layer, classifier.

    Args:
        stem: "imagenet" (4x4 patches) or "small" (3x3 convolution, stride 1),
            for 32x32 images.
        drop_rate: Stochastic depth of the last block, that of the first being
            0. None: the paper's for ImageNet.
    """
    net = Network(
        stem=stem,
        paper_activation="gelu",
        kernel_initializer=keras.initializers.TruncatedNormal(stddev=0.02),
        **options,
    )
    last = default_drop_rate if drop_rate is None else drop_rate
    blocks = [
        partial(block, ratio=ratio, share=share, size=size)
        for ratio in (4, 4, 4, 3)
    ]
    x = patch_stages(net, blocks, depths, widths, last)

    def head(x):
        x = net.dense_act(net.global_pool(x), 3 * widths[-1], name="dense")
        x = layers.LayerNorm(axis=-1, epsilon=1e-6, name="dense_norm")(x)
        return net.logits(x)

    return net.model(x, head)


@register(
    inception_next, PAPER, params=4_156_520, macs=503_035_040, departures=ATTO
)
def inception_next_atto(**options):
    """InceptionNeXt-A."""
    return inception_next(
        (2, 2, 6, 2), (40, 80, 160, 320), 0.1, 1 / 4, 9, **options
    )


@register(inception_next, PAPER, params=28_055_680, macs=4_188_634_272)
def inception_next_tiny(**options):
    """InceptionNeXt-T."""
    return inception_next((3, 3, 9, 3), (96, 192, 384, 768), 0.1, **options)


@register(inception_next, PAPER, params=49_374_016, macs=8_355_682_080)
def inception_next_small(**options):
    """InceptionNeXt-S."""
    return inception_next((3, 3, 27, 3), (96, 192, 384, 768), 0.3, **options)


@register(inception_next, PAPER, params=86_672_136, macs=14_841_072_000)
def inception_next_base(**options):
    """InceptionNeXt-B."""
    return inception_next((3, 3, 27, 3), (128, 256, 512, 1024), 0.4, **options)

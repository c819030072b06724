"""RepViT: Wang et al. 2023, Section 3.5.

Stem (N, 224, 224, 3) -> (N, 56, 56, 48), four stages to (N, 7, 7, 384), of
blocks that mix space by a depthwise convolution and channels by two 1x1
convolutions, global average pooling, two linear layers. There is no attention:
the name tells where the design is from. In training the depthwise convolution
is a sum, of which `zoo.reparameterize` makes one convolution.
"""

import keras

from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import round_channels
from zoo.models._network import output_dtype

PAPER = Paper(
    "RepViT: Revisiting Mobile CNN From ViT Perspective",
    "https://arxiv.org/abs/2307.09283",
    2023,
)
DEPARTURES = (
    "The logits are the mean of the classifiers for labels and for the "
    "teacher in training, too; the authors train each by its own loss",
)


def token_mixer(net, x, legacy, name):
    """3x3, 1x1 and identity, depthwise and summed: (N, H, W, C) -> same."""
    channels = x.shape[-1]
    large = net.conv_norm(
        x, channels, 3, groups=channels, name=f"{name}_mixer_conv3x3"
    )
    if legacy:
        small = net.conv_norm(
            x, channels, 1, groups=channels, name=f"{name}_mixer_conv1x1"
        )
        return keras.layers.Add(name=f"{name}_mixer_add")([large, small, x])
    small = net.conv(
        x, channels, 1, groups=channels, use_bias=True,
        name=f"{name}_mixer_conv1x1",
    )  # fmt: skip
    x = keras.layers.Add(name=f"{name}_mixer_add")([large, small, x])
    return net.norm(x, name=f"{name}_mixer_norm")


def channel_mixer(net, x, name):
    """Two 1x1 convolutions and a shortcut: (N, H, W, C) -> same."""
    y = net.conv_norm_act(x, 2 * x.shape[-1], 1, name=f"{name}_conv1")
    y = net.conv_norm(y, x.shape[-1], 1, name=f"{name}_conv2")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def block(net, x, squeezes, legacy, name):
    """(N, H, W, C) -> (N, H, W, C)."""
    x = token_mixer(net, x, legacy, name)
    if squeezes:
        filters = round_channels(x.shape[-1] // 4)
        x = net.squeeze_excite(x, filters, paper_act="relu", name=f"{name}_se")
    return channel_mixer(net, x, name)


def downsampling(net, x, filters, legacy, name):
    """A block, then (N, H, W, C) -> (N, H/2, W/2, filters)."""
    channels = x.shape[-1]
    x = block(net, x, False, legacy, name)
    x = net.conv_norm(
        x, channels, 3, 2, groups=channels, name=f"{name}_depthwise_conv"
    )
    x = net.conv_norm(x, filters, 1, name=f"{name}_proj_conv")
    return channel_mixer(net, x, f"{name}_ffn")


def repvit(width, depths, legacy=False, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, the mean of two classifiers."""
    net = Network(stem=stem, paper_activation="gelu", **options)
    x = net.conv_norm_act(
        net.image, width // 2, 3, net.stem_strides, name="stem_conv1"
    )
    x = net.conv_norm(x, width, 3, net.stem_strides, name="stem_conv2")
    for stage, depth in enumerate(depths, 1):
        if stage > 1:
            filters = width * 2 ** (stage - 1)
            x = downsampling(net, x, filters, legacy, f"stage{stage}_down")
        for i in range(1, depth + 1):
            x = block(net, x, i % 2 == 1, legacy, f"stage{stage}_block{i}")

    def head(x):
        x = keras.layers.GlobalAveragePooling2D(keepdims=True, name="pool")(x)
        classifiers = []
        for name in ("", "teacher_"):
            y = net.norm(x, name=f"{name}head_norm")
            y = keras.layers.Flatten(name=f"{name}flatten")(y)
            classifiers.append(net.logits(y, name=f"{name}logits"))
        return keras.layers.Average(name="mean_logits", dtype=output_dtype())(
            classifiers
        )

    return net.model(x, head)


def _register(params, macs):
    return register(
        repvit, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(5_489_328, 817_280_832)
def repvit_m0_9(**options):
    """RepViT-M0.9."""
    return repvit(48, (2, 2, 14, 2), **options)


@_register(7_302_796, 1_108_077_600)
def repvit_m1_0(**options):
    """RepViT-M1.0."""
    return repvit(56, (2, 2, 14, 2), **options)


@_register(8_802_912, 1_339_242_240)
def repvit_m1_1(**options):
    """RepViT-M1.1."""
    return repvit(64, (2, 2, 12, 2), **options)


@_register(14_644_432, 2_276_968_192)
def repvit_m1_5(**options):
    """RepViT-M1.5."""
    return repvit(64, (4, 4, 24, 4), **options)


@_register(23_688_792, 4_521_490_880)
def repvit_m2_3(**options):
    """RepViT-M2.3."""
    return repvit(80, (6, 6, 34, 2), **options)


@_register(5_485_248, 817_280_832)
def repvit_m1(**options):
    """RepViT-M1 of the paper's first version."""
    return repvit(48, (2, 2, 14, 2), True, **options)


@_register(8_797_984, 1_339_242_240)
def repvit_m2(**options):
    """RepViT-M2 of the paper's first version."""
    return repvit(64, (2, 2, 12, 2), True, **options)


@_register(10_682_832, 1_862_184_704)
def repvit_m3(**options):
    """RepViT-M3 of the paper's first version."""
    return repvit(64, (4, 4, 18, 2), True, **options)

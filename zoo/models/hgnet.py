"""PP-HGNet and PP-HGNetV2: PaddleClas 2.4 and 2.5, after its own code.

A block runs its convolutions in a row, concatenates all of their outputs and
its input, and aggregates them by 1x1 convolutions; blocks after a stage's
first add their input. For the tiny one, (N, 224, 224, 3) -> 56x56x96 ->
56x56x224 -> 28x28x448 -> 14x14x512 -> 7x7x768 -> 2048 -> logits. Version 2
has a forked stem, and pairs of 1x1 and depthwise 5x5 convolutions in its last
two stages.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "PP-HGNet",
    "https://github.com/PaddlePaddle/PaddleClas/blob/release/2.5.1/docs/en/models/PP-HGNet_en.md",
    2022,
)
PAPER_V2 = Paper(
    "PP-HGNetV2",
    "https://github.com/PaddlePaddle/PaddleClas/blob/develop/docs/zh_CN/models/ImageNet1k/PP-HGNetV2.md",
    2023,
)


class Kind(NamedTuple):
    """Where the members differ beyond widths and depths."""

    v2: bool = False
    affine: bool = False  # a learned scale and bias after each activation


# Widths of the stem, inner and outer widths of the stages, blocks of the
# stages, layers of a block.
TABLE = {
    "tiny": (
        (48, 48, 96), (96, 128, 160, 192), (224, 448, 512, 768), (1, 1, 2, 1), 5
    ),
    "small": (
        (64, 64, 128), (128, 160, 192, 224), (256, 512, 768, 1024),
        (1, 1, 2, 1), 6,
    ),
    "base": (
        (96, 96, 160), (192, 224, 256, 288), (320, 640, 960, 1280),
        (1, 2, 3, 2), 7,
    ),
    "b0": ((16, 16), (16, 32, 64, 128), (64, 256, 512, 1024), (1, 1, 2, 1), 3),
    "b1": ((24, 32), (32, 48, 96, 192), (64, 256, 512, 1024), (1, 1, 2, 1), 3),
    "b2": ((24, 32), (32, 64, 128, 256), (96, 384, 768, 1536), (1, 1, 3, 1), 4),
    "b3": (
        (24, 32), (32, 64, 128, 256), (128, 512, 1024, 2048), (1, 1, 3, 1), 5
    ),
    "b4": (
        (32, 48), (48, 96, 192, 384), (128, 512, 1024, 2048), (1, 1, 3, 1), 6
    ),
    "b5": (
        (32, 64), (64, 128, 256, 512), (128, 512, 1024, 2048), (1, 2, 5, 2), 6
    ),
    "b6": (
        (48, 96), (96, 192, 384, 768), (192, 512, 1024, 2048), (2, 3, 6, 3), 6
    ),
}  # fmt: skip

V1, V2, V2_AFFINE = Kind(), Kind(v2=True), Kind(v2=True, affine=True)


def conv(net, kind, x, filters, size, strides=1, *, name, **options):
    """Convolution, normalizer, activation, and the affine block."""
    x = net.conv_norm_act(x, filters, size, strides, name=name, **options)
    return affine(kind, x, name.replace("conv", "affine"))


def affine(kind, x, name):
    return layers.LearnableAffine(name=name)(x) if kind.affine else x


def block(net, kind, x, inner, width, depth, light, residual, name):
    """(N, H, W, C) -> (N, H, W, width)."""
    outputs = [x]
    for i in range(1, depth + 1):
        y = outputs[-1]
        if light:
            y = net.conv_norm(y, inner, 1, name=f"{name}_light{i}_conv1")
            y = conv(
                net, kind, y, inner, 5, groups=inner,
                name=f"{name}_light{i}_conv2",
            )  # fmt: skip
        else:
            y = conv(net, kind, y, inner, 3, name=f"{name}_conv{i}")
        outputs.append(y)
    y = keras.layers.Concatenate(name=f"{name}_concat")(outputs)
    if kind.v2:
        y = conv(net, kind, y, width // 2, 1, name=f"{name}_squeeze_conv")
        y = conv(net, kind, y, width, 1, name=f"{name}_excite_conv")
    else:
        y = conv(net, kind, y, width, 1, name=f"{name}_aggregate_conv")
        y = layers.EffectiveSqueezeExcitation(
            gate="sigmoid", name=f"{name}_ese"
        )(y)
    return keras.layers.Add(name=f"{name}_add")([x, y]) if residual else y


def start(net, kind, widths):
    """(N, H, W, C) -> (N, H/4, W/4, C')."""
    strides = net.stem_strides
    if not kind.v2:
        x = net.image
        for i, width in enumerate(widths, 1):
            x = conv(
                net, kind, x, width, 3, strides if i == 1 else 1,
                name=f"stem_conv{i}",
            )  # fmt: skip
        if net.small:
            return x
        return layers.MaxPool2D(3, 2, padding=1, name="stem_pool")(x)
    middle, width = widths
    x = conv(net, kind, net.image, middle, 3, strides, name="stem_conv1")
    sides = ((0, 1), (0, 1))
    x = keras.layers.ZeroPadding2D(sides, name="stem_pad")(x)
    y = conv(net, kind, x, middle // 2, 2, padding=0, name="stem_branch2_conv1")
    y = conv(net, kind, y, middle, 2, padding=sides, name="stem_branch2_conv2")
    x = keras.layers.MaxPooling2D(2, 1, name="stem_pool")(x)
    x = keras.layers.Concatenate(name="stem_concat")([x, y])
    x = conv(net, kind, x, middle, 3, strides, name="stem_conv2")
    return conv(net, kind, x, width, 1, name="stem_conv3")


def hgnet(member, kind=V1, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, two linear layers."""
    stem_widths, inner, widths, depths, depth = TABLE[member]
    net = Network(stem=stem, **options)
    x = start(net, kind, stem_widths)
    for stage in range(1, 5):
        light = kind.v2 and stage > 2
        name = f"stage{stage}"
        if stage > 1:
            x = net.conv_norm(
                x, x.shape[-1], 3, 2, groups=x.shape[-1],
                name=f"{name}_down_conv",
            )  # fmt: skip
        for i in range(1, depths[stage - 1] + 1):
            x = block(
                net, kind, x, inner[stage - 1], widths[stage - 1], depth,
                light, i > 1, f"{name}_block{i}",
            )  # fmt: skip

    def head(x):
        x = keras.layers.Dense(
            2048, use_bias=False, kernel_initializer="he_normal", name="dense1"
        )(net.global_pool(x))
        x = affine(kind, net.act(x, name="dense1_act"), "dense1_affine")
        return net.logits(x)

    return net.model(x, head)


@register(hgnet, PAPER, params=14_735_864, macs=4_530_447_104)
def hgnet_tiny(**options):
    """PP-HGNet-tiny."""
    return hgnet("tiny", **options)


@register(hgnet, PAPER, params=24_360_872, macs=8_508_610_304)
def hgnet_small(**options):
    """PP-HGNet-small."""
    return hgnet("small", **options)


@register(hgnet, PAPER, params=71_578_184, macs=25_109_564_352)
def hgnet_base(**options):
    """PP-HGNet-base."""
    return hgnet("base", **options)


@register(hgnet, PAPER_V2, params=5_996_550, macs=321_326_464)
def hgnet_v2_b0(**options):
    """PP-HGNetV2-B0."""
    return hgnet("b0", V2_AFFINE, **options)


@register(hgnet, PAPER_V2, params=6_343_158, macs=489_387_840)
def hgnet_v2_b1(**options):
    """PP-HGNetV2-B1."""
    return hgnet("b1", V2_AFFINE, **options)


@register(hgnet, PAPER_V2, params=11_221_356, macs=1_137_703_680)
def hgnet_v2_b2(**options):
    """PP-HGNetV2-B2."""
    return hgnet("b2", V2_AFFINE, **options)


@register(hgnet, PAPER_V2, params=16_292_216, macs=1_770_919_680)
def hgnet_v2_b3(**options):
    """PP-HGNetV2-B3."""
    return hgnet("b3", V2_AFFINE, **options)


@register(hgnet, PAPER_V2, params=19_796_680, macs=2_734_148_352)
def hgnet_v2_b4(**options):
    """PP-HGNetV2-B4."""
    return hgnet("b4", V2, **options)


@register(hgnet, PAPER_V2, params=39_569_064, macs=6_538_404_864)
def hgnet_v2_b5(**options):
    """PP-HGNetV2-B5."""
    return hgnet("b5", V2, **options)


@register(hgnet, PAPER_V2, params=75_256_776, macs=16_840_566_272)
def hgnet_v2_b6(**options):
    """PP-HGNetV2-B6."""
    return hgnet("b6", V2, **options)

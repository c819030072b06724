"""ResNet-D and its like: He et al. 2018, Figures 1 and 2.

Three 3x3 convolutions for the 7x7 of the stem (C), average pooling before the
projections of shortcuts (D); bottlenecks stride in their 3x3 convolution (B).
(N, 224, 224, 3) -> stem 56x56x64 -> 56x56 -> 28x28 -> 14x14 -> 7x7x2048.
"""

from functools import partial

from zoo.models import Network, Paper, register
from zoo.models._stem import deep_stem_layers, padded_pool
from zoo.models.resnet import (
    WIDTHS,
    basic_block,
    bottleneck_block_v1_5,
    residual_stages,
)
from zoo.models.resnext import aggregated_block

PAPER = Paper(
    "Bag of Tricks for Image Classification with Convolutional Neural Networks",
    "https://arxiv.org/abs/1812.01187",
    2018,
)
WIDE = ("The stem is twice as wide: GluonCV's S form",)
TIERED = ("The stem's widths rise, 24, 32, 64: timm's T form",)
GROUPED = ("ResNeXt's grouped convolutions, as timm has it",)

STEM = (32, 32, 64)
STEM_S = (64, 64, 128)
STEM_T = (24, 32, 64)

BASIC = partial(basic_block, avg_down=True)
BOTTLENECK = partial(bottleneck_block_v1_5, avg_down=True)


def resnet_d(
    block, depths, stem_widths=STEM, pool=padded_pool, *, stem="imagenet",
    **options,
):  # fmt: skip
    """Three convolutions, four stages, global pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = deep_stem_layers(net, stem_widths, pool)
    return net.model(residual_stages(net, x, block, WIDTHS, depths))


@register(
    resnet_d, PAPER, params=5_435_488, macs=1_097_259_008, departures=TIERED
)
def resnet10t(**options):
    """ResNet-10-T."""
    return resnet_d(BASIC, (1, 1, 1, 1), STEM_T, **options)


@register(
    resnet_d, PAPER, params=10_081_632, macs=1_676_822_528, departures=TIERED
)
def resnet14t(**options):
    """ResNet-14-T."""
    return resnet_d(BOTTLENECK, (1, 1, 1, 1), STEM_T, **options)


@register(resnet_d, PAPER, params=11_708_744, macs=2_053_713_920)
def resnet18d(**options):
    """ResNet-18-D."""
    return resnet_d(BASIC, (2, 2, 2, 2), **options)


@register(resnet_d, PAPER, params=16_014_408, macs=2_581_897_216)
def resnet26d(**options):
    """ResNet-26-D."""
    return resnet_d(BOTTLENECK, (2, 2, 2, 2), **options)


@register(
    resnet_d, PAPER, params=16_011_872, macs=2_550_286_336, departures=TIERED
)
def resnet26t(**options):
    """ResNet-26-T."""
    return resnet_d(BOTTLENECK, (2, 2, 2, 2), STEM_T, **options)


@register(resnet_d, PAPER, params=21_816_904, macs=3_903_401_984)
def resnet34d(**options):
    """ResNet-34-D."""
    return resnet_d(BASIC, (3, 4, 6, 3), **options)


@register(resnet_d, PAPER, params=25_576_264, macs=4_328_824_832)
def resnet50c(**options):
    """ResNet-50-C."""
    return resnet_d(bottleneck_block_v1_5, (3, 4, 6, 3), **options)


@register(resnet_d, PAPER, params=25_576_264, macs=4_328_824_832)
def resnet50d(**options):
    """ResNet-50-D."""
    return resnet_d(BOTTLENECK, (3, 4, 6, 3), **options)


@register(
    resnet_d, PAPER, params=25_680_808, macs=5_444_337_664, departures=WIDE
)
def resnet50s(**options):
    """ResNet-50-S."""
    return resnet_d(bottleneck_block_v1_5, (3, 4, 6, 3), STEM_S, **options)


@register(resnet_d, PAPER, params=44_568_392, macs=8_041_046_016)
def resnet101c(**options):
    """ResNet-101-C."""
    return resnet_d(bottleneck_block_v1_5, (3, 4, 23, 3), **options)


@register(resnet_d, PAPER, params=44_568_392, macs=8_041_046_016)
def resnet101d(**options):
    """ResNet-101-D."""
    return resnet_d(BOTTLENECK, (3, 4, 23, 3), **options)


@register(
    resnet_d, PAPER, params=44_672_936, macs=9_156_558_848, departures=WIDE
)
def resnet101s(**options):
    """ResNet-101-S."""
    return resnet_d(bottleneck_block_v1_5, (3, 4, 23, 3), STEM_S, **options)


@register(resnet_d, PAPER, params=60_212_040, macs=11_753_267_200)
def resnet152c(**options):
    """ResNet-152-C."""
    return resnet_d(bottleneck_block_v1_5, (3, 8, 36, 3), **options)


@register(resnet_d, PAPER, params=60_212_040, macs=11_753_267_200)
def resnet152d(**options):
    """ResNet-152-D."""
    return resnet_d(BOTTLENECK, (3, 8, 36, 3), **options)


@register(
    resnet_d, PAPER, params=60_316_584, macs=12_868_780_032, departures=WIDE
)
def resnet152s(**options):
    """ResNet-152-S."""
    return resnet_d(bottleneck_block_v1_5, (3, 8, 36, 3), STEM_S, **options)


@register(resnet_d, PAPER, params=64_693_064, macs=15_247_122_432)
def resnet200d(**options):
    """ResNet-200-D."""
    return resnet_d(BOTTLENECK, (3, 24, 36, 3), **options)


@register(
    resnet_d, PAPER, params=25_048_136, macs=4_470_120_448, departures=GROUPED
)
def resnext50d_32x4d(**options):
    """ResNeXt-50-D (32x4d)."""
    block = partial(aggregated_block(32, 4), avg_down=True)
    return resnet_d(block, (3, 4, 6, 3), **options)

"""Anti-aliased ResNets: Zhang 2019, section 3.

Where a ResNet's 3x3 convolutions and its max pooling stride, these do not: a
low-pass filter behind them does, a blur (`resnetblur…`) or an average of 2x2
(`resnetaa…`, timm's). Projections of shortcuts stride as they did.
(N, 224, 224, 3) -> stem 56x56x64 -> 56x56 -> 28x28 -> 14x14 -> 7x7x2048.
"""

from functools import partial

from zoo import layers
from zoo.models import Paper, register
from zoo.models.resnet import basic_block, bottleneck_block_v1_5, resnet
from zoo.models.resnet_d import STEM, STEM_S, resnet_d
from zoo.models.resnext import aggregated_block
from zoo.models.senet import squeeze

PAPER = Paper(
    "Making Convolutional Networks Shift-Invariant Again",
    "https://arxiv.org/abs/1904.11486",
    2019,
)
BLUR = (
    "The stem's convolution and the projections are not blurred, as timm has "
    "it; the authors' are",
)
AVERAGE = (
    *BLUR,
    "Averages of 2x2 pixels for the blur, and for the max pooling, as timm "
    "has it",
)


def blur_pool(x):
    """Max pooling at every pixel, then the blur."""
    x = layers.MaxPool2D(3, 1, padding=1, name="stem_pool")(x)
    return layers.BlurPool2D(name="stem_blur")(x)


def average_pool(x):
    """Averages of 2x2 pixels."""
    return layers.AvgPool2D(2, name="stem_pool")(x)


def average(y, name):
    """Halves a map in place of a stride."""
    return layers.AvgPool2D(2, name=name)(y)


def blur(y, name):
    """Halves a map in place of a stride."""
    return layers.BlurPool2D(name=name)(y)


def resnet_aa(block, depths, pool=blur_pool, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    return resnet(block, depths, pool, stem=stem, **options)


def resnet_aa_d(block, depths, widths=STEM, *, stem="imagenet", **options):
    """ResNet-D's stem of three convolutions, averaged, for the other."""
    return resnet_d(block, depths, widths, average_pool, stem=stem, **options)


BASIC = partial(basic_block, smooth=blur)
BOTTLENECK = partial(bottleneck_block_v1_5, smooth=blur)
AVERAGED = partial(bottleneck_block_v1_5, smooth=average)
AVERAGED_D = partial(AVERAGED, avg_down=True)
SE_D = partial(
    aggregated_block(32, 8), smooth=average, avg_down=True, finish=squeeze
)


@register(
    resnet_aa, PAPER, params=11_689_512, macs=2_337_684_992, departures=BLUR
)
def resnetblur18(**options):
    """ResNet-18, blurred."""
    return resnet_aa(BASIC, (2, 2, 2, 2), **options)


@register(
    resnet_aa, PAPER, params=25_557_032, macs=5_133_020_672, departures=BLUR
)
def resnetblur50(**options):
    """ResNet-50, blurred."""
    return resnet_aa(BOTTLENECK, (3, 4, 6, 3), **options)


@register(
    resnet_aa, PAPER, params=25_557_032, macs=5_129_633_792, departures=AVERAGE
)
def resnetaa50(**options):
    """ResNet-50, averaged."""
    return resnet_aa(AVERAGED, (3, 4, 6, 3), average_pool, **options)


@register(
    resnet_aa_d,
    PAPER,
    params=25_576_264,
    macs=5_369_274_368,
    departures=AVERAGE,
)
def resnetaa50d(**options):
    """ResNet-50-D, averaged."""
    return resnet_aa_d(AVERAGED_D, (3, 4, 6, 3), **options)


@register(
    resnet_aa_d,
    PAPER,
    params=44_568_392,
    macs=9_081_495_552,
    departures=AVERAGE,
)
def resnetaa101d(**options):
    """ResNet-101-D, averaged."""
    return resnet_aa_d(AVERAGED_D, (3, 4, 23, 3), **options)


@register(
    resnet_aa_d,
    PAPER,
    params=93_588_280,
    macs=17_178_624_000,
    departures=AVERAGE,
)
def se_resnextaa101d_32x8d(**options):
    """SE-ResNeXt-101-D (32x8d), averaged."""
    return resnet_aa_d(SE_D, (3, 4, 23, 3), **options)


@register(
    resnet_aa_d,
    PAPER,
    params=149_394_904,
    macs=34_276_270_080,
    departures=AVERAGE,
)
def se_resnextaa201d_32x8d(**options):
    """SE-ResNeXt-201-D (32x8d), averaged, its stem twice as wide."""
    return resnet_aa_d(SE_D, (3, 24, 36, 4), STEM_S, **options)

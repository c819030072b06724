"""ResNeSt: Zhang et al. 2020, Figures 1 and 2, equations (1) to (3).

ResNet-D's bottlenecks whose 3x3 convolution makes `radix` maps, from groups of
channels of their own, which split attention merges by channel; an average pool
behind it (or before) strides in its place. (N, 224, 224, 3) -> stem 56x56x64 ->
56x56 -> 28x28 -> 14x14 -> 7x7x2048.
"""

from functools import partial

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import round_channels
from zoo.models._stem import deep_stem_layers
from zoo.models.resnet import WIDTHS, add_shortcut, residual_stages

PAPER = Paper(
    "ResNeSt: Split-Attention Networks",
    "https://arxiv.org/abs/2004.08955",
    2020,
)
BIASED = (
    "The attention's first matrix has a bias before its normalizer, as the "
    "authors' code has it",
)
FAST = (*BIASED, "The average pool comes before the 3x3, the code's fast form")


def block(
    net, x, width, strides, name, *, radix, base_width=64, groups=1, fast=False
):
    """1x1, 3x3, attention, 1x1: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""

    def pool(y):
        if strides == 1:
            return y
        return layers.AvgPool2D(
            3, strides, padding=1, count_include_pad=True, name=f"{name}_pool"
        )(y)

    inner = width * base_width // 64 * groups
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = pool(y) if fast else y
    y = net.conv_norm_act(
        y, radix * inner, 3, groups=groups * radix, name=f"{name}_conv2"
    )
    filters = max(round_channels(inner * radix / 4), 32)
    y = layers.SplitAttention(
        filters, radix, groups,
        activation=net.new_act(f"{name}_attention_act"),
        norm=net.new_norm(filters),
        name=f"{name}_attention",
    )(y)  # fmt: skip
    y = y if fast else pool(y)
    y = net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3")
    return add_shortcut(net, x, y, strides, name, avg_down=True)


def resnest(
    depths, stem_width=32, radix=2, base_width=64, groups=1, fast=False, *,
    stem="imagenet", **options,
):  # fmt: skip
    """Three convolutions, four stages, global pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = deep_stem_layers(net, (stem_width, stem_width, 2 * stem_width))
    own = partial(
        block, radix=radix, base_width=base_width, groups=groups, fast=fast
    )
    return net.model(residual_stages(net, x, own, WIDTHS, depths))


@register(
    resnest, PAPER, params=10_611_688, macs=2_749_405_184, departures=BIASED
)
def resnest14d(**options):
    """ResNeSt-14, of GluonCV."""
    return resnest((1, 1, 1, 1), **options)


@register(
    resnest, PAPER, params=17_069_448, macs=3_623_391_232, departures=BIASED
)
def resnest26d(**options):
    """ResNeSt-26, of GluonCV."""
    return resnest((2, 2, 2, 2), **options)


@register(
    resnest, PAPER, params=27_483_240, macs=5_371_160_576, departures=BIASED
)
def resnest50d(**options):
    """ResNeSt-50."""
    return resnest((3, 4, 6, 3), **options)


@register(
    resnest, PAPER, params=25_677_000, macs=4_399_827_456, departures=FAST
)
def resnest50d_1s4x24d(**options):
    """ResNeSt-50-fast (1s4x24d): one map in four groups."""
    return resnest((3, 4, 6, 3), 32, 1, 24, 4, True, **options)


@register(
    resnest, PAPER, params=30_417_592, macs=4_369_060_736, departures=FAST
)
def resnest50d_4s2x40d(**options):
    """ResNeSt-50-fast (4s2x40d): four maps in two groups."""
    return resnest((3, 4, 6, 3), 32, 4, 40, 2, True, **options)


@register(
    resnest, PAPER, params=48_275_016, macs=10_200_565_760, departures=BIASED
)
def resnest101e(**options):
    """ResNeSt-101, its stem twice as wide."""
    return resnest((3, 4, 23, 3), 64, **options)


@register(
    resnest, PAPER, params=70_201_544, macs=17_408_411_648, departures=BIASED
)
def resnest200e(**options):
    """ResNeSt-200, its stem twice as wide."""
    return resnest((3, 24, 36, 3), 64, **options)


@register(
    resnest, PAPER, params=110_929_480, macs=22_434_121_728, departures=BIASED
)
def resnest269e(**options):
    """ResNeSt-269, its stem twice as wide."""
    return resnest((3, 30, 48, 8), 64, **options)

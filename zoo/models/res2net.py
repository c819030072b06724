"""Res2Net: Gao et al. 2019, Figure 2.

ResNet bottlenecks whose 3x3 convolution works on `scale` slices of the
channels, each of `base_width` at the first stage: every slice is added to what
the one before it became, and the last one passes by. Where the block changes
the map's shape nothing is added, and the last slice is pooled. Blocks stride in
their 3x3 convolutions.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._stem import deep_stem_layers, stem_layers
from zoo.models.resnet import WIDTHS, add_shortcut, residual_stages
from zoo.models.resnet_d import STEM

PAPER = Paper(
    "Res2Net: A New Multi-scale Backbone Architecture",
    "https://arxiv.org/abs/1904.01169",
    2019,
)
V1B = ("ResNet-D's stem and shortcuts: the authors' v1b",)


def block(
    net, x, width, strides, name, *, base_width, scale, groups=1, avg_down=False
):
    """1x1, 3x3 by slices, 1x1: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    changes = strides > 1 or x.shape[-1] != 4 * width
    inner = width * base_width // 64 * groups
    y = net.conv_norm_act(x, inner * scale, 1, name=f"{name}_conv1")
    slices = [
        layers.ChannelSlice(
            i * inner, (i + 1) * inner, name=f"{name}_slice{i + 1}"
        )(y)
        for i in range(scale)
    ]
    outputs = []
    for i, y in enumerate(slices[:-1], 1):
        if outputs and not changes:
            y = keras.layers.Add(name=f"{name}_slice{i}_add")([outputs[-1], y])
        y = net.conv_norm_act(
            y, inner, 3, strides, groups=groups, name=f"{name}_conv2_{i}"
        )
        outputs.append(y)
    last = slices[-1]
    if changes:
        last = layers.AvgPool2D(
            3, strides, padding=1, count_include_pad=True, name=f"{name}_pool"
        )(last)
    y = keras.layers.Concatenate(name=f"{name}_concat")([*outputs, last])
    y = net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3")
    return add_shortcut(net, x, y, strides, name, avg_down=avg_down)


def res2net(
    depths, base_width=26, scale=4, groups=1, deep=False, *, stem="imagenet",
    **options,
):  # fmt: skip
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    x = deep_stem_layers(net, STEM) if deep else stem_layers(net, 64)
    own = partial(
        block, base_width=base_width, scale=scale, groups=groups, avg_down=deep
    )
    return net.model(residual_stages(net, x, own, WIDTHS, depths))


@register(res2net, PAPER, params=25_059_816, macs=4_178_898_944)
def res2net50_14w_8s(**options):
    """Res2Net-50 (14w x 8s)."""
    return res2net((3, 4, 6, 3), 14, 8, **options)


@register(res2net, PAPER, params=25_699_120, macs=4_255_166_464)
def res2net50_26w_4s(**options):
    """Res2Net-50 (26w x 4s)."""
    return res2net((3, 4, 6, 3), 26, 4, **options)


@register(res2net, PAPER, params=37_051_448, macs=6_295_523_328)
def res2net50_26w_6s(**options):
    """Res2Net-50 (26w x 6s)."""
    return res2net((3, 4, 6, 3), 26, 6, **options)


@register(res2net, PAPER, params=48_403_776, macs=8_335_880_192)
def res2net50_26w_8s(**options):
    """Res2Net-50 (26w x 8s)."""
    return res2net((3, 4, 6, 3), 26, 8, **options)


@register(res2net, PAPER, params=25_287_304, macs=4_159_832_064)
def res2net50_48w_2s(**options):
    """Res2Net-50 (48w x 2s)."""
    return res2net((3, 4, 6, 3), 48, 2, **options)


@register(res2net, PAPER, params=45_206_688, macs=8_066_974_464)
def res2net101_26w_4s(**options):
    """Res2Net-101 (26w x 4s)."""
    return res2net((3, 4, 23, 3), 26, 4, **options)


@register(res2net, PAPER, params=24_671_464, macs=4_172_677_120)
def res2next50(**options):
    """Res2NeXt-50 (4w x 4s x 8c): grouped convolutions."""
    return res2net((3, 4, 6, 3), 4, 4, 8, **options)


@register(res2net, PAPER, params=25_718_352, macs=4_494_807_040, departures=V1B)
def res2net50d(**options):
    """Res2Net-50 v1b (26w x 4s)."""
    return res2net((3, 4, 6, 3), deep=True, **options)


@register(res2net, PAPER, params=45_225_920, macs=8_306_615_040, departures=V1B)
def res2net101d(**options):
    """Res2Net-101 v1b (26w x 4s)."""
    return res2net((3, 4, 23, 3), deep=True, **options)

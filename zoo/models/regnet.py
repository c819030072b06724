"""RegNets: Radosavovic et al. 2020, section 3 and Tables 5 and 6.

Four stages of residual bottlenecks as wide as their output, with groups of
equal width; the Y networks squeeze and excite after the 3x3 convolution.
Widths and depths follow from four numbers each. For RegNetX-400MF, (N, 224,
224, 3) -> 112x112x32 -> 56x56x32 -> 28x28x64 -> 14x14x160 -> 7x7x384.
"""

from functools import partial

import numpy as np

from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import round_channels
from zoo.models.resnet import add_shortcut, residual_stages

PAPER = Paper(
    "Designing Network Design Spaces", "https://arxiv.org/abs/2003.13678", 2020
)
TORCHVISION = (
    "Widths are fitted to the groups by MobileNet's rule, never 10 % smaller, "
    "as torchvision has it; the authors' code rounds to the nearest",
)


def nearest_multiple(width, divisor):
    """Half-way between two, the one of an even factor, as the authors' code."""
    return round(width / divisor) * divisor


def stages(depth, w0, wa, wm, group_width, fit):
    """Widths and depths of the stages: equations (2) to (4).

    Args:
        depth: Blocks in all.
        w0: Initial width.
        wa: Width that each block adds, before quantization.
        wm: Ratio of one quantized width to the one before.
        group_width: Channels of a group; larger widths are multiples of it.
        fit: Function from a width and a group width to the multiple.
    """
    continuous = w0 + wa * np.arange(depth)
    powers = np.round(np.log(continuous / w0) / np.log(wm))
    widths = np.round(w0 * wm**powers / 8) * 8
    widths, depths = np.unique(widths, return_counts=True)
    widths = [int(w) for w in widths]
    return [fit(w, min(group_width, w)) for w in widths], depths.tolist()


def block(net, x, width, strides, name, *, group_width, squeeze):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    groups = max(width // group_width, 1)
    y = net.conv_norm_act(x, width, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, width, 3, strides, groups=groups, name=f"{name}_conv2"
    )
    if squeeze:
        filters = round(x.shape[-1] / 4)
        y = net.squeeze_excite(y, filters, name=f"{name}_se")
    y = net.conv_norm(y, width, 1, name=f"{name}_conv3")
    return add_shortcut(net, x, y, strides, name)


def regnet(
    depth, w0, wa, wm, group_width, squeeze=False, fit=nearest_multiple, *,
    stem="imagenet", **options,
):  # fmt: skip
    """3x3 convolution, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    strides = net.stem_strides
    x = net.conv_norm_act(net.image, 32, 3, strides, name="stem_conv")
    widths, depths = stages(depth, w0, wa, wm, group_width, fit)
    own = partial(block, group_width=group_width, squeeze=squeeze)
    x = residual_stages(net, x, own, widths, depths, first_strides=strides)
    return net.model(x)


@register(regnet, PAPER, params=2_684_792, macs=199_039_872)
def regnet_x_200mf(**options):
    """RegNetX-200MF."""
    return regnet(13, 24, 36.44, 2.49, 8, **options)


@register(regnet, PAPER, params=5_157_512, macs=397_677_568)
def regnet_x_400mf(**options):
    """RegNetX-400MF."""
    return regnet(22, 24, 24.48, 2.54, 16, **options)


@register(
    regnet, PAPER, params=5_495_976, macs=413_812_608, departures=TORCHVISION
)
def regnet_x_400mf_tv(**options):
    """RegNetX-400MF with torchvision's widths."""
    return regnet(22, 24, 24.48, 2.54, 16, fit=round_channels, **options)


@register(regnet, PAPER, params=6_196_040, macs=600_890_112)
def regnet_x_600mf(**options):
    """RegNetX-600MF."""
    return regnet(16, 48, 36.97, 2.24, 24, **options)


@register(regnet, PAPER, params=7_259_656, macs=799_699_712)
def regnet_x_800mf(**options):
    """RegNetX-800MF."""
    return regnet(16, 56, 35.73, 2.28, 16, **options)


@register(regnet, PAPER, params=9_190_136, macs=1_602_849_792)
def regnet_x_1_6gf(**options):
    """RegNetX-1.6GF."""
    return regnet(18, 80, 34.01, 2.25, 24, **options)


@register(regnet, PAPER, params=15_296_552, macs=3_176_621_952)
def regnet_x_3_2gf(**options):
    """RegNetX-3.2GF."""
    return regnet(25, 88, 26.31, 2.25, 48, **options)


@register(regnet, PAPER, params=22_118_248, macs=3_964_498_816)
def regnet_x_4gf(**options):
    """RegNetX-4GF."""
    return regnet(23, 96, 38.65, 2.43, 40, **options)


@register(regnet, PAPER, params=26_209_256, macs=6_460_291_264)
def regnet_x_6_4gf(**options):
    """RegNetX-6.4GF."""
    return regnet(17, 184, 60.83, 2.07, 56, **options)


@register(regnet, PAPER, params=39_572_648, macs=7_995_132_416)
def regnet_x_8gf(**options):
    """RegNetX-8GF."""
    return regnet(23, 80, 49.56, 2.88, 120, **options)


@register(regnet, PAPER, params=46_106_056, macs=12_086_678_016)
def regnet_x_12gf(**options):
    """RegNetX-12GF."""
    return regnet(19, 168, 73.36, 2.37, 112, **options)


@register(regnet, PAPER, params=54_278_536, macs=15_940_755_456)
def regnet_x_16gf(**options):
    """RegNetX-16GF."""
    return regnet(22, 216, 55.59, 2.1, 128, **options)


@register(regnet, PAPER, params=107_811_560, macs=31_735_929_792)
def regnet_x_32gf(**options):
    """RegNetX-32GF."""
    return regnet(23, 320, 69.86, 2.0, 168, **options)


@register(regnet, PAPER, params=3_162_996, macs=199_514_080)
def regnet_y_200mf(**options):
    """RegNetY-200MF."""
    return regnet(13, 24, 36.44, 2.49, 8, True, **options)


@register(regnet, PAPER, params=4_344_144, macs=401_842_848)
def regnet_y_400mf(**options):
    """RegNetY-400MF."""
    return regnet(16, 48, 27.89, 2.09, 8, True, **options)


@register(regnet, PAPER, params=6_055_160, macs=601_220_992)
def regnet_y_600mf(**options):
    """RegNetY-600MF."""
    return regnet(15, 48, 32.54, 2.32, 16, True, **options)


@register(regnet, PAPER, params=6_263_168, macs=797_176_832)
def regnet_y_800mf(**options):
    """RegNetY-800MF."""
    return regnet(14, 56, 38.84, 2.4, 16, True, **options)


@register(
    regnet, PAPER, params=6_432_512, macs=833_856_256, departures=TORCHVISION
)
def regnet_y_800mf_tv(**options):
    """RegNetY-800MF with torchvision's widths."""
    return regnet(
        14, 56, 38.84, 2.4, 16, squeeze=True, fit=round_channels, **options
    )


@register(regnet, PAPER, params=11_202_430, macs=1_612_076_160)
def regnet_y_1_6gf(**options):
    """RegNetY-1.6GF."""
    return regnet(27, 48, 20.71, 2.65, 24, True, **options)


@register(regnet, PAPER, params=19_436_338, macs=3_176_482_752)
def regnet_y_3_2gf(**options):
    """RegNetY-3.2GF."""
    return regnet(21, 80, 42.63, 2.66, 24, True, **options)


@register(regnet, PAPER, params=20_646_656, macs=3_973_288_448)
def regnet_y_4gf(**options):
    """RegNetY-4GF."""
    return regnet(22, 96, 31.41, 2.24, 64, True, **options)


@register(regnet, PAPER, params=30_583_252, macs=6_355_204_992)
def regnet_y_6_4gf(**options):
    """RegNetY-6.4GF."""
    return regnet(25, 112, 33.22, 2.27, 72, True, **options)


@register(regnet, PAPER, params=39_180_068, macs=7_963_057_312)
def regnet_y_8gf(**options):
    """RegNetY-8GF."""
    return regnet(17, 192, 76.82, 2.19, 56, True, **options)


@register(
    regnet, PAPER, params=39_381_472, macs=8_473_070_592, departures=TORCHVISION
)
def regnet_y_8gf_tv(**options):
    """RegNetY-8GF with torchvision's widths."""
    return regnet(
        17, 192, 76.82, 2.19, 56, squeeze=True, fit=round_channels, **options
    )


@register(regnet, PAPER, params=51_822_544, macs=12_092_376_576)
def regnet_y_12gf(**options):
    """RegNetY-12GF."""
    return regnet(19, 168, 73.36, 2.37, 112, True, **options)


@register(regnet, PAPER, params=83_590_140, macs=15_911_510_272)
def regnet_y_16gf(**options):
    """RegNetY-16GF."""
    return regnet(18, 200, 106.23, 2.48, 112, True, **options)


@register(regnet, PAPER, params=145_046_770, macs=32_279_552_832)
def regnet_y_32gf(**options):
    """RegNetY-32GF."""
    return regnet(20, 232, 115.89, 2.53, 232, True, **options)


@register(regnet, PAPER, params=281_378_786, macs=64_069_959_616)
def regnet_y_64gf(**options):
    """RegNetY-64GF."""
    return regnet(20, 352, 147.48, 2.4, 328, True, **options)


@register(regnet, PAPER, params=644_812_894, macs=127_517_815_680)
def regnet_y_128gf(**options):
    """RegNetY-128GF."""
    return regnet(27, 456, 160.83, 2.52, 264, True, **options)


@register(regnet, PAPER, params=1_282_601_138, macs=254_384_814_734)
def regnet_y_256gf(**options):
    """RegNetY-256GF."""
    return regnet(27, 640, 230.83, 2.53, 373, True, **options)

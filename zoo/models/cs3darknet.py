"""CS3DarkNets and CS3EdgeNets: cross stage partial networks of timm, 2022.

Cross stages of three convolutions, as YOLOv5 has them: half of a stage's maps
go through its blocks, the other half passes by, and one convolution joins
them. Blocks are DarkNet's, a 1x1 and a 3x3 convolution, or edge blocks, a 3x3
and a 1x1; both activate their last convolution. For l, (N, 256, 256, 3) ->
128x128x64 -> 64x64x128 -> 32x32x256 -> 16x16x512 -> 8x8x1024.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, register
from zoo.models.cspnet import PAPER

TIMM = (
    "Not of the paper: timm's networks of its idea, with one convolution "
    "before the split and one after the joining",
)
WIDTHS, DEPTHS = (128, 256, 512, 1024), (3, 6, 9, 3)
SCALES = {"s": (0.5, 0.5), "m": (0.75, 0.67), "l": (1, 1), "x": (1.25, 1.33)}


class Kind(NamedTuple):
    """Where the members differ beyond width and depth."""

    focus: bool = False  # one 6x6 convolution as stem, not two of 3x3
    edge: bool = False  # 3x3 to 1.5 times the width, 1x1 back
    squeeze: float = 0.0  # width of the gates' bottlenecks; 0: no gates


PLAIN = Kind()


def block(net, x, kind, name):
    """(N, H, W, C) -> the same."""
    width = x.shape[-1]
    inner, sizes = (width * 3 // 2, (3, 1)) if kind.edge else (width, (1, 3))
    y = net.conv_norm_act(x, inner, sizes[0], name=f"{name}_conv1")
    if kind.squeeze:
        filters = max(8, int(inner * kind.squeeze + 4) // 8 * 8)
        y = net.squeeze_excite(y, filters, name=f"{name}_se")
    y = net.conv_norm_act(y, width, sizes[1], name=f"{name}_conv2")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def cross_stage(net, x, kind, width, depth, name):
    """(N, H, W, C) -> (N, H/2, W/2, width)."""
    x = net.conv_norm_act(x, x.shape[-1], 3, 2, name=f"{name}_down_conv")
    x = net.conv_norm_act(x, width, 1, name=f"{name}_expand_conv")
    half = width // 2
    passed = layers.ChannelSlice(half, width, name=f"{name}_passed")(x)
    x = layers.ChannelSlice(0, half, name=f"{name}_changed")(x)
    for i in range(1, depth + 1):
        x = block(net, x, kind, f"{name}_block{i}")
    x = keras.layers.Concatenate(name=f"{name}_concat")([x, passed])
    return net.conv_norm_act(x, width, 1, name=f"{name}_join_conv")


def cs3_net(size, kind=PLAIN, *, stem="imagenet", **options):
    """Stem, four cross stages, global average pool, linear classifier."""
    net = Network(
        stem=stem, min_size=(32, 16), paper_activation="silu", **options
    )
    wider, deeper = SCALES[size]
    first, second = (int(width * wider) for width in (32, 64))
    strides = net.stem_strides
    if kind.focus:
        kernel, padding = (3, 1) if net.small else (6, 2)
        x = net.conv_norm_act(
            net.image, second, kernel, strides, padding=padding,
            name="stem_conv1",
        )  # fmt: skip
    else:
        x = net.conv_norm_act(net.image, first, 3, strides, name="stem_conv1")
        x = net.conv_norm_act(x, second, 3, name="stem_conv2")
    for stage, (width, depth) in enumerate(zip(WIDTHS, DEPTHS, strict=True), 1):
        x = cross_stage(
            net, x, kind, int(width * wider), int(depth * deeper),
            f"stage{stage}",
        )  # fmt: skip
    return net.model(x)


def _register(params, macs):
    return register(
        cs3_net, PAPER, params=params, macs=macs, input_shape=(256, 256, 3),
        departures=TIMM,
    )  # fmt: skip


@_register(3_276_344, 712_232_960)
def cs3darknet_s(**options):
    """CS3DarkNet-S."""
    return cs3_net("s", **options)


@_register(9_310_240, 2_068_690_944)
def cs3darknet_m(**options):
    """CS3DarkNet-M."""
    return cs3_net("m", **options)


@_register(21_164_168, 4_847_017_984)
def cs3darknet_l(**options):
    """CS3DarkNet-L."""
    return cs3_net("l", **options)


@_register(35_046_320, 8_355_153_920)
def cs3darknet_x(**options):
    """CS3DarkNet-X."""
    return cs3_net("x", **options)


@_register(3_274_728, 686_280_704)
def cs3darknet_focus_s(**options):
    """CS3DarkNet-Focus-S: a 6x6 convolution as stem."""
    return cs3_net("s", Kind(focus=True), **options)


@_register(9_304_360, 1_973_139_456)
def cs3darknet_focus_m(**options):
    """CS3DarkNet-Focus-M: a 6x6 convolution as stem."""
    return cs3_net("m", Kind(focus=True), **options)


@_register(21_151_720, 4_644_118_528)
def cs3darknet_focus_l(**options):
    """CS3DarkNet-Focus-L: a 6x6 convolution as stem."""
    return cs3_net("l", Kind(focus=True), **options)


@_register(35_025_000, 8_007_157_760)
def cs3darknet_focus_x(**options):
    """CS3DarkNet-Focus-X: a 6x6 convolution as stem."""
    return cs3_net("x", Kind(focus=True), **options)


@_register(21_913_592, 4_847_761_408)
def cs3sedarknet_l(**options):
    """CS3SEDarkNet-L: squeeze-and-excitation."""
    return cs3_net("l", Kind(squeeze=1 / 4), **options)


@_register(35_397_904, 8_355_498_240)
def cs3sedarknet_x(**options):
    """CS3SEDarkNet-X: squeeze-and-excitation."""
    return cs3_net("x", Kind(squeeze=1 / 16), **options)


@_register(47_821_120, 11_500_881_920)
def cs3edgenet_x(**options):
    """CS3EdgeNet-X: edge blocks."""
    return cs3_net("x", Kind(edge=True), **options)


@_register(50_721_584, 11_503_769_600)
def cs3se_edgenet_x(**options):
    """CS3SE-EdgeNet-X: edge blocks, squeeze-and-excitation."""
    return cs3_net("x", Kind(edge=True, squeeze=1 / 4), **options)

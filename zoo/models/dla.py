"""Deep layer aggregation: Yu et al. 2018, Table 1 and section 3.

A stage is a tree: its leaves are residual blocks, its nodes (roots) join what
is below them by 1x1 convolutions, and hand it to the next node too. For
DLA-34, (N, 224, 224, 3) -> 112x112x32 -> 56x56x64 -> 28x28x128 -> 14x14x256
-> 7x7x512.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.resnet import add

PAPER = Paper(
    "Deep Layer Aggregation", "https://arxiv.org/abs/1707.06484", 2018
)
COMPACT = (16, 32, 64, 64, 128, 256)
WIDE = (16, 32, 128, 256, 512, 1024)


def basic_block(net, x, shortcut, width, strides, name):
    """Two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    y = net.conv_norm_act(x, width, 3, strides, name=f"{name}_conv1")
    y = net.conv_norm(y, width, 3, name=f"{name}_conv2")
    return add(net, shortcut, y, name)


def bottleneck_block(
    net, x, shortcut, width, strides, name, *, groups=1, group_width=64
):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    inner = width * group_width // 64 * groups // 2
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, inner, 3, strides, groups=groups, name=f"{name}_conv2"
    )
    y = net.conv_norm(y, width, 1, name=f"{name}_conv3")
    return add(net, shortcut, y, name)


def tree(net, x, block, width, levels, strides, name, root, children=()):
    """2^levels blocks: (N, H, W, C) -> (N, H/s, W/s, width).

    Args:
        root: Function that joins maps: (net, maps, width, name) -> map.
        children: Maps from higher up that the last root joins too.
    """
    if levels > 1:
        first = tree(
            net, x, block, width, levels - 1, strides, f"{name}_tree1", root
        )
        return tree(
            net, first, block, width, levels - 1, 1, f"{name}_tree2", root,
            [*children, first],
        )  # fmt: skip
    shortcut = halved(x, strides, name)
    if shortcut.shape[-1] != width:
        shortcut = net.conv_norm(shortcut, width, 1, name=f"{name}_proj_conv")
    first = block(net, x, shortcut, width, strides, f"{name}_tree1")
    second = block(net, first, first, width, 1, f"{name}_tree2")
    return root(net, [second, first, *children], width, f"{name}_root")


def halved(x, strides, name):
    """The greatest of each 2x2 pixels; odd sizes round up, as strides do."""
    if strides == 1:
        return x
    return layers.MaxPool2D(strides, ceil_mode=True, name=f"{name}_pool")(x)


def join(net, maps, width, name, *, residual=False):
    """Concatenation and 1x1 convolution, plus the first map if residual."""
    x = keras.layers.Concatenate(name=f"{name}_concat")(maps)
    x = net.conv_norm(x, width, 1, name=f"{name}_conv")
    if residual:
        return add(net, maps[0], x, name)
    return net.act(x, name=f"{name}_act")


def dla(block, levels, widths, residual=False, *, stem="imagenet", **options):
    """Three convolutions, four trees, global average pool, linear layer."""
    net = Network(stem=stem, **options)
    strides = net.stem_strides
    size = 3 if net.small else 7
    x = net.conv_norm_act(net.image, widths[0], size, name="stem_conv1")
    x = net.conv_norm_act(x, widths[0], 3, name="stem_conv2")
    x = net.conv_norm_act(x, widths[1], 3, strides, name="stem_conv3")
    root = partial(join, residual=residual)
    for level, (depth, width) in enumerate(
        zip(levels, widths[2:], strict=True), 2
    ):
        name, s = f"level{level}", strides if level == 2 else 2
        children = [halved(x, s, f"{name}_in")] if level > 2 else []
        x = tree(net, x, block, width, depth, s, name, root, children)
    return net.model(x)


aggregated = partial(bottleneck_block, groups=32, group_width=4)


def _register(params, macs):
    return register(dla, PAPER, params=params, macs=macs)


@_register(15_742_104, 3_060_043_776)
def dla34(**options):
    """DLA-34: basic blocks."""
    return dla(
        basic_block, (1, 2, 2, 1), (16, 32, 64, 128, 256, 512), **options
    )


@_register(1_301_400, 574_269_440)
def dla46_c(**options):
    """DLA-46-C: compact bottlenecks."""
    return dla(bottleneck_block, (1, 2, 2, 1), COMPACT, **options)


@_register(1_068_440, 532_723_712)
def dla46x_c(**options):
    """DLA-X-46-C: compact bottlenecks of 32 groups."""
    return dla(aggregated, (1, 2, 2, 1), COMPACT, **options)


@_register(1_319_832, 581_294_080)
def dla60x_c(**options):
    """DLA-X-60-C: compact bottlenecks of 32 groups."""
    return dla(aggregated, (1, 2, 3, 1), COMPACT, **options)


@_register(22_036_632, 4_235_878_400)
def dla60(**options):
    """DLA-60: bottlenecks."""
    return dla(bottleneck_block, (1, 2, 3, 1), WIDE, **options)


@_register(17_352_344, 3_516_555_264)
def dla60x(**options):
    """DLA-X-60: bottlenecks of 32 groups."""
    return dla(aggregated, (1, 2, 3, 1), WIDE, **options)


@_register(33_268_888, 7_164_551_168)
def dla102(**options):
    """DLA-102: bottlenecks, residual roots."""
    return dla(bottleneck_block, (1, 3, 4, 1), WIDE, True, **options)


@_register(26_309_272, 5_847_932_928)
def dla102x(**options):
    """DLA-X-102: bottlenecks of 32 groups, residual roots."""
    return dla(aggregated, (1, 3, 4, 1), WIDE, True, **options)


@_register(41_282_200, 9_283_985_408)
def dla102x2(**options):
    """DLA-X-102 64: bottlenecks of 64 groups, residual roots."""
    block = partial(bottleneck_block, groups=64, group_width=4)
    return dla(block, (1, 3, 4, 1), WIDE, True, **options)


@_register(53_389_720, 11_557_560_320)
def dla169(**options):
    """DLA-169: bottlenecks, residual roots."""
    return dla(bottleneck_block, (2, 3, 5, 1), WIDE, True, **options)

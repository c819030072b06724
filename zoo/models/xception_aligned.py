"""Xception of DeepLab: Chen et al. 2018, Figure 4.

Xception's blocks with three separable convolutions each, the last of which
strides where the 2016 network pools, and more of them. (N, 299, 299, 3) -> stem
150x150x64 -> 75x75x128 -> 38x38x256 -> 19x19x728 -> 10x10x2048. In the `p`
networks of timm normalizer and activation come before each separable
convolution.
"""

from typing import Any

import keras

from zoo.models import Network, Paper, register
from zoo.models._inception import BATCH_NORM

PAPER = Paper(
    "Encoder-Decoder with Atrous Separable Convolution for Semantic Image "
    "Segmentation",
    "https://arxiv.org/abs/1802.02611",
    2018,
)
PRE = ("Normalizer and activation before the convolutions, as timm has it",)

SHAPE = (299, 299, 3)
LAST = (1536, 1536, 2048)
ENTRY = ((128, 2), (256, 2), (728, 2))
ENTRY_71 = ((128, 2), (256, 1), (256, 2), (728, 1), (728, 2))


def separable(net, x, filters, strides, name, *, inner_act=False):
    """Depthwise 3x3, norm, 1x1, norm: (N, H, W, C) -> (N, H/s, W/s, filters).

    Args:
        inner_act: Whether an activation follows either normalizer.
    """
    make = net.conv_norm_act if inner_act else net.conv_norm
    channels = x.shape[-1]
    x = make(x, channels, 3, strides, groups=channels, name=f"{name}_dw_conv")
    return make(x, filters, 1, name=f"{name}_pw_conv")


def block(net, x, widths, strides, name):
    """Three times activation and separable convolution, and a shortcut."""
    y = x
    for i, filters in enumerate(widths, 1):
        y = net.act(y, name=f"{name}_act{i}")
        step = strides if i == 3 else 1
        y = separable(net, y, filters, step, f"{name}_separable{i}")
    if strides > 1 or x.shape[-1] != widths[-1]:
        x = net.conv_norm(x, widths[-1], 1, strides, name=f"{name}_proj_conv")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def pre_block(net, x, widths, strides, name):
    """The same, normalizers and activations before the convolutions."""
    x = net.norm(x, name=f"{name}_norm1")
    x = y = net.act(x, name=f"{name}_act1")
    for i, filters in enumerate(widths, 1):
        if i > 1:
            y = net.act(
                net.norm(y, name=f"{name}_norm{i}"), name=f"{name}_act{i}"
            )
        channels = y.shape[-1]
        y = net.conv(
            y, channels, 3, strides if i == 3 else 1, groups=channels,
            name=f"{name}_separable{i}_dw_conv",
        )  # fmt: skip
        y = net.conv(y, filters, 1, name=f"{name}_separable{i}_pw_conv")
    return x, y


def xception_aligned(entry, middle, *, stem="imagenet", **options):
    """Two convolutions, blocks, three separable convolutions, classifier."""
    net = Network(stem=stem, paper_norm=BATCH_NORM, **options)
    x = net.conv_norm_act(net.image, 32, 3, net.stem_strides, name="stem_conv1")
    x = net.conv_norm_act(x, 64, 3, name="stem_conv2")
    for i, (widths, strides) in enumerate(blocks(entry, middle), 1):
        x = block(net, x, widths, strides, f"block{i}")
    for i, filters in enumerate(LAST, 1):
        x = separable(net, x, filters, 1, f"last_separable{i}", inner_act=True)
    return net.model(x)


def xception_pre(
    entry, middle, paper_norm: Any = BATCH_NORM, *, stem="imagenet", **options
):
    """Two convolutions, blocks, the last without a shortcut, classifier."""
    net = Network(stem=stem, paper_norm=paper_norm, **options)
    x = net.conv_norm_act(net.image, 32, 3, net.stem_strides, name="stem_conv1")
    x = net.conv(x, 64, 3, name="stem_conv2")
    for i, (widths, strides) in enumerate(blocks(entry, middle), 1):
        name = f"block{i}"
        x, y = pre_block(net, x, widths, strides, name)
        if strides > 1 or x.shape[-1] != widths[-1]:
            x = net.conv(x, widths[-1], 1, strides, name=f"{name}_proj_conv")
        x = keras.layers.Add(name=f"{name}_add")([x, y])
    _, x = pre_block(net, x, LAST, 1, "last")
    return net.model(net.act(x, name="last_act"))


def blocks(entry, middle):
    """(widths, stride) of every block with a shortcut."""
    for width, strides in (*entry, *middle * [(728, 1)]):
        yield 3 * (width,), strides
    yield (728, 1024, 1024), 2


@register(
    xception_aligned,
    PAPER,
    params=26_969_560,
    macs=9_204_134_312,
    input_shape=SHAPE,
)
def xception41(**options):
    """Xception-41."""
    return xception_aligned(ENTRY, 8, **options)


@register(
    xception_aligned,
    PAPER,
    params=39_916_312,
    macs=13_852_682_216,
    input_shape=SHAPE,
)
def xception65(**options):
    """Xception-65, DeepLab v3+'s."""
    return xception_aligned(ENTRY, 16, **options)


@register(
    xception_aligned,
    PAPER,
    params=42_338_736,
    macs=17_946_553_928,
    input_shape=SHAPE,
)
def xception71(**options):
    """Xception-71."""
    return xception_aligned(ENTRY_71, 16, **options)


@register(
    xception_pre,
    PAPER,
    params=26_907_752,
    macs=9_204_134_312,
    input_shape=SHAPE,
    departures=PRE,
)
def xception41p(**options):
    """Xception-41 with pre-activation, of timm."""
    return xception_pre(ENTRY, 8, "batch_norm", **options)


@register(
    xception_pre,
    PAPER,
    params=39_819_560,
    macs=13_852_682_216,
    input_shape=SHAPE,
    departures=PRE,
)
def xception65p(**options):
    """Xception-65 with pre-activation, of timm."""
    return xception_pre(ENTRY, 16, **options)

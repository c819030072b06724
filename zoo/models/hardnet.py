"""Harmonic DenseNets: Chao et al. 2019, section 3; tables of the authors' code.

Layer k of a block reads layer k - 2^n for every power that divides k, and is
wider by a factor for each; a block returns its odd layers and its last. For
HarDNet-68, (N, 224, 224, 3) -> 56x56x64 -> 56x56x128 -> 28x28x256 -> 28x28x320
-> 14x14x640 -> 7x7x1024.
"""

from typing import NamedTuple

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "HarDNet: A Low Memory Traffic Network",
    "https://arxiv.org/abs/1909.00948",
    2019,
)


class Table(NamedTuple):
    """The authors' table of a member."""

    stem: tuple[int, int]
    widths: tuple[int, ...]  # after each block
    growths: tuple[int, ...]
    depths: tuple[int, ...]
    pooled: tuple[int, ...]  # numbers of the blocks before a halving
    factor: float = 1.7  # of the growth, for each further link
    inner_dropout: float = 0.0  # before the last 1x1 convolution


TABLES = {
    39: Table(
        (24, 48), (96, 320, 640, 1024), (16, 20, 64, 160), (4, 16, 8, 4),
        (1, 2, 3), 1.6,
    ),
    68: Table(
        (32, 64), (128, 256, 320, 640, 1024), (14, 16, 20, 40, 160),
        (8, 16, 16, 16, 4), (1, 3, 4),
    ),
    85: Table(
        (48, 96), (192, 256, 320, 480, 720, 1280), (24, 24, 28, 36, 48, 256),
        (8, 16, 16, 16, 16, 4), (1, 3, 5), inner_dropout=0.1,
    ),
}  # fmt: skip


def links(layer):
    """The layers that a layer reads, the nearest first; 0 is the input."""
    powers = (2**n for n in range(layer.bit_length()))
    return [layer - power for power in powers if layer % power == 0]


def width_of(layer, growth, factor):
    """growth · factor^(links - 1), to the nearest even number."""
    width = growth
    for _ in range(len(links(layer)) - 1):
        width *= factor
    return int(int(width + 1) / 2) * 2


def block(net, x, growth, factor, depth, name, depthwise):
    """(N, H, W, C) -> (N, H, W, C')."""
    outputs = [x]
    for layer in range(1, depth + 1):
        own = f"{name}_layer{layer}"
        maps = [outputs[i] for i in links(layer)]
        x = concat(maps, f"{own}_concat")
        width = width_of(layer, growth, factor)
        if depthwise:
            x = net.conv_norm_act(x, width, 1, name=f"{own}_conv1")
            x = net.conv_norm(x, width, 3, groups=width, name=f"{own}_conv2")
        else:
            x = net.conv_norm_act(x, width, 3, name=f"{own}_conv")
        outputs.append(x)
    last = [] if depth % 2 else outputs[-1:]
    return concat([*outputs[1::2], *last], f"{name}_concat")


def concat(maps, name):
    if len(maps) == 1:
        return maps[0]
    return keras.layers.Concatenate(name=name)(maps)


def halved(net, x, pool, depthwise, name):
    """Max pooling, or a depthwise convolution of stride 2."""
    if depthwise:
        width = x.shape[-1]
        return net.conv_norm(
            x, width, 3, 2, groups=width, name=f"{name}_down_conv"
        )
    return pool(name=f"{name}_pool")(x)


def stem_pool(name):
    return layers.MaxPool2D(3, 2, padding=1, name=name)


def pool(name):
    return keras.layers.MaxPooling2D(2, name=name)


def hardnet(
    table, default_dropout_rate, depthwise=False, *, stem="imagenet",
    dropout_rate=None, **options,
):  # fmt: skip
    """Two convolutions, harmonic blocks, global average pool, linear layer.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
            None: the authors'.
    """
    net = Network(stem=stem, paper_activation="relu6", **options)
    first, second = table.stem
    x = net.conv_norm_act(
        net.image, first, 3, net.stem_strides, name="stem_conv1"
    )
    size = 1 if depthwise else 3
    x = net.conv_norm_act(x, second, size, name="stem_conv2")
    if not net.small:
        x = halved(net, x, stem_pool, depthwise, "stem")
    for stage, (width, growth, depth) in enumerate(
        zip(table.widths, table.growths, table.depths, strict=True), 1
    ):
        name = f"stage{stage}"
        x = block(net, x, growth, table.factor, depth, name, depthwise)
        if stage == len(table.widths) and table.inner_dropout:
            x = keras.layers.Dropout(
                table.inner_dropout, name=f"{name}_dropout"
            )(x)
        x = net.conv_norm_act(x, width, 1, name=f"{name}_conv")
        if stage in table.pooled:
            x = halved(net, x, pool, depthwise, name)
    rate = default_dropout_rate if dropout_rate is None else dropout_rate
    return net.model(x, dropout_rate=rate)


@register(hardnet, PAPER, params=3_488_228, macs=429_471_474)
def hardnet39ds(**options):
    """HarDNet-39DS: depthwise separable convolutions."""
    return hardnet(TABLES[39], 0.05, depthwise=True, **options)


@register(hardnet, PAPER, params=4_180_602, macs=775_281_526)
def hardnet68ds(**options):
    """HarDNet-68DS: depthwise separable convolutions."""
    return hardnet(TABLES[68], 0.05, depthwise=True, **options)


@register(hardnet, PAPER, params=17_565_348, macs=4_246_114_304)
def hardnet68(**options):
    """HarDNet-68."""
    return hardnet(TABLES[68], 0.1, **options)


@register(hardnet, PAPER, params=36_670_212, macs=9_074_081_584)
def hardnet85(**options):
    """HarDNet-85."""
    return hardnet(TABLES[85], 0.2, **options)

"""Pyramidal residual networks for CIFAR: Han et al. 2016, section 2.

Every block is wider than the one before it by alpha / blocks; its input is
normalized, not activated, and its output normalized once more before the
addition. Shortcuts have no parameters: 2x2 means where the size changes, and
maps of zeros. For 110 layers and alpha = 48, (N, 32, 32, 3) -> 32x32x16 ->
32x32x32 -> 16x16x48 -> 8x8x64.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "Deep Pyramidal Residual Networks", "https://arxiv.org/abs/1610.02915", 2016
)


def basic_block(net, x, width, strides, name):
    """Two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    y = net.norm(x, name=f"{name}_norm0")
    y = net.conv_norm_act(y, width, 3, strides, name=f"{name}_conv1")
    return add(x, net.conv_norm(y, width, 3, name=f"{name}_conv2"), name)


def bottleneck_block(net, x, width, strides, name):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    y = net.norm(x, name=f"{name}_norm0")
    y = net.conv_norm_act(y, width, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(y, width, 3, strides, name=f"{name}_conv2")
    return add(x, net.conv_norm(y, 4 * width, 1, name=f"{name}_conv3"), name)


def add(x, y, name):
    """x + y, with x brought to the shape of y."""
    if x.shape[1:3] != y.shape[1:3]:
        x = layers.AvgPool2D(2, ceil_mode=True, name=f"{name}_shortcut_pool")(x)
    if x.shape[-1] != y.shape[-1]:
        x = layers.ZeroPadShortcut(y.shape[-1], name=f"{name}_shortcut")(x)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def pyramidnet(depth, alpha, block=basic_block, **options):
    """3x3 convolution, three stages, global average pool, linear layer.

    Args:
        depth: Layers in all: 6n + 2, or 9n + 2 of bottlenecks.
        alpha: How many filters the last block has more than the first layer.
    """
    net = Network(min_size=4, **options)
    x = net.conv_norm(net.image, 16, 3, name="stem_conv")
    blocks = (depth - 2) // (6 if block is basic_block else 9)
    width = 16.0
    for stage in range(1, 4):
        for i in range(1, blocks + 1):
            width += alpha / (3 * blocks)
            strides = 2 if stage > 1 and i == 1 else 1
            x = block(net, x, round(width), strides, f"stage{stage}_block{i}")
    x = net.act(net.norm(x, name="last_norm"), name="last_act")
    return net.model(x)


def _register(params, macs):
    return register(
        pyramidnet, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10,
    )  # fmt: skip


@_register(1_772_706, 403_813_504)
def pyramidnet110_a48(**options):
    """PyramidNet-110, alpha 48 (1.7 M in the paper)."""
    return pyramidnet(110, 48, **options)


@_register(3_904_446, 772_168_168)
def pyramidnet110_a84(**options):
    """PyramidNet-110, alpha 84 (3.8 M in the paper)."""
    return pyramidnet(110, 84, **options)


@_register(28_485_477, 4_717_983_724)
def pyramidnet110_a270(**options):
    """PyramidNet-110, alpha 270 (28.3 M in the paper)."""
    return pyramidnet(110, 270, **options)


@_register(27_216_021, 4_569_837_040)
def pyramidnet164_a270(**options):
    """PyramidNet-164 of bottlenecks, alpha 270 (27.0 M in the paper)."""
    return pyramidnet(164, 270, bottleneck_block, **options)


@_register(26_752_702, 4_519_606_016)
def pyramidnet200_a240(**options):
    """PyramidNet-200 of bottlenecks, alpha 240 (26.6 M in the paper)."""
    return pyramidnet(200, 240, bottleneck_block, **options)


@_register(26_210_842, 4_488_778_176)
def pyramidnet272_a200(**options):
    """PyramidNet-272 of bottlenecks, alpha 200 (26.0 M in the paper)."""
    return pyramidnet(272, 200, bottleneck_block, **options)

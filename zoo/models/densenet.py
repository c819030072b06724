"""Densely connected networks: Huang et al. 2016, Table 1 and section 3.

Each layer of a dense block reads the concatenation of all maps before it and
adds `growth` maps. Transitions halve maps and size: for DenseNet-121, stem
(N, 224, 224, 3) -> (N, 56, 56, 64) -> 56x56x256 -> 28x28x512 -> 14x14x1024
-> 7x7x1024. All are DenseNet-BC: bottlenecks of 4 growth, compression by half.
"""

import keras

from zoo.models import Network, Paper, register
from zoo.models._stem import stem_layers

PAPER = Paper(
    "Densely Connected Convolutional Networks",
    "https://arxiv.org/abs/1608.06993",
    2016,
)


def dense_layer(net, x, growth, name, dropout_rate=0.0):
    """1x1 and 3x3 convolutions: (N, H, W, C) -> (N, H, W, C + growth)."""
    y = net.norm_act_conv(x, 4 * growth, 1, name=f"{name}_conv1")
    y = dropout(y, dropout_rate, f"{name}_dropout1")
    y = net.norm_act_conv(y, growth, 3, name=f"{name}_conv2")
    y = dropout(y, dropout_rate, f"{name}_dropout2")
    return keras.layers.Concatenate(name=f"{name}_concat")([x, y])


def transition(net, x, name, dropout_rate=0.0):
    """(N, H, W, C) -> (N, H/2, W/2, C/2)."""
    x = net.norm_act_conv(x, x.shape[-1] // 2, 1, name=f"{name}_conv")
    x = dropout(x, dropout_rate, f"{name}_dropout")
    return keras.layers.AveragePooling2D(2, name=f"{name}_pool")(x)


def dropout(x, rate, name):
    return keras.layers.Dropout(rate, name=name)(x) if rate else x


def dense_stages(net, x, growth, depths, dropout_rate=0.0):
    """Dense blocks, a transition after each but the last; norm and act."""
    for stage, depth in enumerate(depths, 1):
        for i in range(1, depth + 1):
            name = f"stage{stage}_block{i}"
            x = dense_layer(net, x, growth, name, dropout_rate)
        if stage < len(depths):
            x = transition(net, x, f"transition{stage}", dropout_rate)
    return net.act(net.norm(x, name="last_norm"), name="last_act")


def densenet(growth, depths, *, stem="imagenet", **options):
    """Stem, four dense blocks, global average pool, linear classifier."""
    net = Network(stem=stem, min_size=(29, 8), **options)
    x = stem_layers(net, 2 * growth)
    return net.model(dense_stages(net, x, growth, depths))


def densenet_cifar(depth, growth, *, dropout_rate=0.0, **options):
    """3x3 convolution, three dense blocks: `depth` = 6n + 4 layers.

    Args:
        dropout_rate: Rate of the dropout after every convolution but the first;
            the paper's is 0.2 where it trains without augmentation.
    """
    net = Network(min_size=4, **options)
    x = net.conv(net.image, 2 * growth, 3, name="stem_conv")
    depths = 3 * [(depth - 4) // 6]
    return net.model(dense_stages(net, x, growth, depths, dropout_rate))


@register(densenet, PAPER, params=7_978_856, macs=2_834_161_664)
def densenet121(**options):
    """DenseNet-121 of Table 1."""
    return densenet(32, (6, 12, 24, 16), **options)


@register(densenet, PAPER, params=28_681_000, macs=7_727_907_072)
def densenet161(**options):
    """DenseNet-161, growth 48, of the first version's Table 1."""
    return densenet(48, (6, 12, 36, 24), **options)


@register(densenet, PAPER, params=14_149_480, macs=3_359_843_328)
def densenet169(**options):
    """DenseNet-169 of Table 1."""
    return densenet(32, (6, 12, 32, 32), **options)


@register(densenet, PAPER, params=20_013_928, macs=4_291_365_888)
def densenet201(**options):
    """DenseNet-201 of Table 1."""
    return densenet(32, (6, 12, 48, 32), **options)


def _register_cifar(params, macs):
    return register(
        densenet_cifar, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10,
    )  # fmt: skip


@_register_cifar(769_162, 287_929_692)
def densenet_bc100_12(**options):
    """DenseNet-BC for CIFAR, 100 layers, growth 12 (0.8 M in Table 2)."""
    return densenet_cifar(100, 12, **options)


@_register_cifar(15_324_406, 5_418_785_724)
def densenet_bc250_24(**options):
    """DenseNet-BC for CIFAR, 250 layers, growth 24 (15.3 M in Table 2)."""
    return densenet_cifar(250, 24, **options)


@_register_cifar(25_624_430, 9_301_945_740)
def densenet_bc190_40(**options):
    """DenseNet-BC for CIFAR, 190 layers, growth 40 (25.6 M in Table 2)."""
    return densenet_cifar(190, 40, **options)

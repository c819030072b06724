"""Residual networks of stochastic depth: Huang et al. 2016.

ResNets that drop whole blocks in training, sample by sample, later ones more
often: the l-th of L with probability `drop_rate` l / L.
"""

from functools import partial

import keras

from zoo import layers
from zoo.layers import linear_decay
from zoo.models import Network, Paper, register
from zoo.models._stem import stem_layers
from zoo.models.resnet import WIDTHS, bottleneck_block_v1_5, residual_stages
from zoo.models.resnet_cifar import WIDTHS as CIFAR_WIDTHS, block, zero_pad

PAPER = Paper(
    "Deep Networks with Stochastic Depth",
    "https://arxiv.org/abs/1603.09382",
    2016,
)
PER_SAMPLE = (
    "Drops blocks for each sample, not for the whole batch, and scales the "
    "rest in training in place of inference, as all later networks do",
)


def random_blocks(block, depths, drop_rate):
    """The block, with a rate that grows from one call to the next."""
    rates = iter(linear_decay(drop_rate, sum(depths)))

    def drop(net, y, name):
        return layers.StochasticDepth(next(rates), name=f"{name}_drop")(y)

    return partial(block, finish=drop)


def pooled_zero_pad(x, width, strides, name):
    """The authors' shortcut: average pooling, and maps of zeros."""
    if strides > 1:
        x = keras.layers.AveragePooling2D(
            strides, padding="same", name=f"{name}_shortcut_pool"
        )(x)
    return zero_pad(x, width, 1, name)


def stochastic_depth_cifar(depth, *, drop_rate=0.5, **options):
    """3x3 convolution, three stages: `depth` = 6n + 2 layers.

    Args:
        drop_rate: Probability that the last block is dropped, in [0, 1).
    """
    net = Network(min_size=4, **options)
    x = net.conv_norm_act(net.image, CIFAR_WIDTHS[0], 3, name="stem_conv")
    depths = 3 * [(depth - 2) // 6]
    pooled = partial(block, shortcut=pooled_zero_pad)
    dropping = random_blocks(pooled, depths, drop_rate)
    return net.model(residual_stages(net, x, dropping, CIFAR_WIDTHS, depths))


def stochastic_depth(depths, *, stem="imagenet", drop_rate=0.5, **options):
    """ResNet of bottlenecks.

    Args:
        drop_rate: Probability that the last block is dropped, in [0, 1).
    """
    net = Network(stem=stem, **options)
    x = stem_layers(net, 64)
    dropping = random_blocks(bottleneck_block_v1_5, depths, drop_rate)
    return net.model(residual_stages(net, x, dropping, WIDTHS, depths))


def _register_cifar(params, macs):
    return register(
        stochastic_depth_cifar, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10, departures=PER_SAMPLE,
    )  # fmt: skip


@_register_cifar(1_727_962, 252_887_680)
def resnet110_stochastic_depth(**options):
    """ResNet-110 of stochastic depth for CIFAR (1.7 M)."""
    return stochastic_depth_cifar(110, **options)


@_register_cifar(19_421_274, 2_829_238_912)
def resnet1202_stochastic_depth(**options):
    """ResNet-1202 of stochastic depth for CIFAR (19.4 M)."""
    return stochastic_depth_cifar(1202, **options)


@register(
    stochastic_depth,
    PAPER,
    params=60_192_808,
    macs=11_513_626_624,
    departures=PER_SAMPLE,
)
def resnet152_stochastic_depth(**options):
    """ResNet-152 of stochastic depth for ImageNet."""
    return stochastic_depth((3, 8, 36, 3), **options)

"""Wide residual networks: Zagoruyko & Komodakis 2016, Table 1 and section 3.3.

For CIFAR, pre-activation basic blocks `widen` times as wide as ResNet's:
(N, 32, 32, 3) -> 32x32x(16 k) -> 16x16x(32 k) -> 8x8x(64 k). For ImageNet,
ResNet's bottlenecks with inner convolutions twice as wide.
"""

from functools import partial

from zoo.models import Network, Paper, register
from zoo.models.resnet import bottleneck_block_v1_5, resnet
from zoo.models.resnet_v2 import basic_block_v2, last_activation, stages_v2

PAPER = Paper(
    "Wide Residual Networks", "https://arxiv.org/abs/1605.07146", 2016
)
STRIDE = (
    "Bottlenecks stride in the 3x3 convolution, as torchvision and the "
    "authors' pretrained models have it",
)


def wide_resnet_cifar(depth, widen, *, dropout_rate=0.0, **options):
    """3x3 convolution, three stages: `depth` = 6n + 4 layers.

    Args:
        dropout_rate: Rate of the dropout between a block's convolutions; the
            paper's is 0.3 for CIFAR and 0.4 for SVHN, where it uses dropout.
    """
    net = Network(min_size=4, **options)
    x = net.conv_norm_act(net.image, 16, 3, name="stem_conv")
    block = partial(basic_block_v2, dropout_rate=dropout_rate)
    widths = (16 * widen, 32 * widen, 64 * widen)
    x = stages_v2(net, x, block, widths, 3 * [(depth - 4) // 6])
    return net.model(last_activation(net, x))


def wide_resnet(depths, *, stem="imagenet", **options):
    """ResNet of bottlenecks that are twice as wide inside."""
    block = partial(bottleneck_block_v1_5, widen=2)
    return resnet(block, depths, stem=stem, **options)


def _register_cifar(params, macs):
    return register(
        wide_resnet_cifar, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10,
    )  # fmt: skip


@_register_cifar(2_748_890, 392_612_352)
def wide_resnet16_4(**options):
    """WRN-16-4 for CIFAR and SVHN."""
    return wide_resnet_cifar(16, 4, **options)


@_register_cifar(10_961_370, 1_548_145_664)
def wide_resnet16_8(**options):
    """WRN-16-8 for CIFAR and SVHN (11.0 M in Table 4)."""
    return wide_resnet_cifar(16, 8, **options)


@_register_cifar(36_479_194, 5_243_328_768)
def wide_resnet28_10(**options):
    """WRN-28-10 for CIFAR (36.5 M in Table 4)."""
    return wide_resnet_cifar(28, 10, **options)


@_register_cifar(8_949_210, 1_298_582_016)
def wide_resnet40_4(**options):
    """WRN-40-4 for CIFAR (8.9 M in Table 4)."""
    return wide_resnet_cifar(40, 4, **options)


@register(
    wide_resnet,
    PAPER,
    params=68_883_240,
    macs=11_398_021_120,
    departures=STRIDE,
)
def wide_resnet50_2(**options):
    """WRN-50-2-bottleneck for ImageNet (68.9 M in Table 8)."""
    return wide_resnet((3, 4, 6, 3), **options)


@register(
    wide_resnet,
    PAPER,
    params=126_886_696,
    macs=22_753_050_624,
    departures=STRIDE,
)
def wide_resnet101_2(**options):
    """ResNet-101 widened in the same way, as torchvision ships it."""
    return wide_resnet((3, 4, 23, 3), **options)

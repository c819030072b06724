"""BiT, Big Transfer: Kolesnikov et al. 2020, section 3.3.

Pre-activation ResNets, up to four times as wide, with group normalization, and
with weight standardization of their convolutions: no batch statistics, so they
train on batches of any size. Every stage's first shortcut is projected.
(N, 224, 224, 3) -> stem 56x56x64 -> 56x56 -> 28x28 -> 14x14 -> 7x7x2048.
"""

import keras

from zoo import layers
from zoo.models import Network, Norm, Paper, register
from zoo.models.resnet_v2 import bottleneck_block_v2, last_activation, stages_v2

PAPER = Paper(
    "Big Transfer (BiT): General Visual Representation Learning",
    "https://arxiv.org/abs/1912.11370",
    2019,
)
WIDTHS = (64, 128, 256, 512)  # filters of the 3x3 convolutions, by stage


def standardized(conv, name):
    """The convolution with filters of mean 0 and variance 1."""
    return layers.WeightStandardization(conv, epsilon=1e-8, name=name)


NORM = Norm(
    lambda channels: keras.layers.GroupNormalization(32, epsilon=1e-5),
    wrap=standardized,
    shifts=True,
)


def bit(depths, widen=1, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, paper_norm=NORM, **options)
    if net.small:
        x = net.conv(net.image, 64 * widen, 3, name="stem_conv")
    else:
        x = net.conv(net.image, 64 * widen, 7, 2, name="stem_conv")
        x = keras.layers.ZeroPadding2D(1, name="stem_pad")(x)
        x = layers.MaxPool2D(3, 2, name="stem_pool")(x)
    x = net.act(net.norm(x, name="stem_norm"), name="stem_act")
    widths = [width * widen for width in WIDTHS]
    x = stages_v2(net, x, bottleneck_block_v2, widths, depths)
    return net.model(last_activation(net, x))


@register(bit, PAPER, params=25_549_352, macs=4_089_184_256)
def resnet_v2_50x1_bit(**options):
    """BiT's ResNet-50x1."""
    return bit((3, 4, 6, 3), **options)


@register(bit, PAPER, params=217_319_080, macs=36_082_286_592)
def resnet_v2_50x3_bit(**options):
    """BiT's ResNet-50x3."""
    return bit((3, 4, 6, 3), 3, **options)


@register(bit, PAPER, params=44_541_480, macs=7_801_405_440)
def resnet_v2_101x1_bit(**options):
    """BiT's ResNet-101x1."""
    return bit((3, 4, 23, 3), **options)


@register(bit, PAPER, params=387_934_888, macs=69_492_277_248)
def resnet_v2_101x3_bit(**options):
    """BiT's ResNet-101x3."""
    return bit((3, 4, 23, 3), 3, **options)


@register(bit, PAPER, params=236_335_208, macs=45_814_382_592)
def resnet_v2_152x2_bit(**options):
    """BiT's ResNet-152x2."""
    return bit((3, 8, 36, 3), 2, **options)


@register(bit, PAPER, params=936_533_224, macs=182_777_282_560)
def resnet_v2_152x4_bit(**options):
    """BiT's ResNet-152x4."""
    return bit((3, 8, 36, 3), 4, **options)

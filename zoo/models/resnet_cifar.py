"""Residual networks for CIFAR-10: He et al. 2015, section 4.2.

A 3x3 convolution, three stages of n basic blocks with 16, 32 and 64 filters at
32x32, 16x16 and 8x8, global average pooling, one linear layer: 6n + 2 layers.
Shortcuts have no parameters (option A): where the shape changes, every second
pixel is taken and the missing channels are zeros. The `_b` builders project
there (option B), as many later implementations do.
"""

from zoo import layers
from zoo.models import Network, register
from zoo.models.resnet import PAPER, add, basic_block, residual_stages

WIDTHS = (16, 32, 64)
OPTION_B = (
    "Shortcuts are projections where the shape changes (option B), which the "
    "paper has on ImageNet only",
)


def zero_pad(x, width, strides, name):
    """The shortcut of every second pixel, with maps of zeros."""
    return layers.ZeroPadShortcut(width, strides, name=f"{name}_shortcut")(x)


def block(net, x, width, strides, name, *, shortcut=zero_pad, finish=None):
    """Two 3x3 convolutions: (N, H, W, C) -> (N, H/s, W/s, width)."""
    y = net.conv_norm_act(x, width, 3, strides, name=f"{name}_conv1")
    y = net.conv_norm(y, width, 3, name=f"{name}_conv2")
    if strides > 1 or x.shape[-1] != width:
        x = shortcut(x, width, strides, name)
    return add(net, x, y, name, finish)


def resnet_cifar(depth, block=block, **options):
    """The network of `depth` = 6n + 2 layers."""
    net = Network(min_size=4, **options)
    x = net.conv_norm_act(net.image, WIDTHS[0], 3, name="stem_conv")
    depths = 3 * [(depth - 2) // 6]
    x = residual_stages(net, x, block, WIDTHS, depths)
    return net.model(x)


def _register(params, macs, departures=()):
    return register(
        resnet_cifar, PAPER, params=params, macs=macs,
        input_shape=(32, 32, 3), num_classes=10, departures=departures,
    )  # fmt: skip


@_register(269_722, 40_551_040)
def resnet20(**options):
    """ResNet-20 for CIFAR-10 (0.27 M in Table 6)."""
    return resnet_cifar(20, **options)


@_register(464_154, 68_862_592)
def resnet32(**options):
    """ResNet-32 for CIFAR-10 (0.46 M in Table 6)."""
    return resnet_cifar(32, **options)


@_register(658_586, 97_174_144)
def resnet44(**options):
    """ResNet-44 for CIFAR-10 (0.66 M in Table 6)."""
    return resnet_cifar(44, **options)


@_register(853_018, 125_485_696)
def resnet56(**options):
    """ResNet-56 for CIFAR-10 (0.85 M in Table 6)."""
    return resnet_cifar(56, **options)


@_register(1_727_962, 252_887_680)
def resnet110(**options):
    """ResNet-110 for CIFAR-10 (1.7 M in Table 6)."""
    return resnet_cifar(110, **options)


@_register(19_421_274, 2_829_238_912)
def resnet1202(**options):
    """ResNet-1202 for CIFAR-10 (19.4 M in Table 6)."""
    return resnet_cifar(1202, **options)


@_register(272_474, 40_813_184, OPTION_B)
def resnet20_b(**options):
    """ResNet-20 for CIFAR-10 with projections."""
    return resnet_cifar(20, basic_block, **options)


@_register(855_770, 125_747_840, OPTION_B)
def resnet56_b(**options):
    """ResNet-56 for CIFAR-10 with projections."""
    return resnet_cifar(56, basic_block, **options)


@_register(1_730_714, 253_149_824, OPTION_B)
def resnet110_b(**options):
    """ResNet-110 for CIFAR-10 with projections."""
    return resnet_cifar(110, basic_block, **options)


@_register(19_424_026, 2_829_501_056, OPTION_B)
def resnet1202_b(**options):
    """ResNet-1202 for CIFAR-10 with projections."""
    return resnet_cifar(1202, basic_block, **options)

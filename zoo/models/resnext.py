"""Aggregated residual transformations: Xie et al. 2016, Table 1.

ResNets whose 3x3 convolutions have `groups` groups of `group_width` filters at
the first stage, twice as many at each further one: form (c) of Figure 3.
Bottlenecks stride in the 3x3, as the authors' fb.resnet.torch code does.
"""

from functools import partial

from zoo.models import Network, Paper, register
from zoo.models.resnet import bottleneck_block_v1_5, residual_stages, resnet

PAPER = Paper(
    "Aggregated Residual Transformations for Deep Neural Networks",
    "https://arxiv.org/abs/1611.05431",
    2016,
)


def aggregated_block(groups, group_width):
    """The bottleneck block of `groups` x `group_width`d, such as 32x4d."""
    return partial(
        bottleneck_block_v1_5, widen=groups * group_width // 64, groups=groups
    )


def resnext(groups, group_width, depths, *, stem="imagenet", **options):
    """ResNet of aggregated bottlenecks."""
    block = aggregated_block(groups, group_width)
    return resnet(block, depths, stem=stem, **options)


def resnext_cifar(groups, group_width, depth, **options):
    """3x3 convolution, three stages: `depth` = 9n + 2 layers."""
    net = Network(min_size=4, **options)
    x = net.conv_norm_act(net.image, 64, 3, name="stem_conv")
    block = aggregated_block(groups, group_width)
    depths = 3 * [(depth - 2) // 9]
    return net.model(residual_stages(net, x, block, (64, 128, 256), depths))


@register(resnext, PAPER, params=25_028_904, macs=4_230_479_872)
def resnext50_32x4d(**options):
    """ResNeXt-50 (32x4d) of Table 1."""
    return resnext(32, 4, (3, 4, 6, 3), **options)


@register(resnext, PAPER, params=44_177_704, macs=7_969_996_800)
def resnext101_32x4d(**options):
    """ResNeXt-101 (32x4d) of Table 4."""
    return resnext(32, 4, (3, 4, 23, 3), **options)


@register(resnext, PAPER, params=88_791_336, macs=16_414_015_488)
def resnext101_32x8d(**options):
    """ResNeXt-101 (32x8d), of the code's pretrained models."""
    return resnext(32, 8, (3, 4, 23, 3), **options)


@register(resnext, PAPER, params=194_026_792, macs=36_163_289_088)
def resnext101_32x16d(**options):
    """ResNeXt-101 (32x16d), of its authors' later weights."""
    return resnext(32, 16, (3, 4, 23, 3), **options)


@register(resnext, PAPER, params=468_530_472, macs=87_106_781_184)
def resnext101_32x32d(**options):
    """ResNeXt-101 (32x32d), of its authors' later weights."""
    return resnext(32, 32, (3, 4, 23, 3), **options)


@register(resnext, PAPER, params=83_455_272, macs=15_460_270_080)
def resnext101_64x4d(**options):
    """ResNeXt-101 (64x4d) of Table 4."""
    return resnext(64, 4, (3, 4, 23, 3), **options)


@register(
    resnext_cifar, PAPER, params=34_426_698, macs=5_387_266_048,
    input_shape=(32, 32, 3), num_classes=10,
)  # fmt: skip
def resnext29_8x64d(**options):
    """ResNeXt-29 (8x64d) for CIFAR (34.4 M in Table 7)."""
    return resnext_cifar(8, 64, 29, **options)

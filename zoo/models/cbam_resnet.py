"""ResNets with channel and spatial attention: Woo et al. 2018.

Each block weighs the channels and then the places of its branch before the
addition. Bottlenecks stride in the 3x3, as the authors' PyTorch code does.
"""

from functools import partial

from zoo import layers
from zoo.models import Paper, register
from zoo.models.resnet import basic_block, bottleneck_block_v1_5, resnet

PAPER = Paper(
    "CBAM: Convolutional Block Attention Module",
    "https://arxiv.org/abs/1807.06521",
    2018,
)


def attend(net, y, name):
    """The module at the end of a branch."""
    norm = "batch_norm" if net.keeps_paper_norm else net.new_norm(1)
    activation = net.new_act(f"{name}_cbam_act")
    return layers.CBAM(activation=activation, norm=norm, name=f"{name}_cbam")(y)


BASIC = partial(basic_block, finish=attend)
BOTTLENECK = partial(bottleneck_block_v1_5, finish=attend)


def cbam_resnet(block, depths, *, stem="imagenet", **options):
    """ResNet of blocks that end in attention."""
    return resnet(block, depths, stem=stem, **options)


@register(cbam_resnet, PAPER, params=11_779_392, macs=1_815_063_764)
def cbam_resnet18(**options):
    """ResNet-18 + CBAM (11.78 M in Table 4)."""
    return cbam_resnet(BASIC, (2, 2, 2, 2), **options)


@register(cbam_resnet, PAPER, params=21_960_468, macs=3_665_434_742)
def cbam_resnet34(**options):
    """ResNet-34 + CBAM (21.96 M in Table 4)."""
    return cbam_resnet(BASIC, (3, 4, 6, 3), **options)


@register(cbam_resnet, PAPER, params=28_089_624, macs=4_095_573_110)
def cbam_resnet50(**options):
    """ResNet-50 + CBAM (28.09 M in Table 4)."""
    return cbam_resnet(BOTTLENECK, (3, 4, 6, 3), **options)


@register(cbam_resnet, PAPER, params=49_330_172, macs=7_812_577_278)
def cbam_resnet101(**options):
    """ResNet-101 + CBAM (49.33 M in Table 4)."""
    return cbam_resnet(BOTTLENECK, (3, 4, 23, 3), **options)

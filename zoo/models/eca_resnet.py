"""ECA-Net: Wang et al. 2020, Figure 2.

ResNets whose blocks scale the channels of their branch before the addition, by
gates that see a few neighbouring channels each. timm's, whose stem and
shortcuts are ResNet-D's. (N, 224, 224, 3) -> stem 56x56x64 -> 56x56 -> 28x28 ->
14x14 -> 7x7x2048.
"""

from functools import partial

from zoo import layers
from zoo.models import Paper, register
from zoo.models.resnet import bottleneck_block_v1_5, resnet
from zoo.models.resnet_d import STEM, STEM_T, resnet_d

PAPER = Paper(
    "ECA-Net: Efficient Channel Attention for Deep Convolutional Neural "
    "Networks",
    "https://arxiv.org/abs/1910.03151",
    2020,
)
D = ("ResNet-D's stem and shortcuts, as timm has it",)
T = ("ResNet-D's stem, of rising widths, and shortcuts, as timm has it",)
LIGHT = ("Its depths, and ResNet-D's shortcuts, are timm's",)


def attend(net, y, name):
    """Gates at the end of a branch."""
    return layers.EfficientChannelAttention(name=f"{name}_eca")(y)


BLOCK = partial(bottleneck_block_v1_5, finish=attend, avg_down=True)


def eca_resnet(depths, stem_widths=STEM, *, stem="imagenet", **options):
    """Three convolutions, four stages, global pool, linear classifier."""
    return resnet_d(BLOCK, depths, stem_widths, stem=stem, **options)


def eca_resnet_light(depths, *, stem="imagenet", **options):
    """ResNet's stem, four stages, global pool, linear classifier."""
    return resnet(BLOCK, depths, stem=stem, **options)


@register(
    eca_resnet, PAPER, params=16_011_916, macs=2_550_332_928, departures=T
)
def eca_resnet26t(**options):
    """ECA-ResNet-26-T."""
    return eca_resnet((2, 2, 2, 2), STEM_T, **options)


@register(
    eca_resnet, PAPER, params=25_576_350, macs=4_328_912_640, departures=D
)
def eca_resnet50d(**options):
    """ECA-ResNet-50-D."""
    return eca_resnet((3, 4, 6, 3), **options)


@register(
    eca_resnet, PAPER, params=25_573_814, macs=4_297_301_760, departures=T
)
def eca_resnet50t(**options):
    """ECA-ResNet-50-T."""
    return eca_resnet((3, 4, 6, 3), STEM_T, **options)


@register(
    eca_resnet, PAPER, params=44_568_563, macs=8_041_220_864, departures=D
)
def eca_resnet101d(**options):
    """ECA-ResNet-101-D."""
    return eca_resnet((3, 4, 23, 3), **options)


@register(
    eca_resnet, PAPER, params=102_093_077, macs=20_269_980_416, departures=D
)
def eca_resnet269d(**options):
    """ECA-ResNet-269-D."""
    return eca_resnet((3, 30, 48, 8), **options)


@register(
    eca_resnet_light,
    PAPER,
    params=30_162_046,
    macs=4_089_287_424,
    departures=LIGHT,
)
def eca_resnetlight(**options):
    """ECA-ResNet-light."""
    return eca_resnet_light((1, 1, 11, 3), **options)

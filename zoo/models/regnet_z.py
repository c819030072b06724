"""RegNetZ: Dollár et al. 2021, section 5, as timm and ClassyVision have it.

RegNet's stages of inverted bottlenecks: the 3x3 convolution, in groups of equal
width, is a few times as wide as the block, squeeze and excitation follow it,
and nothing is projected or activated at the end. (N, 224, 224, 3) -> stem
112x112 -> 56x56 -> 28x28 -> 14x14 -> 7x7; the `d` and `e` networks begin at a
quarter of the size.
"""

from functools import partial

from zoo.models import Network, Paper, register
from zoo.models._inverted_residual import add_input, round_channels
from zoo.models._stem import deep_stem_layers
from zoo.models.regnet import nearest_multiple, stages
from zoo.models.resnet import residual_stages
from zoo.models.resnet_d import STEM_T

PAPER = Paper(
    "Fast and Accurate Model Scaling", "https://arxiv.org/abs/2103.06877", 2021
)
CLASSY = (
    "The paper does not give the numbers: ClassyVision's, as timm has them",
)
TIMM = ("Widths and depths are timm's, in the manner of the paper",)


def block(
    net, x, width, strides, name, *, ratio, group_width, from_input, squeeze_act
):
    """1x1, 3x3, squeeze, 1x1: (N, H, W, C) -> (N, H/s, W/s, width).

    Args:
        ratio: Width of the 3x3 convolution, as a multiple of the input's where
            `from_input`, else of the output's.
        squeeze_act: Activation inside the squeeze-and-excitation.
    """
    channels = x.shape[-1]
    inner = ratio * (channels if from_input else width)
    reduced = round_channels(inner / 4) if from_input else round(channels / 4)
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, inner, 3, strides, groups=inner // group_width, name=f"{name}_conv2"
    )
    y = net.squeeze_excite(y, reduced, paper_act=squeeze_act, name=f"{name}_se")
    y = net.conv_norm(y, width, 1, name=f"{name}_conv3")
    return add_input(x, y, strides, 0.0, name)


def assemble(own, widths, depths, features, deep, stem, options):
    """Stem, stages of a block, perhaps a convolution, pool, classifier."""
    net = Network(stem=stem, paper_activation="silu", **options)
    if deep:
        first = 1
        x = deep_stem_layers(net, STEM_T, None)
    else:
        first = net.stem_strides
        x = net.conv_norm_act(net.image, 32, 3, first, name="stem_conv")
    x = residual_stages(net, x, own, widths, depths, first_strides=first)
    if features:
        x = net.conv_norm_act(x, features, 1, name="last_conv")
    return net.model(x)


def regnet_z(
    widths, depths, ratio, group_width, features, deep=False, *,
    stem="imagenet", **options,
):  # fmt: skip
    """Stem, four stages, 1x1 convolution, global pool, linear classifier."""
    own = partial(
        block, ratio=ratio, group_width=group_width, from_input=True,
        squeeze_act="relu",
    )  # fmt: skip
    return assemble(own, widths, depths, features, deep, stem, options)


def regnet_z_classy(
    depth, w0, wa, wm, group_width, features=None, *, stem="imagenet", **options
):
    """3x3 convolution, four stages, global pool, linear classifier."""
    widths, depths = stages(depth, w0, wa, wm, group_width, nearest_multiple)
    own = partial(
        block, ratio=4, group_width=group_width, from_input=False,
        squeeze_act=None,
    )  # fmt: skip
    return assemble(own, widths, depths, features, False, stem, options)


B, D, E = (48, 96, 192, 288), (64, 128, 256, 384), (96, 192, 384, 512)


@register(
    regnet_z, PAPER, params=9_715_480, macs=1_430_203_392, departures=TIMM
)
def regnet_z_b16(**options):
    """RegNetZ-B16: groups of 16."""
    return regnet_z(B, (2, 6, 12, 2), 3, 16, 1536, **options)


@register(
    regnet_z, PAPER, params=13_459_880, macs=1_896_757_248, departures=TIMM
)
def regnet_z_c16(**options):
    """RegNetZ-C16: groups of 16, blocks four times as wide inside."""
    return regnet_z(B, (2, 6, 12, 2), 4, 16, 1536, **options)


@register(
    regnet_z, PAPER, params=23_373_792, macs=3_003_555_840, departures=TIMM
)
def regnet_z_d8(**options):
    """RegNetZ-D8: groups of 8."""
    return regnet_z(D, (3, 6, 12, 3), 4, 8, 1792, True, **options)


@register(
    regnet_z, PAPER, params=27_576_288, macs=4_542_554_112, departures=TIMM
)
def regnet_z_d32(**options):
    """RegNetZ-D32: groups of 32."""
    return regnet_z(D, (3, 6, 12, 3), 4, 32, 1792, True, **options)


@register(
    regnet_z, PAPER, params=57_698_176, macs=7_527_938_048, departures=TIMM
)
def regnet_z_e8(**options):
    """RegNetZ-E8: groups of 8."""
    return regnet_z(E, (3, 8, 16, 3), 4, 8, 2048, True, **options)


@register(
    regnet_z_classy,
    PAPER,
    params=7_122_742,
    macs=507_203_840,
    departures=CLASSY,
)
def regnet_z_005(**options):
    """RegNetZ-500MF."""
    return regnet_z_classy(21, 16, 10.7, 2.51, 4, 1024, **options)


@register(
    regnet_z_classy,
    PAPER,
    params=27_116_800,
    macs=3_075_512_064,
    departures=CLASSY,
)
def regnet_z_040(**options):
    """RegNetZ-4GF."""
    return regnet_z_classy(28, 48, 14.5, 2.226, 8, **options)


@register(
    regnet_z_classy,
    PAPER,
    params=28_938_880,
    macs=3_116_259_456,
    departures=CLASSY,
)
def regnet_z_040_h(**options):
    """RegNetZ-4GF with a convolution before the classifier."""
    return regnet_z_classy(28, 48, 14.5, 2.226, 8, 1536, **options)

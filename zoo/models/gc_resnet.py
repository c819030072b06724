"""GCNet: Cao et al. 2019, Figure 4, in timm's form.

Bottlenecks whose 3x3 convolution is followed by a global context, which is
added to every position; a stem of three 3x3 convolutions of rising widths, the
last of which strides where nothing is pooled. (N, 224, 224, 3) -> stem
56x56x64 -> 56x56 -> 28x28 -> 14x14 -> 7x7.
"""

from functools import partial

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._stem import deep_stem_layers, padded_pool
from zoo.models.resnet import add_shortcut, residual_stages
from zoo.models.resnet_d import STEM_T

PAPER = Paper(
    "GCNet: Non-local Networks Meet Squeeze-Excitation Networks and Beyond",
    "https://arxiv.org/abs/1904.11492",
    2019,
)
TIMM = (
    "The context is added behind the 3x3 convolution, with a bottleneck of one "
    "eighth, as timm has it; the paper's behind the last convolution, of one "
    "sixteenth",
    "A stem of three convolutions, timm's",
)
SILU = (*TIMM, "SiLU for ReLU, as timm has it")

WIDTHS = (256, 512, 1024, 2048)
WIDTHS_33 = (256, 512, 1536, 1536)


def block(net, x, width, strides, name, *, group_width=None):
    """1x1, 3x3, context, 1x1: (N, H, W, C) -> (N, H/s, W/s, width)."""
    inner = width // 4
    groups = inner // group_width if group_width else 1
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(
        y, inner, 3, strides, groups=groups, name=f"{name}_conv2"
    )
    y = layers.GlobalContext(
        ratio=8,
        activation=net.new_act(f"{name}_context_act", "relu"),
        name=f"{name}_context",
    )(y)  # fmt: skip
    y = net.conv_norm(y, width, 1, name=f"{name}_conv3")
    return add_shortcut(net, x, y, strides, name)


def gc_resnet(
    depths, widths=WIDTHS, group_width=None, pooled=False,
    paper_activation="relu", features=None, *, stem="imagenet", **options,
):  # fmt: skip
    """Stem, four stages, perhaps a convolution, pool, linear classifier."""
    net = Network(stem=stem, paper_activation=paper_activation, **options)
    x = deep_stem_layers(net, STEM_T, padded_pool if pooled else None)
    own = partial(block, group_width=group_width)
    x = residual_stages(net, x, own, widths, depths)
    if features:
        x = net.conv_norm_act(x, features, 1, name="last_conv")
    return net.model(x)


@register(
    gc_resnet, PAPER, params=10_476_600, macs=1_843_129_344, departures=SILU
)
def gc_resnext26ts(**options):
    """GC-ResNeXt-26-TS."""
    return gc_resnet(
        (2, 2, 2, 2), WIDTHS, 32, True, paper_activation="silu", **options
    )


@register(
    gc_resnet, PAPER, params=19_880_698, macs=3_624_850_688, departures=SILU
)
def gc_resnet33ts(**options):
    """GC-ResNet-33-TS."""
    return gc_resnet(
        (2, 3, 3, 2), WIDTHS_33, features=1280, paper_activation="silu",
        **options,
    )  # fmt: skip


@register(
    gc_resnet, PAPER, params=25_897_080, macs=4_125_499_904, departures=TIMM
)
def gc_resnet50t(**options):
    """GC-ResNet-50-T."""
    return gc_resnet((3, 4, 6, 3), **options)


@register(
    gc_resnet, PAPER, params=15_667_320, macs=2_846_614_016, departures=SILU
)
def gc_resnext50ts(**options):
    """GC-ResNeXt-50-TS."""
    return gc_resnet(
        (3, 4, 6, 3), WIDTHS, 32, True, paper_activation="silu", **options
    )

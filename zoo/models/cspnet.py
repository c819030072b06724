"""Cross stage partial networks: Wang et al. 2019, section 3.

Half of a stage's channels pass by its blocks; the other half goes through
them, and a 1x1 convolution joins the two. CSPResNet-50: (N, 256, 256, 3) ->
64x64x64 -> 64x64x128 -> 32x32x256 -> 16x16x512 -> 8x8x1024. CSPDarknet-53 has
DarkNet-53's five stages.
"""

from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Paper, darknet, register
from zoo.models._stem import stem_layers
from zoo.models.resnet import add

PAPER = Paper(
    "CSPNet: A New Backbone that can Enhance Learning Capability of CNN",
    "https://arxiv.org/abs/1911.11929",
    2019,
)
TIMM = (
    "One 1x1 convolution widens a stage's input before it is split, as timm "
    "and its checkpoints have it; the authors' Darknet files have one for "
    "each half",
)


def bottleneck_block(net, x, inner, name, *, groups=1):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> the same."""
    y = net.conv_norm_act(x, inner, 1, name=f"{name}_conv1")
    y = net.conv_norm_act(y, inner, 3, groups=groups, name=f"{name}_conv2")
    y = net.conv_norm(y, x.shape[-1], 1, name=f"{name}_conv3")
    return add(net, x, y, name)


def cross_stage(net, x, block, inner, split, width, depth, name, *, activated):
    """(N, H, W, C) -> (N, H, W, width), the blocks on half of 2 `split` maps.

    Args:
        inner: Width within a block.
        activated: Whether an activation follows the first convolution.
    """
    unit = net.conv_norm_act if activated else net.conv_norm
    x = unit(x, 2 * split, 1, name=f"{name}_expand_conv")
    passed = layers.ChannelSlice(0, split, name=f"{name}_passed")(x)
    x = layers.ChannelSlice(split, 2 * split, name=f"{name}_changed")(x)
    for i in range(1, depth + 1):
        x = block(net, x, inner, f"{name}_block{i}")
    x = net.conv_norm_act(x, split, 1, name=f"{name}_changed_conv")
    x = keras.layers.Concatenate(name=f"{name}_concat")([passed, x])
    return net.conv_norm_act(x, width, 1, name=f"{name}_join_conv")


def csp_resnet(inner, splits, widths, groups=1, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier.

    Args:
        inner: Widths within the blocks of a stage.
        splits: Half of the maps that a stage splits.
        widths: Maps that a stage returns.
        groups: Groups of the 3x3 convolutions.
    """
    net = Network(stem=stem, paper_activation="leaky_relu", **options)
    block = partial(bottleneck_block, groups=groups)
    x = stem_layers(net, 64)
    for stage, depth in enumerate((3, 3, 5, 2), 1):
        name = f"stage{stage}"
        if stage > 1:
            x = net.conv_norm_act(
                x, x.shape[-1], 3, 2, groups=groups, name=f"{name}_down_conv"
            )
        x = cross_stage(
            net, x, block, inner[stage - 1], splits[stage - 1],
            widths[stage - 1], depth, name, activated=False,
        )  # fmt: skip
    return net.model(x)


def dark_cross_stage(net, x, depth, name):
    """DarkNet's blocks on half of the channels; on all in the first stage."""
    width = x.shape[-1]
    split = width if name == "stage1" else width // 2
    return cross_stage(
        net, x, darknet.dark_block, width // 2, split, width, depth, name,
        activated=True,
    )  # fmt: skip


def csp_darknet(*, stem="imagenet", **options):
    """3x3 convolution, five stages, global average pool, linear layer."""
    return darknet.darknet(dark_cross_stage, stem=stem, **options)


@register(
    csp_resnet, PAPER, params=21_616_168, macs=4_517_240_832,
    input_shape=(256, 256, 3), departures=TIMM,
)  # fmt: skip
def cspresnet50(**options):
    """CSPResNet-50."""
    widths = (128, 256, 512, 1024)
    return csp_resnet((64, 128, 256, 512), widths, widths, **options)


@register(
    csp_resnet, PAPER, params=20_569_896, macs=4_014_948_352,
    input_shape=(256, 256, 3), departures=TIMM,
)  # fmt: skip
def cspresnext50(**options):
    """CSPResNeXt-50: bottlenecks of 32 groups."""
    splits = (128, 256, 512, 1024)
    widths = (256, 512, 1024, 2048)
    return csp_resnet(splits, splits, widths, 32, **options)


@register(
    csp_darknet, PAPER, params=27_642_184, macs=6_533_652_480,
    input_shape=(256, 256, 3), departures=(*TIMM, *darknet.SLOPE),
)  # fmt: skip
def cspdarknet53(**options):
    """CSPDarknet-53."""
    return csp_darknet(**options)

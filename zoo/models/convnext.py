"""ConvNeXt: Liu et al. 2022, section 3.5.

Stages of blocks, each a 7x7 depthwise convolution, layer normalization over
the channels, and two 1x1 convolutions with four times the width between them.
For ConvNeXt-T, (N, 224, 224, 3) -> 56x56x96 -> 28x28x192 -> 14x14x384 ->
7x7x768. Convolutions always have biases: activations follow them, or nothing.
"""

from functools import partial

import keras

from zoo import layers
from zoo.layers import linear_decay
from zoo.models import Network, Norm, Paper, register

PAPER = Paper(
    "A ConvNet for the 2020s", "https://arxiv.org/abs/2201.03545", 2022
)
TIMM = ("Narrower than the paper's, as timm's author made it",)
NORM = Norm(lambda channels: layers.LayerNorm(axis=-1, epsilon=1e-6))


def block(net, x, drop_rate, name, *, response_norm=False):
    """Depthwise 7x7, 1x1, 1x1: (N, H, W, C) -> the same.

    Args:
        response_norm: Whether global response normalization stands between the
            1x1 convolutions, as in ConvNeXt V2, and no layer scale behind.
    """
    width = x.shape[-1]
    y = net.conv_norm(
        x, width, 7, groups=width, use_bias=True, name=f"{name}_conv1"
    )
    y = net.conv(y, 4 * width, 1, use_bias=True, name=f"{name}_conv2")
    y = net.act(y, name=f"{name}_act2")
    if response_norm:
        y = layers.GlobalResponseNorm(name=f"{name}_response_norm")(y)
    y = net.conv(y, width, 1, use_bias=True, name=f"{name}_conv3")
    if not response_norm:
        y = layers.LayerScale(1e-6, name=f"{name}_scale")(y)
    if drop_rate > 0:
        y = layers.StochasticDepth(drop_rate, name=f"{name}_drop")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def patch_stages(net, blocks, depths, widths, last_rate):
    """Patches, stages, and a norm and a convolution between two of these.

    Args:
        blocks: The block of each stage: (net, x, drop_rate, name) -> y.
        last_rate: Stochastic depth of the last block; that of the first is 0.
    """
    size, strides = (3, 1) if net.small else (4, 4)
    x = net.conv_norm(
        net.image, widths[0], size, strides, padding=1 if net.small else 0,
        use_bias=True, name="stem_conv",
    )  # fmt: skip
    rates = iter([0.0, *linear_decay(last_rate, sum(depths) - 1)])
    for stage, (block, depth, width) in enumerate(
        zip(blocks, depths, widths, strict=True), 1
    ):
        if stage > 1:
            name = f"stage{stage}_down"
            x = net.norm(x, name=f"{name}_norm")
            x = net.conv(
                x, width, 2, 2, padding=0, use_bias=True, name=f"{name}_conv"
            )
        for i in range(1, depth + 1):
            x = block(net, x, next(rates), f"stage{stage}_block{i}")
    return x


def convnext(
    depths, widths, default_drop_rate, response_norm=False, *,
    stem="imagenet", drop_rate=None, **options,
):  # fmt: skip
    """Patches, four stages, global average pool, norm, linear classifier.

    Args:
        stem: "imagenet" (4x4 patches) or "small" (3x3 convolution, stride 1),
            for 32x32 images.
        drop_rate: Stochastic depth of the last block, that of the first being
            0. None: the paper's for ImageNet.
    """
    net = Network(
        stem=stem,
        paper_activation="gelu",
        paper_norm=NORM,
        kernel_initializer=keras.initializers.TruncatedNormal(stddev=0.02),
        **options,
    )
    last = default_drop_rate if drop_rate is None else drop_rate
    own = partial(block, response_norm=response_norm)
    x = patch_stages(net, 4 * (own,), depths, widths, last)

    def head(x):
        if not net.keeps_paper_norm:  # instance norm of a pixel is nothing
            return net.logits(net.global_pool(net.norm(x, name="last_norm")))
        return net.logits(net.norm(net.global_pool(x), name="last_norm"))

    return net.model(x, head)


@register(convnext, PAPER, params=3_695_520, macs=547_332_480, departures=TIMM)
def convnext_atto(**options):
    """ConvNeXt-Atto, of timm."""
    return convnext((2, 2, 6, 2), (40, 80, 160, 320), 0.0, **options)


@register(convnext, PAPER, params=5_217_784, macs=779_629_824, departures=TIMM)
def convnext_femto(**options):
    """ConvNeXt-Femto, of timm."""
    return convnext((2, 2, 6, 2), (48, 96, 192, 384), 0.0, **options)


@register(
    convnext, PAPER, params=9_045_672, macs=1_367_055_360, departures=TIMM
)
def convnext_pico(**options):
    """ConvNeXt-Pico, of timm."""
    return convnext((2, 2, 6, 2), (64, 128, 256, 512), 0.0, **options)


@register(
    convnext, PAPER, params=15_593_560, macs=2_445_528_320, departures=TIMM
)
def convnext_nano(**options):
    """ConvNeXt-Nano, of timm."""
    return convnext((2, 2, 8, 2), (80, 160, 320, 640), 0.0, **options)


@register(convnext, PAPER, params=28_589_128, macs=4_455_531_264)
def convnext_tiny(**options):
    """ConvNeXt-T."""
    return convnext((3, 3, 9, 3), (96, 192, 384, 768), 0.1, **options)


@register(convnext, PAPER, params=50_223_688, macs=8_683_712_256)
def convnext_small(**options):
    """ConvNeXt-S."""
    return convnext((3, 3, 27, 3), (96, 192, 384, 768), 0.4, **options)


@register(convnext, PAPER, params=88_591_464, macs=15_354_729_472)
def convnext_base(**options):
    """ConvNeXt-B."""
    return convnext((3, 3, 27, 3), (128, 256, 512, 1024), 0.5, **options)


@register(convnext, PAPER, params=197_767_336, macs=34_361_433_600)
def convnext_large(**options):
    """ConvNeXt-L."""
    return convnext((3, 3, 27, 3), (192, 384, 768, 1536), 0.5, **options)


@register(convnext, PAPER, params=350_196_968, macs=60_921_030_656)
def convnext_xlarge(**options):
    """ConvNeXt-XL."""
    return convnext((3, 3, 27, 3), (256, 512, 1024, 2048), 0.5, **options)

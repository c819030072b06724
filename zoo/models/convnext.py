"""ConvNeXt: Liu et al. 2022, section 3.5.

Stages of blocks, each a 7x7 depthwise convolution, layer normalization over
the channels, and two 1x1 convolutions with four times the width between them.
For ConvNeXt-T, (N, 224, 224, 3) -> 56x56x96 -> 28x28x192 -> 14x14x384 ->
7x7x768. Convolutions always have biases: activations follow them, or nothing.
"""

import keras

from zoo import layers
from zoo.layers import linear_decay
from zoo.models import Network, Norm, Paper, register

PAPER = Paper(
    "A ConvNet for the 2020s", "https://arxiv.org/abs/2201.03545", 2022
)
NORM = Norm(lambda channels: layers.LayerNorm(axis=-1, epsilon=1e-6))


def block(net, x, drop_rate, name):
    """Depthwise 7x7, 1x1, 1x1: (N, H, W, C) -> the same."""
    width = x.shape[-1]
    y = net.conv_norm(
        x, width, 7, groups=width, use_bias=True, name=f"{name}_conv1"
    )
    y = net.conv(y, 4 * width, 1, use_bias=True, name=f"{name}_conv2")
    y = net.act(y, name=f"{name}_act2")
    y = net.conv(y, width, 1, use_bias=True, name=f"{name}_conv3")
    y = layers.LayerScale(1e-6, name=f"{name}_scale")(y)
    if drop_rate > 0:
        y = layers.StochasticDepth(drop_rate, name=f"{name}_drop")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def convnext(
    depths, widths, default_drop_rate, *, stem="imagenet", drop_rate=None,
    **options,
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
    size, strides = (3, 1) if net.small else (4, 4)
    x = net.conv_norm(
        net.image, widths[0], size, strides, padding=1 if net.small else 0,
        use_bias=True, name="stem_conv",
    )  # fmt: skip
    last = default_drop_rate if drop_rate is None else drop_rate
    rates = iter([0.0, *linear_decay(last, sum(depths) - 1)])
    for stage, (depth, width) in enumerate(zip(depths, widths, strict=True), 1):
        if stage > 1:
            name = f"stage{stage}_down"
            x = net.norm(x, name=f"{name}_norm")
            x = net.conv(
                x, width, 2, 2, padding=0, use_bias=True, name=f"{name}_conv"
            )
        for i in range(1, depth + 1):
            x = block(net, x, next(rates), f"stage{stage}_block{i}")

    def head(x):
        if not net.keeps_paper_norm:  # instance norm of a pixel is nothing
            return net.logits(net.global_pool(net.norm(x, name="last_norm")))
        return net.logits(net.norm(net.global_pool(x), name="last_norm"))

    return net.model(x, head)


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

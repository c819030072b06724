"""VoVNet and VoVNetV2: Lee et al. 2019, Table 1; Lee and Park 2020.

One-shot aggregation: a block runs its 3x3 convolutions in a row and
concatenates their outputs and its input once, at its end, where DenseNet does
at every layer. For VoVNet-39, (N, 224, 224, 3) -> 56x56x128 -> 56x56x256 ->
28x28x512 -> 14x14x768 -> 7x7x1024. Version 2 adds the input in blocks after a
stage's first, and gates the channels (eSE) of a stage's last.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "An Energy and GPU-Computation Efficient Backbone Network for Real-Time "
    "Object Detection",
    "https://arxiv.org/abs/1904.09730",
    2019,
)
PAPER_V2 = Paper(
    "CenterMask: Real-Time Anchor-Free Instance Segmentation",
    "https://arxiv.org/abs/1911.06667",
    2019,
)
IDENTITY = (
    "Adds a block's input to its output but in the first of a stage, as its "
    "authors' code does; the paper's first version has no such shortcut",
)
TIMM = (
    "Gates the last block of a stage, as timm and its checkpoints have it; "
    "the paper gates every block",
)
INNER, OUTER = (128, 160, 192, 224), (256, 512, 768, 1024)
SLIM = ((64, 80, 96, 112), (112, 256, 384, 512))


def conv(net, x, width, strides=1, *, depthwise, name):
    """3x3 convolution, or a depthwise one and 1x1, normalized, activated."""
    if not depthwise:
        return net.conv_norm_act(x, width, 3, strides, name=f"{name}_conv")
    x = net.conv(
        x, x.shape[-1], 3, strides, groups=x.shape[-1], use_bias=False,
        name=f"{name}_depth_conv",
    )  # fmt: skip
    return net.conv_norm_act(x, width, 1, name=f"{name}_conv")


def block(net, x, inner, width, depth, name, *, depthwise, residual, gate):
    """(N, H, W, C) -> (N, H, W, width)."""
    outputs, y = [x], x
    if depthwise and x.shape[-1] != inner:
        y = net.conv_norm_act(y, inner, 1, name=f"{name}_reduce_conv")
    for i in range(1, depth + 1):
        y = conv(net, y, inner, depthwise=depthwise, name=f"{name}_layer{i}")
        outputs.append(y)
    y = keras.layers.Concatenate(name=f"{name}_concat")(outputs)
    y = net.conv_norm_act(y, width, 1, name=f"{name}_aggregate_conv")
    if gate:
        y = layers.EffectiveSqueezeExcitation(name=f"{name}_ese")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y]) if residual else y


def vovnet(
    depth, blocks, widths=(INNER, OUTER), v2=False, depthwise=False,
    residual=False, *, stem="imagenet", **options,
):  # fmt: skip
    """Three convolutions, four stages, global average pool, linear layer."""
    net = Network(stem=stem, min_size=(45, 12), **options)
    strides = net.stem_strides
    stem_widths = (64, 64, 64 if depthwise else 128)
    x = net.image
    for i, (width, s) in enumerate(
        zip(stem_widths, (strides, 1, strides), strict=True), 1
    ):
        own = depthwise and i > 1
        x = conv(net, x, width, s, depthwise=own, name=f"stem_layer{i}")
    for stage, (inner, width) in enumerate(zip(*widths, strict=True), 1):
        if stage > 1:
            x = layers.MaxPool2D(
                3, 2, ceil_mode=True, name=f"stage{stage}_pool"
            )(x)
        last = blocks[stage - 1]
        for i in range(1, last + 1):
            x = block(
                net, x, inner, width, depth, f"stage{stage}_block{i}",
                depthwise=depthwise, residual=(v2 or residual) and i > 1,
                gate=v2 and i == last,
            )  # fmt: skip
    return net.model(x)


@register(vovnet, PAPER, params=22_600_296, macs=7_072_227_328)
def vovnet39a(**options):
    """VoVNet-39."""
    return vovnet(5, (1, 1, 2, 2), **options)


@register(vovnet, PAPER, params=36_640_296, macs=8_930_144_256)
def vovnet57a(**options):
    """VoVNet-57."""
    return vovnet(5, (1, 1, 4, 3), **options)


@register(
    vovnet, PAPER, params=22_600_296, macs=7_072_227_328, departures=IDENTITY
)
def vovnet39(**options):
    """VoVNet-39 of the authors' code."""
    return vovnet(5, (1, 1, 2, 2), residual=True, **options)


@register(
    vovnet, PAPER, params=36_640_296, macs=8_930_144_256, departures=IDENTITY
)
def vovnet57(**options):
    """VoVNet-57 of the authors' code."""
    return vovnet(5, (1, 1, 4, 3), residual=True, **options)


@register(vovnet, PAPER_V2, params=1_897_752, macs=398_071_376, departures=TIMM)
def ese_vovnet19b_slim_dw(**options):
    """VoVNetV2-19 slim of depthwise separable convolutions."""
    return vovnet(3, (1, 1, 1, 1), SLIM, v2=True, depthwise=True, **options)


@register(
    vovnet, PAPER_V2, params=6_543_080, macs=1_333_489_824, departures=TIMM
)
def ese_vovnet19b_dw(**options):
    """VoVNetV2-19 of depthwise separable convolutions."""
    return vovnet(3, (1, 1, 1, 1), v2=True, depthwise=True, **options)


@register(
    vovnet, PAPER_V2, params=3_166_136, macs=1_680_214_784, departures=TIMM
)
def ese_vovnet19b_slim(**options):
    """VoVNetV2-19 slim."""
    return vovnet(3, (1, 1, 1, 1), SLIM, v2=True, **options)


@register(
    vovnet, PAPER_V2, params=24_568_936, macs=7_074_193_408, departures=TIMM
)
def ese_vovnet39b(**options):
    """VoVNetV2-39."""
    return vovnet(5, (1, 1, 2, 2), v2=True, **options)


@register(
    vovnet, PAPER_V2, params=38_608_936, macs=8_932_110_336, departures=TIMM
)
def ese_vovnet57b(**options):
    """VoVNetV2-57."""
    return vovnet(5, (1, 1, 4, 3), v2=True, **options)


@register(
    vovnet, PAPER_V2, params=63_199_272, macs=16_488_214_528, departures=TIMM
)
def ese_vovnet99b(**options):
    """VoVNetV2-99."""
    return vovnet(5, (1, 3, 9, 3), v2=True, **options)

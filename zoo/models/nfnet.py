"""Networks without normalizers: Brock et al. 2021, NF-ResNet and NFNet.

Pre-activation bottlenecks whose convolutions have standardized filters. The
signal is divided by the deviation that the blocks before have added up to, and
each branch is scaled by α = 0.2. NFNet has a second 3x3 convolution in groups,
squeeze and excitation, and a stem of four 3x3 convolutions: (N, 224, 224, 3) ->
56x56x128 -> 56x56x256 -> 28x28x512 -> 14x14x1536 -> 7x7x1536 -> 7x7x3072.
Train them with adaptive gradient clipping.
"""

import dataclasses
from functools import partial

import keras

from zoo import layers
from zoo.models import Network, Norm, Paper, register
from zoo.models._inverted_residual import round_channels
from zoo.models._stem import padded_pool
from zoo.models.eca_resnet import attend

NF_RESNET = Paper(
    "Characterizing signal propagation to close the performance gap in "
    "unnormalized ResNets",
    "https://arxiv.org/abs/2101.08692",
    2021,
)
NFNET = Paper(
    "High-Performance Large-Scale Image Recognition Without Normalization",
    "https://arxiv.org/abs/2102.06171",
    2021,
)
TIMM = (
    "epsilon is added to the variance of a filter, as timm has it; the authors "
    "bound variance times fan-in from below",
)
LIGHT = (*TIMM, "Narrower inside, and SiLU for GELU: timm's light form")
RESNET = (*TIMM, "No SkipInit at the end of a branch, as timm has it")

ALPHA = 0.2
# 1 / deviation of the activation of a standard normal variable.
GAINS = {
    "elu": 1.2716004848480225, "gelu": 1.7015043497085571,
    "leaky_relu": 1.70590341091156, "relu": 1.7139588594436646,
    "relu6": 1.7131484746932983, "selu": 1.0008515119552612,
    "sigmoid": 4.803835391998291, "silu": 1.7881293296813965,
    "tanh": 1.5939117670059204,
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Form:
    """What sets the networks apart.

    Attributes:
        ratio: Width of the 3x3 convolutions, as a share of the block's.
        group_width: Channels of a group of theirs; None: one group.
        second: Whether there is a second 3x3 convolution.
        attention: (net, y, name) -> y, or None.
        published: DeepMind's own: padding as TensorFlow's, SkipInit, and gains
            on the activations in place of the kernels.
    """

    ratio: float
    group_width: int | None = None
    second: bool = False
    attention: object = None
    published: bool = False


def squeeze(net, y, name, *, ratio):
    """Squeeze and excitation, its bottleneck `ratio` as wide."""
    filters = round_channels(y.shape[-1] * ratio)
    return net.squeeze_excite(y, filters, paper_act="relu", name=f"{name}_se")


class Builder:
    """`Network` with the gains of activations where the form has them."""

    def __init__(self, form, paper_activation, **options):
        named = options.get("activation") or paper_activation
        gain = GAINS.get(named if isinstance(named, str) else "relu", 1.7)
        self.form = form
        self.gain = gain if form.published else 1.0
        self.padding = "same" if form.published else None
        self.net = Network(
            paper_activation=paper_activation,
            paper_norm=Norm(
                wrap=partial(
                    layers.ScaledWeightStandardization,
                    gamma=1.0 if form.published else gain,
                )
            ),
            kernel_initializer="lecun_normal",
            **options,
        )

    def act(self, x, name, scale=1.0):
        """The activation, times its gain and `scale`."""
        x = self.net.act(x, name=name)
        scale *= self.gain
        if scale == 1.0:
            return x
        return keras.layers.Rescaling(scale, name=f"{name}_gain")(x)

    def conv(self, x, *args, name, **options):
        """A standardized convolution."""
        return self.net.conv_norm(
            x, *args, padding=self.padding, name=name, **options
        )


def block(make, x, width, strides, variance, drop_rate, name):
    """1x1, 3x3, perhaps 3x3, 1x1: (N, H, W, C) -> (N, H/s, W/s, width)."""
    form = make.form
    inner = round_channels(width * form.ratio)
    groups = inner // form.group_width if form.group_width else 1
    y = make.act(x, f"{name}_act1", variance**-0.5)
    if strides > 1 or x.shape[-1] != width:
        x = y
        if strides > 1:
            x = layers.AvgPool2D(2, ceil_mode=True, name=f"{name}_proj_pool")(x)
        x = make.conv(x, width, 1, name=f"{name}_proj_conv")
    y = make.conv(y, inner, 1, name=f"{name}_conv1")
    y = make.act(y, f"{name}_act2")
    y = make.conv(y, inner, 3, strides, groups=groups, name=f"{name}_conv2")
    if form.second:
        y = make.act(y, f"{name}_second_act")
        y = make.conv(y, inner, 3, groups=groups, name=f"{name}_second_conv")
    y = make.act(y, f"{name}_act3")
    y = make.conv(y, width, 1, name=f"{name}_conv3")
    scale = ALPHA
    if form.attention:
        y, scale = form.attention(make.net, y, name), 2 * ALPHA
    if drop_rate > 0:
        y = layers.StochasticDepth(drop_rate, name=f"{name}_drop")(y)
    if form.published:
        y = layers.SkipInit(name=f"{name}_skip_init")(y)
    y = keras.layers.Rescaling(scale, name=f"{name}_alpha")(y)
    return keras.layers.Add(name=f"{name}_add")([x, y])


def stages(make, x, widths, depths, last_rate):
    """Stages of blocks, the first of which strides no more than the others."""
    variance = 1.0
    rates = iter([0.0, *layers.linear_decay(last_rate, sum(depths) - 1)])
    for stage, (width, depth) in enumerate(zip(widths, depths, strict=True), 1):
        for i in range(1, depth + 1):
            strides = 2 if i == 1 and stage > 1 else 1
            name = f"stage{stage}_block{i}"
            x = block(make, x, width, strides, variance, next(rates), name)
            variance = (1.0 if i == 1 else variance) + ALPHA**2
    return x


def nf_resnet(depths, *, stem="imagenet", **options):
    """7x7 convolution, max pooling, four stages, linear classifier."""
    make = Builder(Form(0.25), "relu", stem=stem, **options)
    net = make.net
    size, strides = (3, 1) if net.small else (7, 2)
    x = make.conv(net.image, 64, size, strides, name="stem_conv")
    x = x if net.small else padded_pool(x)
    x = stages(make, x, (256, 512, 1024, 2048), depths, 0.0)
    return net.model(make.act(x, "last_act"))


def nfnet(
    depths, form, paper_activation, features, default_drop_rate=0.0,
    default_dropout_rate=0.0, *, stem="imagenet", drop_rate=None,
    dropout_rate=None, **options,
):  # fmt: skip
    """Four convolutions, four stages, 1x1 convolution, linear classifier.

    Args:
        drop_rate: Stochastic depth of the last block, that of the first being
            0. None: the paper's for ImageNet.
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
            None: the paper's.
    """
    make = Builder(form, paper_activation, stem=stem, **options)
    net = make.net
    x = net.image
    for i, width in enumerate((16, 32, 64, 128), 1):
        strides = net.stem_strides if i in (1, 4) else 1
        x = make.conv(x, width, 3, strides, name=f"stem_conv{i}")
        x = make.act(x, f"stem_act{i}") if i < 4 else x
    last = default_drop_rate if drop_rate is None else drop_rate
    x = stages(make, x, (256, 512, 1536, 1536), depths, last)
    x = make.conv(x, features, 1, name="last_conv")
    if dropout_rate is None:
        dropout_rate = default_dropout_rate
    return net.model(make.act(x, "last_act"), dropout_rate=dropout_rate)


PUBLISHED = Form(0.5, 128, True, partial(squeeze, ratio=0.5), published=True)
LIGHT_SE = Form(0.25, 64, True, partial(squeeze, ratio=0.25))
LIGHT_ECA = Form(0.25, 64, True, attend)


@register(
    nf_resnet,
    NF_RESNET,
    params=25_557_032,
    macs=4_089_184_256,
    departures=RESNET,
)
def nf_resnet50(**options):
    """NF-ResNet-50."""
    return nf_resnet((3, 4, 6, 3), **options)


@register(
    nf_resnet,
    NF_RESNET,
    params=44_549_160,
    macs=7_801_405_440,
    departures=RESNET,
)
def nf_resnet101(**options):
    """NF-ResNet-101."""
    return nf_resnet((3, 4, 23, 3), **options)


def _register_dm(params, macs):
    return register(nfnet, NFNET, params=params, macs=macs, departures=TIMM)


@_register_dm(71_489_284, 9_487_486_976)
def dm_nfnet_f0(**options):
    """NFNet-F0, of DeepMind."""
    return nfnet((1, 2, 6, 3), PUBLISHED, "gelu", 3072, 0.25, 0.2, **options)


@_register_dm(132_634_256, 17_437_921_280)
def dm_nfnet_f1(**options):
    """NFNet-F1, of DeepMind."""
    return nfnet((2, 4, 12, 6), PUBLISHED, "gelu", 3072, 0.25, 0.3, **options)


@_register_dm(193_779_228, 25_388_355_584)
def dm_nfnet_f2(**options):
    """NFNet-F2, of DeepMind."""
    return nfnet((3, 6, 18, 9), PUBLISHED, "gelu", 3072, 0.25, 0.4, **options)


@_register_dm(254_924_200, 33_338_789_888)
def dm_nfnet_f3(**options):
    """NFNet-F3, of DeepMind."""
    return nfnet((4, 8, 24, 12), PUBLISHED, "gelu", 3072, 0.25, 0.4, **options)


@_register_dm(316_069_172, 41_289_224_192)
def dm_nfnet_f4(**options):
    """NFNet-F4, of DeepMind."""
    return nfnet((5, 10, 30, 15), PUBLISHED, "gelu", 3072, 0.25, 0.5, **options)


@_register_dm(377_214_144, 49_239_658_496)
def dm_nfnet_f5(**options):
    """NFNet-F5, of DeepMind."""
    return nfnet((6, 12, 36, 18), PUBLISHED, "gelu", 3072, 0.25, 0.5, **options)


@_register_dm(438_359_116, 57_190_092_800)
def dm_nfnet_f6(**options):
    """NFNet-F6, of DeepMind."""
    return nfnet((7, 14, 42, 21), PUBLISHED, "gelu", 3072, 0.25, 0.5, **options)


@register(nfnet, NFNET, params=35_074_488, macs=4_255_094_784, departures=LIGHT)
def nfnet_l0(**options):
    """NFNet-L0, of timm."""
    return nfnet((1, 2, 6, 3), LIGHT_SE, "silu", 2304, **options)


@register(nfnet, NFNET, params=24_143_924, macs=4_244_258_560, departures=LIGHT)
def eca_nfnet_l0(**options):
    """ECA-NFNet-L0, of timm."""
    return nfnet((1, 2, 6, 3), LIGHT_ECA, "silu", 2304, **options)


@register(nfnet, NFNET, params=41_407_728, macs=7_219_535_360, departures=LIGHT)
def eca_nfnet_l1(**options):
    """ECA-NFNet-L1, of timm."""
    return nfnet((2, 4, 12, 6), LIGHT_ECA, "silu", 3072, **options)


@register(
    nfnet, NFNET, params=56_722_348, macs=10_136_241_408, departures=LIGHT
)
def eca_nfnet_l2(**options):
    """ECA-NFNet-L2, of timm."""
    return nfnet((3, 6, 18, 9), LIGHT_ECA, "silu", 3072, **options)

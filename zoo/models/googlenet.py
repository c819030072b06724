"""GoogLeNet: Szegedy et al. 2014, Table 1.

Stem (N, 224, 224, 3) -> 112x112x64 -> 56x56x192 -> 28x28, two Inception
modules, 14x14x480, five modules, 7x7x832, two modules -> 7x7x1024, global
average pooling, one linear layer. Two auxiliary classifiers read the modules
(4a) and (4d).
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inception import BATCH_NORM, MAX, MAX_CEIL, Conv, branches

PAPER = Paper(
    "Going Deeper with Convolutions", "https://arxiv.org/abs/1409.4842", 2014
)

# Table 1: filters of the 1x1, the 3x3 and its reduction, the 5x5 and its
# reduction, and after the pooling.
MODULES = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


# As in Caffe's bvlc_googlenet; the paper gives no numbers.
RESPONSE_NORM = {
    "size": 5,
    "alpha": 1e-4,
    "beta": 0.75,
    "alpha_convention": "mean",
}


def stem_layers(net, torchvision, **options):
    """(N, H, W, C) -> (N, H/8, W/8, 192); a small stem keeps the size."""

    def response_norm(x, name):
        if torchvision:
            return x
        return net.response_norm(x, **RESPONSE_NORM, name=name)

    size, strides = (3, 1) if net.small else (7, 2)
    x = net.conv_norm_act(
        net.image, 64, size, strides, name="stem_conv1", **options
    )
    x = x if net.small else MAX_CEIL(name="stem_pool1")(x)
    x = response_norm(x, "stem_lrn1")
    x = net.conv_norm_act(x, 64, 1, name="stem_conv2", **options)
    x = net.conv_norm_act(x, 192, 3, name="stem_conv3", **options)
    x = response_norm(x, "stem_lrn2")
    return x if net.small else MAX_CEIL(name="stem_pool2")(x)


def module(net, x, widths, large, name, **options):
    """1x1, 3x3 and `large` convolutions and max pooling, concatenated."""
    one, reduce3, three, reduce5, five, pool = widths
    table = (
        (Conv(one),),
        (Conv(reduce3), Conv(three, 3)),
        (Conv(reduce5), Conv(five, large)),
        (MAX, Conv(pool)),
    )
    return branches(net, x, table, name, **options)


def modules(net, x, torchvision, **options):
    """The nine Inception modules: {name: feature map}."""
    maps = {}
    for name, widths in MODULES.items():
        if name == "4a":
            x = MAX_CEIL(name="pool3")(x)
        if name == "5a":
            size = 2 if torchvision else 3
            x = layers.MaxPool2D(size, 2, ceil_mode=True, name="pool4")(x)
        large = 3 if torchvision else 5
        x = module(net, x, widths, large, f"inception{name}", **options)
        maps[name] = x
    return maps


def auxiliary(net, x, name, **options):
    """4x4 maps -> 1x1 convolution, 1024 units, dropout, logits."""
    x = net.conv_norm_act(x, 128, 1, name=f"{name}_conv", **options)
    x = keras.layers.Flatten(name=f"{name}_flatten")(x)
    x = net.dense_act(x, 1024, name=f"{name}_dense", **options)
    x = keras.layers.Dropout(0.7, name=f"{name}_dropout")(x)
    return net.logits(x, name=f"{name}_logits")


def inception_v1(
    torchvision=False, *, stem="imagenet", aux_heads=False, dropout_rate=None,
    **options,
):  # fmt: skip
    """The published network, or torchvision's.

    Args:
        aux_heads: Whether to add the two auxiliary classifiers. The model then
            returns {"logits", "aux1", "aux2"}; the paper adds their losses
            with weight 0.3 each: compile with
            loss_weights={"logits": 1.0, "aux1": 0.3, "aux2": 0.3}.
        dropout_rate: Rate of the dropout before the classifier. None: 0.4 as
            published, torchvision's 0.2.
    """
    if torchvision:
        bias = {}
        own = {"paper_norm": BATCH_NORM}
        min_size = (31, 4)
    else:
        bias = {"bias_initializer": keras.initializers.Constant(0.2)}
        own = {
            "paper_norm": "none",
            "kernel_initializer": "lecun_uniform",  # Caffe's "xavier"
            "fixed_size": aux_heads,
        }
        if aux_heads and options.get("include_top", True):
            min_size = (79, 10)
        else:
            min_size = (47, 6)
    if dropout_rate is None:
        dropout_rate = 0.2 if torchvision else 0.4
    net = Network(stem=stem, min_size=min_size, **own, **options)
    x = stem_layers(net, torchvision, **bias)
    maps = modules(net, x, torchvision, **bias)

    def aux_head(module, name):
        x = maps[module]
        if torchvision:
            x = net.pool_to(x, 4, name=f"{name}_pool")
        else:
            x = layers.AvgPool2D(5, 3, name=f"{name}_pool")(x)
        return auxiliary(net, x, name, **bias)

    aux = {
        "aux1": lambda: aux_head("4a", "aux1"),
        "aux2": lambda: aux_head("4d", "aux2"),
    }
    return net.model(
        maps["5b"], aux=aux if aux_heads else None, dropout_rate=dropout_rate
    )


@register(
    inception_v1,
    PAPER,
    params=6_998_552,
    macs=1_582_671_872,
    aux_weight=0.3,
    departures=(
        "Response normalization with the numbers of Caffe's bvlc_googlenet",
    ),
)
def googlenet(**options):
    """GoogLeNet as published: response normalization, 5x5 convolutions."""
    return inception_v1(**options)


@register(
    inception_v1,
    PAPER,
    params=6_624_904,
    macs=1_498_376_192,
    aux_weight=0.3,
    departures=(
        "Batch normalization after every convolution, as torchvision has it, "
        "and no response normalization",
        "3x3 convolutions for the 5x5, as torchvision has them (a known slip)",
        "The last max pooling is 2x2, and the auxiliary classifiers pool to "
        "4x4 whatever the size of the image, as in torchvision",
    ),
)
def googlenet_bn(**options):
    """GoogLeNet as torchvision ships it: batch normalization, 3x3 for 5x5."""
    return inception_v1(torchvision=True, **options)

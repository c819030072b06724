"""Inception-v2, the network with batch normalization: Ioffe & Szegedy 2015.

GoogLeNet with two 3x3 convolutions for each 5x5, average pooling in most
modules, and modules with stride 2 (3c and 4e) for its poolings, figure 5: stem
(N, 224, 224, 3) -> 112x112x64 -> 56x56x192 -> 28x28x320 -> 14x14x576 ->
7x7x1024 -> global average pooling, one linear layer.
"""

from functools import partial

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inception import AVG, BATCH_NORM, MAX, Conv, branches

PAPER = Paper(
    "Batch Normalization: Accelerating Deep Network Training by Reducing "
    "Internal Covariate Shift",
    "https://arxiv.org/abs/1502.03167",
    2015,
)

MAX_SAME = partial(layers.MaxPool2D, 3, 2, padding="same")

# Figure 5: filters of the 1x1, the 3x3 and its reduction, the double 3x3 and
# its reduction, and after the pooling, with what pools.
MODULES = {
    "3a": (64, 64, 64, 64, 96, AVG, 32),
    "3b": (64, 64, 96, 64, 96, AVG, 64),
    "3c": (None, 128, 160, 64, 96, MAX_SAME, None),
    "4a": (224, 64, 96, 96, 128, AVG, 128),
    "4b": (192, 96, 128, 96, 128, AVG, 128),
    "4c": (160, 128, 160, 128, 160, AVG, 96),
    "4d": (96, 128, 192, 160, 192, AVG, 96),
    "4e": (None, 128, 192, 192, 256, MAX_SAME, None),
    "5a": (352, 192, 320, 160, 224, AVG, 128),
    "5b": (352, 192, 320, 192, 224, MAX, 128),
}


def module(net, x, widths, name):
    """Four branches; three with stride 2 where there is no 1x1 branch."""
    one, reduce3, three, reduce33, double, pool, after = widths
    end = {} if one else {"strides": 2, "padding": "same"}
    table = [
        (Conv(reduce3), Conv(three, 3, **end)),
        (Conv(reduce33), Conv(double, 3), Conv(double, 3, **end)),
        (pool, Conv(after)) if after else (pool,),
    ]
    if one:
        table.insert(0, (Conv(one),))
    return branches(net, x, table, name)


def stem_layers(net):
    """(N, H, W, C) -> (N, H/8, W/8, 192); a small stem keeps the size."""
    x = net.image
    if net.small:
        x = net.conv_norm_act(x, 64, 3, name="stem_conv1")
    else:  # separable: eight filters for each channel, then 1x1
        channels = x.shape[-1]
        x = net.conv(
            x, 8 * channels, 7, 2, padding="same", groups=channels,
            use_bias=False, name="stem_depth_conv",
        )  # fmt: skip
        x = net.conv_norm_act(x, 64, 1, name="stem_conv1")
        x = MAX_SAME(name="stem_pool1")(x)
    x = net.conv_norm_act(x, 64, 1, name="stem_conv2")
    x = net.conv_norm_act(x, 192, 3, name="stem_conv3")
    return x if net.small else MAX_SAME(name="stem_pool2")(x)


def bn_inception(*, stem="imagenet", dropout_rate=0.2, **options):
    """Stem, ten modules, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, min_size=(32, 4), paper_norm=BATCH_NORM, **options)
    x = stem_layers(net)
    for name, widths in MODULES.items():
        x = module(net, x, widths, f"inception{name}")

    return net.model(x, dropout_rate=dropout_rate)


@register(
    bn_inception,
    PAPER,
    params=11_188_288,
    macs=1_934_857_216,
    departures=(
        "96 filters after the pooling of (4c) and (4d), as in the authors' "
        "TF-Slim definition: figure 5's 128 do not add up to its 576 maps",
    ),
)
def inception_v2(**options):
    """Inception-v2, also known as BN-Inception."""
    return bn_inception(**options)

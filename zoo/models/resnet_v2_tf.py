"""Pre-activation ResNets as TF-Slim has them, and keras.applications.

They differ from `zoo.resnet50_v2` and the like: a stage's last block strides,
not the next stage's first, by taking every second pixel of its shortcut; the
first of a stage projects; nothing is normalized before the first block;
the first, the third and projecting convolutions have biases.
(N, 224, 224, 3) -> stem 56x56x64 -> 28x28x256 -> 14x14x512 -> 7x7x1024 ->
7x7x2048.
"""

import keras

from zoo.models import Network, register
from zoo.models.resnet import WIDTHS
from zoo.models.resnet_v2 import PAPER, last_activation

DEPARTURES = (
    "The last block of a stage strides, as TF-Slim and keras.applications "
    "have it; the paper's first block of the next stage does",
)


def block(net, x, width, strides, project, name):
    """1x1, 3x3, 1x1 convolutions: (N, H, W, C) -> (N, H/s, W/s, 4 width)."""
    y = net.act(net.norm(x, name=f"{name}_norm1"), name=f"{name}_act1")
    if project:
        x = net.conv(y, 4 * width, 1, use_bias=True, name=f"{name}_proj_conv")
    elif strides > 1:
        x = keras.layers.MaxPooling2D(1, strides, name=f"{name}_shortcut")(x)
    y = net.conv(y, width, 1, name=f"{name}_conv1")
    y = net.norm_act_conv(y, width, 3, strides, name=f"{name}_conv2")
    y = net.norm_act_conv(y, 4 * width, 1, use_bias=True, name=f"{name}_conv3")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def resnet_v2_tf(depths, *, stem="imagenet", **options):
    """Stem, four stages, global average pool, linear classifier."""
    net = Network(stem=stem, **options)
    if net.small:
        x = net.conv(net.image, 64, 3, use_bias=True, name="stem_conv")
    else:
        x = net.conv(net.image, 64, 7, 2, use_bias=True, name="stem_conv")
        # Of zeros, not of the smallest number: they take part in the maxima.
        x = keras.layers.ZeroPadding2D(1, name="stem_pad")(x)
        x = keras.layers.MaxPooling2D(3, 2, name="stem_pool")(x)
    for stage, (width, depth) in enumerate(zip(WIDTHS, depths, strict=True), 1):
        for i in range(1, depth + 1):
            strides = 2 if i == depth and stage < len(depths) else 1
            x = block(net, x, width, strides, i == 1, f"stage{stage}_block{i}")
    return net.model(last_activation(net, x))


def _register(params, macs):
    return register(
        resnet_v2_tf, PAPER, params=params, macs=macs, departures=DEPARTURES
    )


@_register(25_568_360, 3_482_255_360)
def tf_resnet50_v2(**options):
    """Pre-activation ResNet-50 of TF-Slim."""
    return resnet_v2_tf((3, 4, 6, 3), **options)


@_register(44_577_896, 7_194_476_544)
def tf_resnet101_v2(**options):
    """Pre-activation ResNet-101 of TF-Slim."""
    return resnet_v2_tf((3, 4, 23, 3), **options)


@_register(60_236_904, 10_906_697_728)
def tf_resnet152_v2(**options):
    """Pre-activation ResNet-152 of TF-Slim."""
    return resnet_v2_tf((3, 8, 36, 3), **options)

"""Xception: Chollet 2016, figure 5.

Separable convolutions in residual blocks: stem (N, 299, 299, 3) -> 147x147x64,
entry flow 74x74x128 -> 37x37x256 -> 19x19x728, eight blocks of middle flow,
exit flow 10x10x1024 -> 10x10x2048, global average pooling, one linear layer.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._inception import BATCH_NORM

PAPER = Paper(
    "Xception: Deep Learning with Depthwise Separable Convolutions",
    "https://arxiv.org/abs/1610.02357",
    2016,
)

# Figure 5: filters of the separable convolutions of each block, and whether
# the block halves the size (and so projects its input).
BLOCKS = (
    ((128, 128), True), ((256, 256), True), ((728, 728), True),
    *8 * [((728, 728, 728), False)],
    ((728, 1024), True),
)  # fmt: skip
LAST = (1536, 2048)


def separable(net, x, filters, name):
    """Depthwise 3x3 and 1x1 convolution, normalized, without activation."""
    x = net.conv(
        x, x.shape[-1], 3, groups=x.shape[-1], use_bias=False,
        name=f"{name}_depth_conv",
    )  # fmt: skip
    return net.conv_norm(x, filters, 1, name=f"{name}_conv")


def block(net, x, widths, strided, first, name):
    """Activation and separable convolution each, max pooling, shortcut."""
    y = x
    for i, filters in enumerate(widths, 1):
        if not (first and i == 1):  # the stem has activated it
            y = net.act(y, name=f"{name}_act{i}")
        y = separable(net, y, filters, f"{name}_separable{i}")
    if strided:
        y = layers.MaxPool2D(3, 2, padding="same", name=f"{name}_pool")(y)
        x = net.conv_norm(x, widths[-1], 1, 2, name=f"{name}_proj_conv")
    return keras.layers.Add(name=f"{name}_add")([x, y])


def xception_2016(*, stem="imagenet", dropout_rate=0.5, **options):
    """Stem, twelve residual blocks, two separable convolutions, classifier.

    Args:
        dropout_rate: Rate of the dropout before the classifier, in [0, 1).
    """
    net = Network(stem=stem, min_size=(7, 2), paper_norm=BATCH_NORM, **options)
    x = net.image
    for i, (filters, strides) in enumerate(((32, 2), (64, 1)), 1):
        x = net.conv_norm_act(
            x, filters, 3, 1 if net.small else strides,
            padding=None if net.small else 0, name=f"stem_conv{i}",
        )  # fmt: skip
    for i, (widths, strided) in enumerate(BLOCKS, 1):
        x = block(net, x, widths, strided, i == 1, f"block{i}")
    for i, filters in enumerate(LAST, 1):
        x = separable(net, x, filters, f"last_separable{i}")
        x = net.act(x, name=f"last_act{i}")

    return net.model(x, dropout_rate=dropout_rate)


@register(
    xception_2016,
    PAPER,
    params=22_855_952,
    macs=8_357_403_496,
    input_shape=(299, 299, 3),
)
def xception(**options):
    """Xception as published."""
    return xception_2016(**options)

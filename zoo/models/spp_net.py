"""SPP-net: He et al. 2014, section 3.1, after the authors' Zeiler_conv5.

ZFNet's convolutions, then maxima over grids of 1x1, 2x2, 3x3 and 6x6 windows,
so that images of any size give the classifier 50 x 256 values:
(N, 224, 224, 3) -> 55x55x96 -> 13x13x256 -> 13x13x256 -> 12800 -> 4096 -> 4096
-> logits.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.zfnet import TABLE

PAPER = Paper(
    "Spatial Pyramid Pooling in Deep Convolutional Networks for Visual "
    "Recognition",
    "https://arxiv.org/abs/1406.4729",
    2014,
)
LEVELS = (1, 2, 3, 6)


def spp_net(*, dropout_rate=0.5, **options):
    """Five convolutions, the pyramid, three fully connected layers.

    Args:
        dropout_rate: Rate of the dropout after each of the two hidden fully
            connected layers.
    """
    net = Network(
        min_size=39,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
        **options,
    )
    x = net.image
    for i, (filters, size, strides, padding) in enumerate(TABLE, 1):
        x = net.conv_norm_act(
            x, filters, size, strides, padding=padding, name=f"conv{i}"
        )
        if i < 3:
            x = net.response_norm(
                x, size=3, alpha=5e-5, beta=0.75, k=1.0,
                alpha_convention="mean", region="within", name=f"lrn{i}",
            )  # fmt: skip
            x = layers.MaxPool2D(3, 2, ceil_mode=True, name=f"pool{i}")(x)

    def head(x):
        x = layers.SpatialPyramidPooling(LEVELS, name="pool5")(x)
        for i in (6, 7):
            x = net.dense_act(x, 4096, name=f"dense{i}")
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
        return net.logits(x)

    return net.model(x, head)


@register(
    spp_net, PAPER, params=77_037_672, macs=1_182_712_960,
    departures=(
        "All biases begin at 0; those of conv2, conv4, conv5 and the fully "
        "connected layers were 1",
    ),
)  # fmt: skip
def spp_net_zf5(**options):
    """SPP-net on ZF-5, for images of any size."""
    return spp_net(**options)

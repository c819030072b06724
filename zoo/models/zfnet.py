"""ZFNet: Zeiler & Fergus 2013, Figure 3.

AlexNet in one tower with a 7x7 convolution of stride 2 in front: (N, 224, 224,
3) -> 110x110x96 -> 55x55 -> 26x26x256 -> 13x13x384 -> 6x6x256 -> 4096 -> 4096
-> num_classes.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models.alexnet import classifier

PAPER = Paper(
    "Visualizing and Understanding Convolutional Networks",
    "https://arxiv.org/abs/1311.2901",
    2013,
)

# Figure 3: filters, size, strides and padding of the convolutions.
TABLE = (
    (96, 7, 2, 1), (256, 5, 2, 0), (384, 3, 1, 1), (384, 3, 1, 1),
    (256, 3, 1, 1),
)  # fmt: skip


def zfnet_2013(*, dropout_rate=0.5, **options):
    """Five convolutions, three fully connected layers.

    Args:
        dropout_rate: Rate of the dropout before each of the two hidden fully
            connected layers.
    """
    net = Network(
        min_size=63,
        fixed_size=True,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),
        **options,
    )
    x = net.image
    for i, (filters, size, strides, padding) in enumerate(TABLE, 1):
        x = net.conv_norm_act(
            x, filters, size, strides, padding=padding, name=f"conv{i}"
        )
        if i in (1, 2, 5):
            x = layers.MaxPool2D(3, 2, ceil_mode=True, name=f"pool{i}")(x)
        if i in (1, 2):
            x = net.response_norm(
                x, size=5, alpha=1e-4, beta=0.75, k=2.0, name=f"lrn{i}"
            )
    return net.model(x, lambda x: classifier(net, x, dropout_rate, "zeros"))


@register(
    zfnet_2013,
    PAPER,
    params=62_357_608,
    macs=1_168_032_896,
    departures=(
        "The paper's contrast normalization across maps is AlexNet's response "
        "normalization, with AlexNet's numbers: it gives none",
        "The filters of conv1 are not renormalized in training to a root mean "
        "square of 0.1",
    ),
)
def zfnet(**options):
    """ZFNet as published in Figure 3."""
    return zfnet_2013(**options)

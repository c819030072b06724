"""Network in Network: Lin et al. 2013, section 4.

Each stage is a convolution and two 1x1 convolutions, a small network that
slides over the image; the last gives one map a class, averaged over space.
CIFAR-10: (N, 32, 32, 3) -> 16x16x96 -> 8x8x192 -> 8x8x10. ImageNet:
(N, 224, 224, 3) -> 54x54 -> 27x27x96 -> 13x13x256 -> 6x6x384 -> 6x6x1000.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper("Network In Network", "https://arxiv.org/abs/1312.4400", 2013)

# Size, strides and padding of each stage's first convolution, and the filters
# of all its convolutions; the classifier is the last stage's third.
CIFAR = (
    ((5, 1, 2), (192, 160, 96)),
    ((5, 1, 2), (192, 192, 192)),
    ((3, 1, 1), (192, 192)),
)
IMAGENET = (
    ((11, 4, 0), (96, 96, 96)),
    ((5, 1, 2), (256, 256, 256)),
    ((3, 1, 1), (384, 384, 384)),
    ((3, 1, 1), (1024, 1024)),
)


def nin(table, dropouts, min_size, *, dropout_rate=0.5, **options):
    """Stages of one convolution and two 1x1, with max pooling between.

    Args:
        dropout_rate: Rate of the dropout before the second and third stage for
            CIFAR-10, before the last for ImageNet.
    """
    net = Network(
        min_size=min_size,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomNormal(stddev=0.05),
        **options,
    )
    x = net.image
    for stage, ((size, strides, padding), widths) in enumerate(table, 1):
        if stage > 1:
            x = layers.MaxPool2D(3, 2, ceil_mode=True, name=f"pool{stage - 1}")(
                x
            )
        if stage in dropouts:
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{stage - 1}")(
                x
            )
        x = net.conv_norm_act(
            x, widths[0], size, strides, padding=padding,
            name=f"stage{stage}_conv1",
        )  # fmt: skip
        for i, width in enumerate(widths[1:], 2):
            x = net.conv_norm_act(x, width, 1, name=f"stage{stage}_conv{i}")
    return net.model(x, net.conv_logits)


@register(
    nin,
    PAPER,
    params=966_986,
    macs=222_486_528,
    input_shape=(32, 32, 3),
    num_classes=10,
)
def nin_cifar(**options):
    """Network in Network for CIFAR-10, of the authors' cuda-convnet files."""
    return nin(CIFAR, (2, 3), 6, **options)


@register(
    nin,
    PAPER,
    params=7_595_176,
    macs=1_100_188_800,
    departures=(
        "The paper has no results on ImageNet: this is the network that its "
        "authors published with Caffe",
    ),
)
def nin_imagenet(**options):
    """Network in Network for ImageNet, of the authors' Caffe files."""
    return nin(IMAGENET, (4,), 55, **options)

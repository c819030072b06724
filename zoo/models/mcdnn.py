"""Cireşan's networks on a GPU: Dan-Net of 2011 and MCDNN of 2012.

Convolutions without padding and max pooling by turns until little is left,
then fully connected layers, all of scaled tanh. Dan-Net, first at the
recognition of German traffic signs: (N, 48, 48, 3) -> 42x42x100 -> 21x21 ->
18x18x150 -> 9x9 -> 6x6x250 -> 3x3 -> 300 -> 43 classes. A multi-column network
(MCDNN) averages the predictions of many such columns.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register
from zoo.models._network import output_dtype

PAPER_2011 = Paper(
    "A Committee of Neural Networks for Traffic Sign Classification",
    "https://doi.org/10.1109/IJCNN.2011.6033458",
    2011,
)
PAPER = Paper(
    "Multi-column Deep Neural Networks for Image Classification",
    "https://arxiv.org/abs/1202.2745",
    2012,
)
ONE_IMAGE = (
    "All columns read the same image; the paper's read it normalized in "
    "several ways, each trained by itself",
)
# (filters, kernel size, pool size) of each stage, and hidden units.
SIGNS = (((100, 7, 2), (150, 4, 2), (250, 4, 2)), (300,))
DIGITS = (((20, 4, 2), (40, 5, 3)), (150,))
CIFAR = (((300, 3, 2), (300, 2, 2), (300, 3, 2), (300, 2, 2)), (300, 100))


def column(net, stages, units, prefix=""):
    """Its last map, and a function from that to the input of the logits."""
    x = net.image
    for i, (filters, size, pool_size) in enumerate(stages, 1):
        x = net.conv_norm_act(
            x, filters, size, padding=0, name=f"{prefix}conv{i}"
        )
        x = layers.MaxPool2D(
            pool_size, ceil_mode=True, name=f"{prefix}pool{i}"
        )(x)

    def head(x):
        x = keras.layers.Flatten(name=f"{prefix}flatten")(x)
        for i, n in enumerate(units, len(stages) + 1):
            x = net.dense_act(x, n, name=f"{prefix}dense{i}")
        return x

    return x, head


def network(min_size, options):
    return Network(
        min_size=min_size,
        fixed_size=True,
        paper_activation=layers.ScaledTanh,
        paper_norm="none",
        kernel_initializer=keras.initializers.RandomUniform(-0.05, 0.05),
        **options,
    )


def dan(table, min_size, **options):
    """One column."""
    net = network(min_size, options)
    x, head = column(net, *table)
    return net.model(x, lambda x: net.logits(head(x)))


def mcdnn(table, min_size, default_columns, *, columns=None, **options):
    """Several columns, whose predictions are averaged.

    Args:
        columns: Number of columns, at least 1. None: the paper's.
    """
    if columns is None:
        columns = default_columns
    if type(columns) is not int or columns < 1:
        raise ValueError(
            f"columns must be a positive int; received {columns!r}."
        )
    net = network(min_size, options)
    made = [
        column(net, *table, prefix=f"column{k}_") for k in range(1, columns + 1)
    ]
    maps = [x for x, _ in made]
    features = maps[0]
    if columns > 1:
        features = keras.layers.Concatenate(name="concat")(maps)

    def head(_):
        logits = [
            keras.layers.Dense(net.num_classes, name=f"column{k}_logits")(
                finish(x)
            )
            for k, (x, finish) in enumerate(made, 1)
        ]
        return layers.MeanPrediction(name="logits", dtype=output_dtype())(
            logits
        )

    return net.model(features, head)


@register(
    dan,
    PAPER_2011,
    params=1_543_443,
    macs=125_978_700,
    input_shape=(48, 48, 3),
    num_classes=43,
)
def dan_net(**options):
    """Dan-Net for traffic signs: one column."""
    return dan(SIGNS, 29, **options)


@register(
    mcdnn, PAPER, params=2_661_400, macs=66_213_700,
    input_shape=(29, 29, 1), num_classes=10,
    departures=ONE_IMAGE,
)  # fmt: skip
def mcdnn_mnist(**options):
    """MCDNN for MNIST: 35 columns of 1x29x29-20C4-MP2-40C5-MP3-150N-10N."""
    return mcdnn(DIGITS, 16, 35, **options)


@register(
    mcdnn, PAPER, params=13_285_680, macs=797_288_000,
    input_shape=(32, 32, 3), num_classes=10,
    departures=(
        *ONE_IMAGE,
        "Pooling rounds up; rounded down, nothing is left of the 5x5 maps",
    ),
)  # fmt: skip
def mcdnn_cifar(**options):
    """MCDNN for CIFAR-10: 8 columns of four convolutions of 300 maps."""
    return mcdnn(CIFAR, 29, 8, **options)


@register(
    mcdnn, PAPER, params=38_586_075, macs=3_149_467_500,
    input_shape=(48, 48, 3), num_classes=43,
    departures=ONE_IMAGE,
)  # fmt: skip
def mcdnn_gtsrb(**options):
    """MCDNN for traffic signs: 25 columns of Dan-Net."""
    return mcdnn(SIGNS, 29, 25, **options)

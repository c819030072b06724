"""Fractal networks: Larsson et al. 2016, section 4.1.

Five blocks of `columns` columns, column 0 with 2^(columns - 1) convolutions,
each further one with half as many; wherever columns have gone equally far, the
mean of them goes on in each. Training drops inputs of these joins, or all
columns but one. (N, 32, 32, 3) -> 16x16x64 -> 8x8x128 -> 4x4x256 -> 2x2x512
-> 1x1x512.
"""

import keras

from zoo import layers
from zoo.models import Network, Paper, register

PAPER = Paper(
    "FractalNet: Ultra-Deep Neural Networks without Residuals",
    "https://arxiv.org/abs/1605.07648",
    2016,
)
WIDTHS = (64, 128, 256, 512, 512)
DROPOUT = (0.0, 0.1, 0.2, 0.3, 0.4)


def conv(net, x, width, dropout_rate, name):
    """Convolution, dropout, norm, act: (N, H, W, C) -> (N, H, W, width)."""
    x = net.conv(x, width, 3, name=f"{name}_conv")
    if dropout_rate > 0:
        x = keras.layers.Dropout(dropout_rate, name=f"{name}_dropout")(x)
    x = net.norm(x, name=f"{name}_norm")
    return net.act(x, name=f"{name}_act")


def block(net, x, path, columns, width, dropout_rate, drop_rate, name):
    """A fractal and 2x2 max pooling: (N, H, W, C) -> (N, H/2, W/2, width)."""
    xs = [x] * columns  # where each column has got to
    rows = 2 ** (columns - 1)
    for row in range(1, rows + 1):
        here = [c for c in range(columns) if row % 2**c == 0]
        for c in here:
            xs[c] = conv(
                net, xs[c], width, dropout_rate, f"{name}_column{c}_row{row}"
            )
        if row == rows:
            xs = [
                keras.layers.MaxPooling2D(2, name=f"{name}_pool{c}")(x)
                for c, x in enumerate(xs)
            ]
        if len(here) > 1:
            join = layers.FractalJoin(drop_rate, name=f"{name}_join{row}")
            x = join([*(xs[c] for c in here), path])
            for c in here:
                xs[c] = x
    return xs[0]


def fractalnet(
    columns, *, drop_rate=0.15, global_rate=0.5, dropout_rates=DROPOUT,
    **options,
):  # fmt: skip
    """Five fractal blocks and a linear classifier.

    Args:
        drop_rate: Probability that a join drops an input.
        global_rate: Share of the samples that pass one column only.
        dropout_rates: Rate of the dropout after the convolutions of each of
            the five blocks.
    """
    net = Network(min_size=32, kernel_initializer="glorot_uniform", **options)
    x = net.image
    path = layers.FractalPath(columns, global_rate, name="path")(x)
    for i, width in enumerate(WIDTHS):
        x = block(
            net, x, path, columns, width, dropout_rates[i], drop_rate,
            f"block{i + 1}",
        )  # fmt: skip
    return net.model(x)


@register(
    fractalnet, PAPER, params=33_724_618, macs=845_222_912,
    input_shape=(32, 32, 3), num_classes=10,
    departures=(
        "Drops paths for each sample, not for the whole batch",
        "Normalizers scale and shift, the authors' Caffe layers do not",
        "33.7 million parameters are what the paper's text and the authors' "
        "code give; its table says 38.6",
    ),
)  # fmt: skip
def fractalnet20(**options):
    """FractalNet of 20 layers for CIFAR and SVHN: three columns."""
    return fractalnet(3, **options)

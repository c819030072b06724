"""LeNet-5: LeCun et al. 1998, section II.B.

(N, 32, 32, 1) -> C1 28x28x6 -> S2 14x14x6 -> C3 10x10x16 -> S4 5x5x16
-> C5 1x1x120 -> F6 84 -> one radial basis function unit a class.
"""

import keras
import numpy as np

from zoo import layers
from zoo.models import Paper, register
from zoo.models._initializers import FanInUniform
from zoo.models._network import Network, output_dtype

PAPER = Paper(
    "Gradient-Based Learning Applied to Document Recognition",
    "https://doi.org/10.1109/5.726791",
    1998,
)

# Table I: the maps of S2 that each of the sixteen maps of C3 looks at.
C3_TABLE = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5),
    (0, 1, 2, 5), (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)  # fmt: skip

# Figure 3: each class's 7x12 bitmap, the target of the 84 units of F6.
BITMAPS = """
..###.. ...##.. .#####. ####### ....##. ####### ..####. ####### .#####. .#####.
.##.##. ..###.. ##...## .....## ...###. ##..... .##.... .....## ##...## ##...##
##...## .####.. ##...## ....##. ..####. ##..... ##..... .....## ##...## ##...##
##...## ...##.. .....## ...##.. .##.##. ##..... ##..... ....##. ##...## ##...##
##...## ...##.. ....##. ..####. ##..##. ######. ######. ...##.. .#####. ##..###
##...## ...##.. ...##.. .....## ####### .....## ###..## ...##.. ##...## .###.##
##...## ...##.. ..##... .....## ....##. .....## ##...## ..##... ##...## .....##
##...## ...##.. .##.... .....## ....##. .....## ##...## ..##... ##...## .....##
.##.##. ...##.. ##..... ##...## ....##. ##...## ##...## ..##... ##...## ....##.
..###.. .###### ####### .#####. ....##. .#####. .#####. ..##... .#####. .####..
....... ....... ....... ....... ....... ....... ....... ....... ....... .......
....... ....... ....... ....... ....... ....... ....... ....... ....... .......
"""


def codes(num_classes):
    """±1 targets of F6, (num_classes, 84).

    Ten classes are the bitmaps of the digits; for other numbers the codes are
    drawn at random, the alternative that the paper names.
    """
    if num_classes == 10:
        rows = [row.split() for row in BITMAPS.split("\n") if row]
        pixels = np.array([[list(cell) for cell in row] for row in rows])
        black = pixels.transpose(1, 0, 2).reshape(10, 84) == "#"
    else:
        black = np.random.default_rng(1998).random((num_classes, 84)) < 0.5
    return np.where(black, 1.0, -1.0)


def lenet(**options):
    """Convolutions with trainable sub-sampling, RBF output."""
    net = Network(
        min_size=32,
        fixed_size=True,
        paper_activation=layers.ScaledTanh,
        paper_norm="none",
        kernel_initializer=FanInUniform(),
        **options,
    )
    x = net.conv_norm_act(net.image, 6, 5, padding="valid", name="conv1")
    x = net.act(layers.Subsampling(name="pool2")(x), name="pool2_act")
    x = net.conv_norm_act(
        x, C3_TABLE, 5, padding="valid", make=layers.TableConv2D, name="conv3"
    )
    x = net.act(layers.Subsampling(name="pool4")(x), name="pool4_act")
    x = net.conv_norm_act(x, 120, 5, padding="valid", name="conv5")

    def head(x):
        x = keras.layers.Flatten(name="flatten")(x)
        x = net.dense_act(x, 84, name="dense6")
        return layers.RBFOutput(
            codes(net.num_classes), name="logits", dtype=output_dtype()
        )(x)

    return net.model(x, head)


def lenet_relu(**options):
    """Convolutions with max pooling, three fully connected layers."""
    net = Network(min_size=16, fixed_size=True, paper_norm="none", **options)
    x = net.conv_norm_act(net.image, 6, 5, padding="valid", name="conv1")
    x = keras.layers.MaxPooling2D(2, name="pool2")(x)
    x = net.conv_norm_act(x, 16, 5, padding="valid", name="conv3")
    x = keras.layers.MaxPooling2D(2, name="pool4")(x)

    def head(x):
        x = keras.layers.Flatten(name="flatten")(x)
        x = net.dense_act(x, 120, name="dense5")
        x = net.dense_act(x, 84, name="dense6")
        return net.logits(x)

    return net.model(x, head)


@register(
    lenet, PAPER, params=60_000, macs=325_680, input_shape=(32, 32, 1),
    num_classes=10,
    departures=(
        "Logits are minus the squared distances, for softmax cross-entropy",
        "The bitmaps are redrawn after Figure 3, which the paper only pictures",
    ),
)  # fmt: skip
def lenet5(**options):
    """LeNet-5 as published: connection table, trainable sub-sampling, RBF."""
    return lenet(**options)


@register(
    lenet_relu, PAPER, params=61_706, macs=416_520, input_shape=(32, 32, 1),
    num_classes=10,
    departures=(
        "ReLU for scaled tanh, max pooling for trainable sub-sampling, a "
        "linear classifier for the RBF units, C3 connected to all of S2: "
        "the form that is taught today",
    ),
)  # fmt: skip
def lenet5_relu(**options):
    """LeNet-5 as it is taught today: ReLU, max pooling, linear classifier."""
    return lenet_relu(**options)

"""LeNet-1, LeNet-4 and LeNet-5: LeCun et al. 1989 and 1998, section II.B.

LeNet-5: (N, 32, 32, 1) -> C1 28x28x6 -> S2 14x14x6 -> C3 10x10x16 -> S4 5x5x16
-> C5 1x1x120 -> F6 84 -> one radial basis function unit a class. The earlier
ones end in a linear layer; LeNet-1: (N, 28, 28, 1) -> 24x24x4 -> 12x12x4 ->
8x8x12 -> 4x4x12 -> classes.
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

PAPER_1989 = Paper(
    "Handwritten Digit Recognition with a Back-Propagation Network",
    "https://papers.nips.cc/paper/1989/hash/"
    "53c3bce66e43be4f209556518c2fcb54-Abstract.html",
    1989,
)
# LeNet-1: the maps of H2 that each of the twelve maps of H3 looks at.
H3_TABLE = (
    (0,), (0, 1), (0, 1), (1,), (0, 1), (0, 1),
    (2,), (2, 3), (2, 3), (3,), (2, 3), (2, 3),
)  # fmt: skip
# LeNet-4: four and five of the sixteen maps by turns, going round.
F5_TABLE = tuple(
    tuple((i + k) % 16 for k in range(4 + i % 2)) for i in range(120)
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


def network(min_size, options):
    return Network(
        min_size=min_size,
        fixed_size=True,
        paper_activation=layers.ScaledTanh,
        paper_norm="none",
        kernel_initializer=FanInUniform(),
        **options,
    )


def connected(net, x, maps, name):
    """A 5x5 convolution: a table of connections, or a number of maps of all."""
    make = layers.Conv2D if isinstance(maps, int) else layers.TableConv2D
    return net.conv_norm_act(x, maps, 5, padding="valid", make=make, name=name)


def sampled(net, x, number):
    """Trainable sub-sampling, activated."""
    x = layers.Subsampling(name=f"pool{number}")(x)
    return net.act(x, name=f"pool{number}_act")


def lenet(**options):
    """Convolutions with trainable sub-sampling, RBF output."""
    net = network(32, options)
    x = sampled(net, connected(net, net.image, 6, "conv1"), 2)
    x = sampled(net, connected(net, x, C3_TABLE, "conv3"), 4)
    x = connected(net, x, 120, "conv5")

    def head(x):
        x = keras.layers.Flatten(name="flatten")(x)
        x = net.dense_act(x, 84, name="dense6")
        return layers.RBFOutput(
            codes(net.num_classes), name="logits", dtype=output_dtype()
        )(x)

    return net.model(x, head)


def early_lenet(size, table, hidden=None, **options):
    """Twice convolution and sub-sampling, then a linear layer.

    Args:
        size: Smallest height and width.
        table: Connections of the second convolution; a number: that many
            maps, each of all maps before.
        hidden: Connections of a third convolution; None: there is none.
    """
    net = network(size, options)
    x = sampled(net, connected(net, net.image, 4, "conv1"), 2)
    x = sampled(net, connected(net, x, table, "conv3"), 4)
    if hidden is not None:
        x = connected(net, x, hidden, "conv5")

    def head(x):
        return net.logits(keras.layers.Flatten(name="flatten")(x))

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
    early_lenet, PAPER_1989, params=2_578, macs=91_520, input_shape=(28, 28, 1),
    num_classes=10,
)  # fmt: skip
def lenet1(**options):
    """LeNet-1: 2,578 parameters, as published."""
    return early_lenet(16, H3_TABLE, **options)


@register(
    early_lenet, PAPER, params=16_590, macs=253_100, input_shape=(32, 32, 1),
    num_classes=10,
    departures=(
        "The paper tells the number of maps (4, 16), of units (120), of "
        "parameters (about 17,000) and of multiply-adds (about 260,000), not "
        "the connections: here C3 looks at all of S2, and a unit of F5 at four "
        "or five of the sixteen maps",
    ),
)  # fmt: skip
def lenet4(**options):
    """LeNet-4: between LeNet-1 and LeNet-5, connections chosen to fit."""
    return early_lenet(32, 16, F5_TABLE, **options)


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

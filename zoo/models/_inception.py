"""What Inception modules are made of: branches of convolutions and pools."""

from functools import partial
from itertools import count
from typing import NamedTuple

import keras

from zoo import layers
from zoo.models._names import Norm

# The epsilon of all Inception networks with batch normalization.
BATCH_NORM = Norm(
    lambda channels: layers.BatchNorm(momentum=0.9, epsilon=1e-3), shifts=True
)


class Conv(NamedTuple):
    """A convolution, normalized and activated."""

    filters: int
    size: int | tuple = 1
    strides: int = 1
    padding: int | str | None = None


class Fork(NamedTuple):
    """Branches within a branch."""

    branches: tuple


# As in TensorFlow, zeros outside the map do not count in averages.
MAX = partial(layers.MaxPool2D, 3, 1, padding=1)
AVG = partial(layers.AvgPool2D, 3, 1, padding=1)
MAX_VALID = partial(layers.MaxPool2D, 3, 2)
MAX_CEIL = partial(layers.MaxPool2D, 3, 2, ceil_mode=True)


def chain(net, x, steps, name, **options):
    """Convolutions, pools and forks, one after the other.

    Args:
        net: The `Network`.
        x: The feature map.
        steps: Sequence of `Conv`, `Fork`, and constructors of pools.
        name: Beginning of the layers' names.
        **options: Further arguments of every convolution.
    """
    convs, pools, forks = count(1), count(1), count(1)
    for step in steps:
        if isinstance(step, Conv):
            x = net.conv_norm_act(
                x, step.filters, step.size, step.strides, padding=step.padding,
                name=f"{name}_conv{next(convs)}", **options,
            )  # fmt: skip
        elif isinstance(step, Fork):
            x = branches(
                net, x, step.branches, f"{name}_fork{next(forks)}", **options
            )
        else:
            x = step(name=f"{name}_pool{next(pools)}")(x)
    return x


def branches(net, x, table, name, **options):
    """Chains side by side, concatenated; an empty one passes `x` on."""
    outputs = [
        chain(net, x, steps, f"{name}_branch{i}", **options)
        for i, steps in enumerate(table, 1)
    ]
    return keras.layers.Concatenate(name=f"{name}_concat")(outputs)


def unstrided(steps, pools=()):
    """A stem's steps for 32x32 images: no strides, pools only in forks."""
    for step in steps:
        if isinstance(step, Conv):
            yield Conv(step.filters, step.size)
        elif isinstance(step, Fork):
            yield Fork(
                tuple(tuple(unstrided(b, (MAX,))) for b in step.branches)
            )
        else:
            yield from pools

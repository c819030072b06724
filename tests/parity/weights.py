"""The weights and images of the comparisons, from names and seeds alone.

Both sides make them: record.py for the reference, the tests for ours.
"""

import math
import zlib

import numpy as np


def tensor(name, shape, gain=1.0):
    """The values of the tensor of that name: the same anywhere.

    Kernels keep the variance of what flows through them, scales and variances
    are away from zero, everything else is small. `gain` scales the kernels.
    """
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    shape = tuple(shape)
    last = name.replace("/", ".").rpartition(".")[2]
    if last in ("num_batches_tracked", "count"):
        return np.zeros(shape, "int64")
    if last == "index":  # of channels
        return rng.permutation(shape[0])
    if last.endswith("kernel"):  # Keras: (height, width, in, out)
        return _normal(rng, shape, math.prod(shape[:-1]) / gain**2)
    if last == "weight" and sum(d > 1 for d in shape[1:]):
        return _normal(
            rng, shape, math.prod(shape[1:]) / gain**2
        )  # (out, in, h, w)
    if last in ("bias", "beta", "running_mean", "moving_mean", "mean"):
        return _normal(rng, shape, 200.0)
    return rng.uniform(0.5, 1.5, shape).astype("float32")


def image(seed, shape):
    """One image, (1, height, width, channels)."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal((1, *shape), "float32")


def _normal(rng, shape, fan_in):
    values = rng.standard_normal(shape, "float32")
    values *= np.float32(math.sqrt(2 / fan_in))
    return values

"""Statistics of an array's columns, added up batch by batch."""

import dataclasses
from typing import Any

import numpy as np

from zoo.callbacks._tf import copies, tf, variable

COLUMNS = 1024  # columns of which each has its own statistics
FAR = float(np.finfo(np.float32).max)


@dataclasses.dataclass
class Columns:
    """Statistics of an array's columns over all rows of an epoch.

    A column is one feature of a row; of images and sequences, one channel.

    Attributes:
        name: Key or number of the array in its structure.
        dtype: Its dtype.
        rank: Its rank, rows included.
        rows: How many values each column has.
        bad: How many of them are NaN or infinite.
        mean, std, low, high: Statistics of the finite values.
        bad_step: The first step with such a value, or None.
    """

    name: str
    dtype: str
    rank: int
    rows: int
    bad: Any
    mean: Any
    std: Any
    low: Any
    high: Any
    bad_step: int | None = None


def width(shape):
    """How many columns an array has: its features, or else its channels."""
    last = shape[-1] if len(shape) > 1 else 1
    return last if last and last <= COLUMNS else 1


def create(leaf):
    """Rows: values, bad ones, sum, sum of squares, least, largest, bad step."""
    return variable(tf.constant(start(width(leaf.shape))))


def start(width):
    """Those of nothing."""
    start = np.zeros((7, width))
    start[4], start[5], start[6] = FAR, -FAR, 2.0**30
    return start


def added(moments, leaf, step):
    """Those with a batch more."""
    values = tf.reshape(tf.cast(leaf, tf.float64), [-1, moments.shape[1]])
    good = tf.math.is_finite(values)
    bad = tf.reduce_sum(tf.cast(~good, tf.float64), 0)
    filled = tf.where(good, values, 0.0)
    number = tf.cast(tf.shape(values)[0], tf.float64)
    sums = tf.stack(
        [
            tf.fill(tf.shape(bad), number),
            bad,
            tf.reduce_sum(filled, 0),
            tf.reduce_sum(filled * filled, 0),
        ]
    )
    low = tf.reduce_min(tf.where(good, values, FAR), 0)
    high = tf.reduce_max(tf.where(good, values, -FAR), 0)
    now = tf.where(bad > 0, tf.cast(step, tf.float64), 2.0**30)
    return tf.concat(
        [
            moments[:4] + sums,
            tf.minimum(moments[4:5], low[None]),
            tf.maximum(moments[5:6], high[None]),
            tf.minimum(moments[6:], now[None]),
        ],
        0,
    )


def added_on_host(moments, values, step):
    """What `added` gives, in NumPy."""
    values = np.asarray(values, float).reshape(-1, moments.shape[1])
    good = np.isfinite(values)
    filled = np.where(good, values, 0.0)
    bad = (~good).sum(0)
    new = moments.copy()
    new[0] += len(values)
    new[1] += bad
    new[2] += filled.sum(0)
    new[3] += (filled * filled).sum(0)
    low, high = np.where(good, values, FAR), np.where(good, values, -FAR)
    new[4] = np.minimum(new[4], low.min(0, initial=FAR))
    new[5] = np.maximum(new[5], high.max(0, initial=-FAR))
    new[6] = np.minimum(new[6], np.where(bad > 0, step, 2.0**30))
    return new


def read(name, dtype, rank, moments):
    """`Columns` of what was added up."""
    if not isinstance(moments, np.ndarray):
        moments = copies(moments)[0].numpy()
    count, bad, total, square, low, high, step = moments
    good = np.maximum(count - bad, 1)
    mean = total / good
    bad_steps = step[bad > 0]
    return Columns(
        name,
        dtype,
        rank,
        int(count[0]),
        bad,
        mean,
        np.sqrt(np.maximum(square / good - mean**2, 0)),
        low,
        high,
        int(bad_steps.min()) if bad_steps.size else None,
    )

"""What the training data are like, added up inside the first epoch's steps."""

import dataclasses
import functools
from typing import Any

import keras
import numpy as np

from zoo.callbacks._sample import Sample, is_tensor
from zoo.callbacks._tf import copies, put, tf, variable, when

COLUMNS = 1024  # columns of which each has its own statistics
LABELS, LABEL_WIDTH = 2**16, 64  # rows of targets, in their order; values each
LOSSES = 256  # first steps whose loss is kept
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


@dataclasses.dataclass
class Data:
    """The training data of the first epoch.

    Attributes:
        x: Inputs of the first rows, as the model takes them.
        y: Their targets, or None.
        inputs: `Columns` of each array of numbers.
        targets: The same of the targets.
        labels: The first rows, in their order, of each array of targets, or
            None where they are too wide.
        losses: Loss of each of the first steps.
        batch: Rows of the first step.
        steps: Steps of the epoch.
        weighted: Whether samples or classes have weights.
    """

    x: Any
    y: Any
    inputs: list[Columns]
    targets: list[Columns]
    labels: list
    losses: Any
    batch: int
    steps: int
    weighted: bool


class Ledger(Sample):
    """A sample with the targets, and statistics of one whole epoch.

    After that epoch a step only asks whether it is over.
    """

    live = (*Sample.live, "_moments", "_labels", "_losses", "_step", "_batch")

    def wanted(self, batch):
        kept = {"x": batch.x}
        if batch.y is not None:
            kept["y"] = batch.y
        return kept

    def write(self, batch):
        leaves = keras.tree.flatten(self.wanted(batch))
        if self._buffers:
            keep = functools.partial(super().write, batch)
            when(self._filled < (1 if self._varies else self.rows), keep)
        self._add_moments(batch)
        if batch.loss is not None:
            put(
                self._losses,
                tf.minimum(self._step, LOSSES),  # the last row is for the rest
                tf.cast(batch.loss, tf.float32),
            )
        if leaves and is_tensor(leaves[0]):
            rows = tf.shape(leaves[0])[0]
            self._batch.assign(tf.maximum(self._batch, rows))
        self._step.assign_add(1)

    def full(self, is_full):
        """The statistics go on to the epoch's end."""

    def end_epoch(self):
        """Closes the ledger after the first epoch."""
        for copy in copies(self._open) if self._open is not None else ():
            copy.assign(False)

    def inputs(self):
        """The inputs of the sample; None before a step."""
        kept = self.read()
        return None if kept is None else kept["x"]

    def data(self):
        """`Data` of the first epoch; None before a step."""
        if self._open is None or self._step is None:
            return None
        steps = int(copies(self._step)[0])
        if not steps:
            return None
        kept = self.read() or {"x": None}
        losses = copies(self._losses)[0].numpy()[: min(steps, LOSSES)]
        return Data(
            kept["x"],
            kept.get("y"),
            [self._columns(*entry) for entry in self._moments["x"]],
            [self._columns(*entry) for entry in self._moments["y"]],
            [
                None
                if entry is None
                else copies(entry)[0].numpy()[
                    : min(int(copies(self._rows)[0]), entry.shape[0])
                ]
                for entry in self._labels
            ],
            losses if self._has_loss else losses[:0],
            int(copies(self._batch)[0]),
            steps,
            self._weighted,
        )

    def _forget(self):
        super()._forget()
        self._moments: Any = None
        self._labels: Any = None
        self._losses: Any = None
        self._step: Any = None
        self._batch: Any = None
        self._rows: Any = None
        self._weighted = self._has_loss = False

    def _create(self, leaves, batch):
        super()._create(leaves, batch)
        self._weighted = batch.weights is not None
        self._has_loss = batch.loss is not None
        self._step = variable(tf.zeros((), tf.int32))
        self._batch = variable(tf.zeros((), tf.int32))
        self._rows = variable(tf.zeros((), tf.int32))
        self._losses = variable(tf.zeros((LOSSES + 1,)))
        self._moments = {
            part: [
                (str(name), leaf.dtype.name, leaf.shape.rank, _moments(leaf))
                for name, leaf in _named(value)
                if _is_numeric(leaf)
            ]
            for part, value in (("x", batch.x), ("y", batch.y))
        }
        self._labels = [_label_buffer(leaf) for _, leaf in _named(batch.y)]

    def _add_moments(self, batch):
        for part, value in (("x", batch.x), ("y", batch.y)):
            leaves = [leaf for _, leaf in _named(value) if _is_numeric(leaf)]
            for (*_, moments), leaf in zip(
                self._moments[part], leaves, strict=True
            ):
                moments.assign(_added(moments, leaf, self._step))
        targets = [leaf for _, leaf in _named(batch.y)]
        kept = [
            (buffer, leaf)
            for buffer, leaf in zip(self._labels, targets, strict=True)
            if buffer is not None
        ]
        if not kept:
            return
        count = tf.shape(kept[0][1])[0]
        limit = min(buffer.shape[0] for buffer, _ in kept)

        def write():
            rows = self._rows + tf.range(count)
            for buffer, leaf in kept:
                buffer.assign(
                    tf.tensor_scatter_nd_update(buffer, rows[:, None], leaf)
                )
            self._rows.assign_add(count)

        when(self._rows + count <= limit, write)

    def _columns(self, name, dtype, rank, moments):
        count, bad, total, square, low, high, step = copies(moments)[0].numpy()
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


def _named(structure):
    """(key or number, leaf) of each leaf that is there."""
    if structure is None:
        return []
    leaves = keras.tree.flatten(structure)
    keys = range(len(leaves))
    if isinstance(structure, dict) and len(structure) == len(leaves):
        keys = sorted(structure)
    return [
        (key, leaf)
        for key, leaf in zip(keys, leaves, strict=True)
        if leaf is not None
    ]


def _is_numeric(leaf):
    return is_tensor(leaf) and (leaf.dtype.is_floating or leaf.dtype.is_integer)


def _width(leaf):
    """How many columns an array has: its features, or else its channels."""
    features = leaf.shape[1:]
    size = features.num_elements()
    if size is not None and 0 < size <= COLUMNS and leaf.shape.rank == 2:
        return size
    last = leaf.shape[-1] if leaf.shape.rank > 1 else 1
    return last if last and last <= COLUMNS else 1


def _moments(leaf):
    """Rows: values, bad ones, sum, sum of squares, least, largest, bad step."""
    start = np.zeros((7, _width(leaf)))
    start[4], start[5], start[6] = FAR, -FAR, 2.0**30
    return variable(tf.constant(start))


def _added(moments, leaf, step):
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


def _label_buffer(leaf):
    if not _is_numeric(leaf):
        return None
    shape = leaf.shape[1:]
    width = shape.num_elements()
    if width is None or not 0 < width <= LABEL_WIDTH:
        return None
    return variable(tf.zeros((LABELS // width, *shape), leaf.dtype))

"""What the training data are like, added up inside the first epoch's steps."""

import dataclasses
import functools
from typing import Any

import keras

from zoo.callbacks import _moments
from zoo.callbacks._sample import Sample, Store, is_tensor
from zoo.callbacks._tf import copies, put, tf, variable, when

LABELS, LABEL_WIDTH = 2**16, 64  # rows of targets, in their order; values each
LOSSES = 256  # first steps whose loss is kept


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
    inputs: list[_moments.Columns]
    targets: list[_moments.Columns]
    labels: list
    losses: Any
    batch: int
    steps: int
    weighted: bool


class LedgerStore(Store):
    """Rows with their targets, and statistics of all batches."""

    def __init__(self, structure, size, batch):
        super().__init__(structure, size)
        self.weighted = batch.weights is not None
        self.has_loss = batch.loss is not None
        self.step = variable(tf.zeros((), tf.int32))
        self.batch = variable(tf.zeros((), tf.int32))
        self.labelled = variable(tf.zeros((), tf.int32))
        self.losses = variable(tf.zeros((LOSSES + 1,)))
        self.moments = {
            part: [
                (
                    str(name),
                    leaf.dtype.name,
                    leaf.shape.rank,
                    _moments.create(leaf),
                )
                for name, leaf in named(value)
                if _is_numeric(leaf)
            ]
            for part, value in (("x", batch.x), ("y", batch.y))
        }
        self.labels = [_label_buffer(leaf) for _, leaf in named(batch.y)]

    def full(self, is_full):
        """The statistics go on to the epoch's end."""

    def was_written(self):
        return int(copies(self.step)[0]) > 0

    def reset(self):
        super().reset()
        for each in (self.step, self.batch, self.labelled):
            for copy in copies(each):
                copy.assign(0)
        for entries in self.moments.values():
            for *_, moments in entries:
                for copy in copies(moments):
                    copy.assign(_moments.start(copy.shape[1]))

    def add(self, structure, batch):
        """Adds a batch to all that is kept."""
        leaves = keras.tree.flatten(structure)
        if self.buffers:
            keep = functools.partial(self.write, structure)
            when(self.filled < (1 if self.varies else self.rows), keep)
        self._add_moments(batch)
        if batch.loss is not None:
            put(
                self.losses,
                tf.minimum(self.step, LOSSES),  # the last row is for the rest
                tf.cast(batch.loss, tf.float32),
            )
        if leaves and is_tensor(leaves[0]):
            rows = tf.shape(leaves[0])[0]
            self.batch.assign(tf.maximum(self.batch, rows))
        self.step.assign_add(1)

    def _add_moments(self, batch):
        for part, value in (("x", batch.x), ("y", batch.y)):
            leaves = [leaf for _, leaf in named(value) if _is_numeric(leaf)]
            for (*_, moments), leaf in zip(
                self.moments[part], leaves, strict=True
            ):
                moments.assign(_moments.added(moments, leaf, self.step))
        targets = [leaf for _, leaf in named(batch.y)]
        kept = [
            (buffer, leaf)
            for buffer, leaf in zip(self.labels, targets, strict=True)
            if buffer is not None
        ]
        if not kept:
            return
        count = tf.shape(kept[0][1])[0]
        limit = min(int(buffer.shape[0] or 0) for buffer, _ in kept)

        def write():
            rows = self.labelled + tf.range(count)
            for buffer, leaf in kept:
                buffer.assign(
                    tf.tensor_scatter_nd_update(buffer, rows[:, None], leaf)
                )
            self.labelled.assign_add(count)

        when(self.labelled + count <= limit, write)

    def data(self, kept):
        """`Data` of the steps, with the rows that were `kept`."""
        steps = int(copies(self.step)[0])
        rows = int(copies(self.labelled)[0])
        losses = copies(self.losses)[0].numpy()[: min(steps, LOSSES)]
        return Data(
            kept["x"],
            kept.get("y"),
            [_moments.read(*entry) for entry in self.moments["x"]],
            [_moments.read(*entry) for entry in self.moments["y"]],
            [
                None if each is None else copies(each)[0].numpy()[:rows]
                for each in self.labels
            ],
            losses if self.has_loss else losses[:0],
            int(copies(self.batch)[0]),
            steps,
            self.weighted,
        )


class Ledger(Sample):
    """A sample with the targets, and statistics of one whole epoch.

    After that epoch a step only asks whether it is over.
    """

    def store(self, batch):
        return LedgerStore(self.wanted(batch), self.size, batch)

    def wanted(self, batch):
        kept = {"x": batch.x}
        if batch.y is not None:
            kept["y"] = batch.y
        return kept

    def write(self, store, batch):
        store.add(self.wanted(batch), batch)

    def end_epoch(self):
        """Closes the ledger after the first epoch."""
        for store in self.state.values():
            for copy in copies(store.open):
                copy.assign(False)

    def rows(self):
        """Rows of a batch; 0 before a step."""
        store = self.written()
        return 0 if store is None else int(copies(store.batch)[0])

    def inputs(self):
        """The inputs of the sample; None before a step."""
        kept = self.read()
        return None if kept is None else kept["x"]

    def data(self):
        """`Data` of the first epoch; None before a step."""
        store = self.written()
        if store is None:
            return None
        return store.data(self.read() or {"x": None})


def named(structure):
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


def _label_buffer(leaf):
    if not _is_numeric(leaf):
        return None
    shape = leaf.shape[1:]
    width = shape.num_elements()
    if width is None or not 0 < width <= LABEL_WIDTH:
        return None
    return variable(tf.zeros((LABELS // width, *shape), leaf.dtype))

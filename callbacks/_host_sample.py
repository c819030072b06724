"""First inputs and statistics of data on JAX and PyTorch, kept in NumPy."""

import keras
import numpy as np

from zoo.callbacks import _moments
from zoo.callbacks._host_step import step_of
from zoo.callbacks._ledger import LABEL_WIDTH, LABELS, LOSSES, Data, named
from zoo.callbacks._sample import MAX_BYTES, unpacked


class HostSample:
    """The `Sample` of JAX and PyTorch: the first inputs that a step sees."""

    state = None

    def __init__(self, size):
        self.size = size
        self._forget()

    def setting(self):
        """What makes it equal to another."""
        return self.size

    def adopt(self, state):
        """There is nothing that a traced step writes to."""

    def attach(self, model, fit):
        self._forget()
        step_of(model).attach(model, self, fit)

    def detach(self, model):
        step_of(model).detach(model, self)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def hear(self, step, passed, data):
        """Keeps rows of a batch until there are enough."""
        if not self._open:
            return
        _, loss = passed.get("loss", ((), None))
        x, y, weights = unpacked(data)
        self._write(x, y, weights, loss)

    def _write(self, x, y, weights, loss):
        self._keep(x)
        self._open = self._room > 0

    def _keep(self, structure):
        """Keeps rows while there is room and their shapes are the same."""
        if self._room <= 0:
            return
        arrays = [_array(leaf) for leaf in keras.tree.flatten(structure)]
        if any(a is None or not a.ndim for a in arrays):
            self._room = 0
            return
        if self._structure is None:
            row = sum(a[:1].nbytes for a in arrays)
            self._room = max(1, min(self.size, MAX_BYTES // max(row, 1)))
            self._structure = keras.tree.map_structure(lambda _: 0, structure)
        elif [a.shape[1:] for a in arrays] != [
            a.shape[1:] for a in self._parts[0]
        ]:
            self._room = 0  # sequences of each batch's own length
            return
        arrays = [a[: self._room] for a in arrays]
        self._parts.append(arrays)
        self._room -= len(arrays[0])

    def read(self):
        """The rows, in the structure of a batch; None before a step.

        They are those until the first look: later ones are not added.
        """
        if not self._parts:
            return None
        self._room = 0
        if len(self._parts) > 1:
            columns = zip(*self._parts, strict=True)
            self._parts = [[np.concatenate(column) for column in columns]]
        return keras.tree.pack_sequence_as(self._structure, self._parts[0])

    def inputs(self):
        """The inputs of the sample."""
        return self.read()

    def _forget(self):
        self._structure = None
        self._parts: list = []
        self._room, self._open = self.size, True


class HostLedger(HostSample):
    """The `Ledger` of JAX and PyTorch."""

    def _forget(self):
        super()._forget()
        self._moments: dict = {"x": {}, "y": {}}
        self._labels: list = []
        self._losses: list = []
        self._steps = self._batch = 0
        self._weighted = False

    def _write(self, x, y, weights, loss):
        kept = {"x": x}
        if y is not None:
            kept["y"] = y
        self._keep(kept)
        self._weighted = self._weighted or weights is not None
        inputs, targets = (
            [(str(name), _array(leaf)) for name, leaf in named(value)]
            for value in (x, y)
        )
        for part, arrays in (("x", inputs), ("y", targets)):
            for name, array in arrays:
                self._add(part, name, array)
        self._labels = self._labels or [[] for _ in targets]
        for rows, (_, leaf) in zip(self._labels, targets, strict=True):
            width = 0 if leaf is None else int(np.prod(leaf.shape[1:]))
            if 0 < width <= LABEL_WIDTH and sum(map(len, rows)) < (
                LABELS // width
            ):
                rows.append(leaf)
        if loss is not None and len(self._losses) < LOSSES:
            self._losses.append(loss)
        shape = getattr(next(iter(keras.tree.flatten(x)), None), "shape", ())
        if shape:
            self._batch = max(self._batch, int(shape[0]))
        self._steps += 1

    def _add(self, part, name, array):
        if array is None or array.dtype.kind not in "fiu" or not array.ndim:
            return
        entries = self._moments[part]
        if name not in entries:
            start = _moments.start(_moments.width(array.shape))
            entries[name] = str(array.dtype), array.ndim, start
        dtype, rank, moments = entries[name]
        if _moments.width(array.shape) == moments.shape[1]:
            moments = _moments.added_on_host(moments, array, self._steps)
            entries[name] = dtype, rank, moments

    def end_epoch(self):
        """Closes the ledger after the first epoch."""
        self._open = False

    def rows(self):
        """Rows of a batch; 0 before a step."""
        return self._batch

    def inputs(self):
        """The inputs of the sample; None before a step."""
        kept = self.read()
        return None if kept is None else kept["x"]

    def data(self):
        """`Data` of the first epoch; None before a step."""
        if not self._steps:
            return None
        kept = self.read() or {"x": None}
        return Data(
            x=kept["x"],
            y=kept.get("y"),
            inputs=self._columns("x"),
            targets=self._columns("y"),
            labels=[
                np.concatenate(rows) if rows else None for rows in self._labels
            ],
            losses=np.array([float(loss) for loss in self._losses]),
            batch=self._batch,
            steps=self._steps,
            weighted=self._weighted,
        )

    def _columns(self, part):
        entries = self._moments[part].items()
        return [_moments.read(name, *entry) for name, entry in entries]


def _array(leaf):
    """A leaf as NumPy has it; None where it is no array."""
    if leaf is None or not hasattr(leaf, "shape"):
        return None
    try:
        return np.asarray(keras.ops.convert_to_numpy(leaf))
    except (TypeError, ValueError):
        return None

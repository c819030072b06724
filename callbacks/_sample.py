"""A bounded sample of the batches that a model trains on.

It is copied inside the training step: reading the user's data a second time
would move the state of a shuffled or one-way dataset.
"""

import dataclasses
import threading
from typing import Any

import keras

from zoo.callbacks import _watched
from zoo.callbacks._hooks import Shared
from zoo.callbacks._tf import copies, create, tf, variable, when

MAX_BYTES = 2**26


@dataclasses.dataclass
class Batch:
    """What a training step saw: inputs, targets, weights, and its loss.

    `y`, `weights` and `loss` are None where the step has none, or hides it.
    """

    x: Any
    y: Any
    weights: Any
    loss: Any


class Step(Shared):
    """Tells `Sample`s of each step's `Batch`."""

    def open(self, model):
        self.model = model
        self._losses = {}  # of the devices' threads, which take turns
        self.hook(model, "train_step", self._train_step)
        self.hook(model, "compute_loss", self._compute_loss)

    def _train_step(self, train_step, data):
        data = _watched.of(self.model).changed(data)
        x, y, weights = unpacked(data)
        self._losses.pop(threading.get_ident(), None)
        logs = train_step(data)
        loss = self._losses.pop(threading.get_ident(), None)
        loss = loss if _can_be_read(loss) else None
        for sample in self.listeners:
            sample.keep(
                self.model.distribute_strategy, Batch(x, y, weights, loss)
            )
        return logs

    def _compute_loss(self, compute_loss, *args, **kwargs):
        loss = compute_loss(*args, **kwargs)
        self._losses[threading.get_ident()] = loss
        return loss


def unpacked(data) -> tuple:
    """(x, y, weights) of what a training step gets."""
    try:
        return keras.utils.unpack_x_y_sample_weight(data)
    except ValueError:  # a structure of the user's own
        return data, None, None


class Store:
    """Rows of batches of one kind, written inside the training step.

    Args:
        structure: A batch's values to keep rows of.
        size: How many rows to keep, as far as 64 MB hold them.
    """

    def __init__(self, structure, size):
        self.structure = keras.tree.map_structure(lambda leaf: None, structure)
        self.filled = variable(tf.zeros((), tf.int32))
        self.open = variable(tf.ones((), tf.bool))
        self.buffers = []
        self.rows, self.varies = 0, False
        leaves = keras.tree.flatten(structure)
        if not leaves or not all(map(is_tensor, leaves)):
            return  # ragged or sparse: no sample can be kept
        shapes = [leaf.shape[1:] for leaf in leaves]
        # Sequences or images of each batch's own size: the first will do.
        self.varies = not all(shape.is_fully_defined() for shape in shapes)
        row = sum(
            leaf.dtype.size * (shape.num_elements() or 2**12)
            for leaf, shape in zip(leaves, shapes, strict=True)
        )
        self.rows = max(1, min(size, MAX_BYTES // max(row, 1)))
        for shape, leaf in zip(shapes, leaves, strict=True):
            if self.varies:
                buffer = variable(
                    tf.zeros((0, *(n or 0 for n in shape)), leaf.dtype),
                    shape=tf.TensorShape([None, *shape]),
                )
            else:
                buffer = variable(tf.zeros((self.rows, *shape), leaf.dtype))
            self.buffers.append(buffer)

    def write(self, structure):
        """Copies the rows of a batch as long as there is room."""
        if not self.buffers:
            self.open.assign(False)
            return
        leaves = keras.tree.flatten(structure)
        count = tf.minimum(tf.shape(leaves[0])[0], self.rows)
        if self.varies:  # only the first batch
            for buffer, leaf in zip(self.buffers, leaves, strict=True):
                buffer.assign(leaf[: self.rows])
            self.filled.assign(count)
        else:
            rows = (self.filled + tf.range(count)) % self.rows
            for buffer, leaf in zip(self.buffers, leaves, strict=True):
                buffer.assign(
                    tf.tensor_scatter_nd_update(
                        buffer, rows[:, None], leaf[:count]
                    )
                )
            self.filled.assign_add(count)
        self.full(self.varies or self.filled >= self.rows)

    def full(self, is_full):
        """There is enough if `is_full`: ends the writing."""
        self.open.assign(tf.logical_not(is_full))

    def was_written(self):
        """Whether a step has written to it since `reset`."""
        return bool(self.buffers) and int(copies(self.filled)[0]) > 0

    def read(self):
        """The rows, in the structure of a batch; None without any."""
        if not self.buffers:
            return None
        filled = min(int(copies(self.filled)[0]), self.rows)
        return keras.tree.pack_sequence_as(
            self.structure,
            [copies(b)[0].numpy()[:filled] for b in self.buffers],
        )

    def reset(self):
        """Empties it, for another `fit`."""
        for each, value in ((self.filled, 0), (self.open, True)):
            for copy in copies(each):
                copy.assign(value)


class Sample:
    """The first inputs that the training step of a model sees.

    Args:
        size: How many inputs to keep, as far as 64 MB hold them.
    """

    def __init__(self, size):
        self.size = size
        self._forget()

    def __getstate__(self):
        return {**self.__dict__, "_kept": None, "state": {}}

    def setting(self):
        """What makes it equal to another."""
        return self.size

    def adopt(self, state):
        """Goes on with the stores of an equal one, from nothing."""
        self.state = state
        for store in state.values():
            store.reset()

    def attach(self, model, fit):
        self._forget()  # this `fit` may have other data
        Step.attach(model, self, fit)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def detach(self, model):
        self.read()
        self.state = {}  # what is read is in `_kept`
        Step.detach(model, self)

    def keep(self, strategy, batch):
        """Copies inputs until there are enough; called inside the step."""
        kind = _kind(batch)
        if kind not in self.state:

            def make():
                self.state[kind] = self.store(batch)

            create(strategy, make)
        store = self.state[kind]
        when(store.open, lambda: self.write(store, batch))

    def store(self, batch):
        """A `Store` for batches like this one."""
        return Store(self.wanted(batch), self.size)

    def wanted(self, batch):
        """The structure to keep rows of: what the model takes."""
        return batch.x

    def write(self, store, batch):
        """Writes a batch into the store for its kind."""
        store.write(self.wanted(batch))

    def written(self):
        """The store that the steps of this `fit` write to, or None."""
        return next((s for s in self.state.values() if s.was_written()), None)

    def read(self):
        """The inputs, in the model's own structure; None before a step."""
        if self._kept is None and (store := self.written()) is not None:
            self._kept = store.read()
        return self._kept

    def inputs(self):
        """The inputs of the sample."""
        return self.read()

    def _forget(self):
        self._kept: Any = None
        # One store for each kind of batches; what a step has that was traced
        # for another kind stays with it.
        self.state = {}


def _kind(batch):
    """What a step is traced for: structure, dtypes and shapes of rows."""

    def kind(leaf):
        shape = getattr(leaf, "shape", None)
        dtype = getattr(leaf, "dtype", None)
        return type(leaf).__name__, str(dtype), str(shape and shape[1:])

    parts = (batch.x, batch.y, batch.weights)
    parts = [keras.tree.map_structure(kind, part) for part in parts]
    return repr([*parts, batch.loss is None])


def is_tensor(leaf):
    """Whether it is a dense tensor of rows."""
    return isinstance(leaf, tf.Tensor) and bool(leaf.shape.rank)


def _can_be_read(loss):
    """Whether a tensor of the step can be read outside of what made it."""
    if not isinstance(loss, tf.Tensor) or loss.shape.rank != 0:
        return False
    if tf.executing_eagerly():
        return True
    return getattr(loss, "graph", None) is tf.compat.v1.get_default_graph()

"""A bounded sample of the batches that a model trains on.

It is copied inside the training step: reading the user's data a second time
would move the state of a shuffled or one-way dataset.
"""

import dataclasses
from typing import Any

import keras

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

    @staticmethod
    def place(model):
        return model, "train_step"

    def open(self, model):
        self.model = model
        self._loss = None
        self.hook(model, "train_step", self._train_step)
        self.hook(model, "compute_loss", self._compute_loss)

    def _train_step(self, train_step, data):
        try:
            x, y, weights = keras.utils.unpack_x_y_sample_weight(data)
        except ValueError:  # a structure of the user's own
            x, y, weights = data, None, None
        self._loss = None
        logs = train_step(data)
        loss = self._loss if _can_be_read(self._loss) else None
        self._loss = None
        for sample in self.listeners:
            sample.keep(
                self.model.distribute_strategy, Batch(x, y, weights, loss)
            )
        return logs

    def _compute_loss(self, compute_loss, *args, **kwargs):
        self._loss = compute_loss(*args, **kwargs)
        return self._loss


class Sample:
    """The first inputs that the training step of a model sees.

    Args:
        size: How many inputs to keep, as far as 64 MB hold them.
    """

    live = ("_buffers", "_filled", "_open", "_structure", "_model")

    def __init__(self, size):
        self.size = size
        self._forget()

    def __getstate__(self):
        return {**self.__dict__, **dict.fromkeys(self.live)}

    def attach(self, model, fit):
        self._forget()  # this `fit` may have other data
        self._model = model
        Step.attach(model, self, fit)

    def reset(self):
        """Nothing is carried from epoch to epoch."""

    def detach(self, model):
        self.read()
        self._buffers = None  # what is kept is in `_kept`
        Step.detach(model, self)

    def keep(self, strategy, batch):
        """Copies inputs until there are enough; called inside the step."""
        if self._open is None:
            self._structure = self.wanted(batch)
            leaves = keras.tree.flatten(self._structure)
            create(strategy, lambda: self._create(leaves, batch))

        when(self._open, lambda: self.write(batch))

    def wanted(self, batch):
        """The structure to keep rows of: what the model takes."""
        return batch.x

    def write(self, batch):
        """Copies the rows of a batch as long as there is room."""
        if not self._buffers:
            self._open.assign(False)
            return
        leaves = keras.tree.flatten(self.wanted(batch))
        count = tf.minimum(tf.shape(leaves[0])[0], self.rows)
        if self._varies:  # only the first batch
            for buffer, leaf in zip(self._buffers, leaves, strict=True):
                buffer.assign(leaf[: self.rows])
            self._filled.assign(count)
        else:
            rows = (self._filled + tf.range(count)) % self.rows
            for buffer, leaf in zip(self._buffers, leaves, strict=True):
                buffer.assign(
                    tf.tensor_scatter_nd_update(
                        buffer, rows[:, None], leaf[:count]
                    )
                )
            self._filled.assign_add(count)
        self.full(self._varies or self._filled >= self.rows)

    def full(self, is_full):
        """There is enough if `is_full`: ends the copying."""
        self._open.assign(tf.logical_not(is_full))

    def read(self):
        """The inputs, in the model's own structure; None before a step."""
        if self._kept is None and self._buffers:
            filled = min(int(copies(self._filled)[0]), self.rows)
            if not filled:
                return None
            self._kept = keras.tree.pack_sequence_as(
                self._structure,
                [copies(b)[0].numpy()[:filled] for b in self._buffers],
            )
            self._structure = None
        return self._kept

    def inputs(self):
        """The inputs of the sample."""
        return self.read()

    def _forget(self):
        self._kept: Any = None
        self._buffers: Any = None
        self._filled: Any = None
        self._open: Any = None
        self._structure = self._model = None
        self._varies = False
        self.rows = 0

    def _create(self, leaves, batch):
        self._filled = variable(tf.zeros((), tf.int32))
        self._open = variable(tf.ones((), tf.bool))
        self._buffers = []
        if not leaves or not all(map(is_tensor, leaves)):
            return  # ragged or sparse: no sample can be kept
        shapes = [leaf.shape[1:] for leaf in leaves]
        # Sequences or images of each batch's own size: the first will do.
        self._varies = not all(shape.is_fully_defined() for shape in shapes)
        row = sum(
            leaf.dtype.size * (shape.num_elements() or 2**12)
            for leaf, shape in zip(leaves, shapes, strict=True)
        )
        self.rows = max(1, min(self.size, MAX_BYTES // max(row, 1)))
        for shape, leaf in zip(shapes, leaves, strict=True):
            if self._varies:
                buffer = variable(
                    tf.zeros((0, *(n or 0 for n in shape)), leaf.dtype),
                    shape=tf.TensorShape([None, *shape]),
                )
            else:
                buffer = variable(tf.zeros((self.rows, *shape), leaf.dtype))
            self._buffers.append(buffer)


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

"""A bounded sample of the batches that a model trains on.

It is copied inside the training step: reading the user's data a second time
would move the state of a shuffled or one-way dataset.
"""

from typing import Any

import keras

from zoo.callbacks._hooks import Shared
from zoo.callbacks._tf import copies, create, tf, variable

MAX_BYTES = 2**26


class Step(Shared):
    """Tells `Sample`s of each step's inputs."""

    @staticmethod
    def place(model):
        return model, "train_step"

    def open(self, model):
        self.model = model
        self.hook(model, "train_step", self._train_step)

    def _train_step(self, train_step, data):
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        for sample in self.listeners:
            sample.keep(self.model.distribute_strategy, x)
        return train_step(data)


class Sample:
    """The first inputs that the training step of a model sees.

    Args:
        size: How many inputs to keep, as far as 64 MB hold them.
    """

    def __init__(self, size):
        self.size = size
        self._forget()

    def __getstate__(self):
        live = ("_buffers", "_filled", "_structure", "_model")
        return {**self.__dict__, **dict.fromkeys(live)}

    def attach(self, model, fit):
        if self._model is not None and self._model is not model:
            self._forget()  # another model may take other inputs
        self._model = model
        if self._x is None:
            self._buffers = None
            Step.attach(model, self, fit)

    def detach(self, model):
        Step.detach(model, self)

    def keep(self, strategy, x):
        """Copies inputs until there are enough; called inside the step."""
        leaves = keras.tree.flatten(x)
        if self._buffers is None:
            self._create(strategy, leaves)
            self._structure = x

        def write():
            count = tf.minimum(tf.shape(leaves[0])[0], self.rows)
            rows = (self._filled + tf.range(count)) % self.rows
            for buffer, leaf in zip(self._buffers, leaves, strict=True):
                buffer.assign(
                    tf.tensor_scatter_nd_update(
                        buffer, rows[:, None], leaf[:count]
                    )
                )
            self._filled.assign_add(count)
            return True

        tf.cond(self._filled < self.rows, write, lambda: True)

    def read(self):
        """The inputs, in the model's own structure; None before a step."""
        if self._x is None and self._buffers is not None:
            filled = int(copies(self._filled)[0])
            self._x = keras.tree.pack_sequence_as(
                self._structure,
                [copies(b)[0].numpy()[:filled] for b in self._buffers],
            )
            self._structure = None
        return self._x

    def _forget(self):
        self._x: Any = None
        self._buffers: Any = None
        self._filled: Any = None
        self._structure = self._model = None

    def _create(self, strategy, leaves):
        shapes = [leaf.shape[1:] for leaf in leaves]
        if not all(shape.is_fully_defined() for shape in shapes):
            raise ValueError(
                "The training data's shape varies, so no sample of it can "
                "be kept: give the monitor its data as probe=array."
            )
        row = sum(
            leaf.dtype.size * shape.num_elements()
            for leaf, shape in zip(leaves, shapes, strict=True)
        )
        self.rows = max(1, min(self.size, MAX_BYTES // max(row, 1)))

        def make():
            self._filled = variable(tf.zeros((), tf.int32))
            self._buffers = [
                variable(tf.zeros((self.rows, *shape), leaf.dtype))
                for leaf, shape in zip(leaves, shapes, strict=True)
            ]

        create(strategy, make)

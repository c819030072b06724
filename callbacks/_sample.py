"""A bounded sample of the batches that a model trains on.

It is copied inside the training step: reading the user's data a second time
would move the state of a shuffled or one-way dataset.
"""

import keras

from zoo.callbacks._tf import copies, create, tf, variable

MAX_BYTES = 2**26


class _Step:
    """Stands before `model.train_step`, as the tap before `apply`."""

    def __init__(self, model, fit):
        self.model = model
        self.fit = fit
        self.samples = []
        self._step = model.train_step
        object.__setattr__(model, "train_step", self)

    def remove(self):
        self.model.__dict__.pop("train_step", None)

    def __call__(self, data):
        x, _, _ = keras.utils.unpack_x_y_sample_weight(data)
        for sample in self.samples:
            sample.keep(self.model.distribute_strategy, x)
        return self._step(data)


class Sample:
    """The first `size` inputs that the training step sees."""

    def __init__(self, size):
        self.size = size
        self._x = None
        self._buffers = None

    def attach(self, model, fit):
        if self._x is not None:
            return
        step = model.__dict__.get("train_step")
        if not isinstance(step, _Step) or step.fit is not fit:
            if isinstance(step, _Step):
                step.remove()
            step = _Step(model, fit)
        self._buffers = None
        step.samples.append(self)
        model.make_train_function(force=True)

    def detach(self, model):
        step = model.__dict__.get("train_step")
        if isinstance(step, _Step) and self in step.samples:
            step.samples.remove(self)
            if not step.samples:
                step.remove()
            model.make_train_function(force=True)

    def keep(self, strategy, x):
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

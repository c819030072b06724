"""Norms of gradients and of updates, recorded inside the training step."""

import numpy as np

from zoo.callbacks import _tap
from zoo.callbacks._naming import layer_of
from zoo.callbacks._table import Table, merged
from zoo.callbacks._tf import create, tf

# Gradients of this many elements: a dot product sums their squares three
# times as fast as l2_loss, which loses no digits of larger ones and needs no
# TF32 on GPUs.
DOT_MIN, DOT_MAX = 2**14, 2**20


class Recorder:
    """Counts, sums and maxima of norms, one row a variable, layer and all.

    Args:
        every: Record each `every`th step.
        update_every: Record the updates' size each so many steps; 0: never.
        after_clipping: Record what clipping leaves of the gradients.
    """

    def __init__(self, every=1, update_every=0, after_clipping=False):
        self.every = every
        self.update_every = update_every
        self.after_clipping = after_clipping
        # One table for each set of variables that a step updates.
        self.state: tuple[dict, dict] = ({}, {})  # of norms, of updates
        self.known = None  # names of the model's variables, for readers

    def __getstate__(self):
        return {**self.__dict__, "state": ({}, {})}

    def setting(self):
        """What makes it equal to another."""
        return self.every, self.update_every, self.after_clipping

    def adopt(self, state):
        """Goes on with the tables of an equal one, from nothing."""
        self.state = state
        self.reset()

    def attach(self, model, fit):
        """Records the steps of a `fit` that begins."""
        self.state = {}, {}
        self.known = None
        _tap.attach(model, self, fit)

    def detach(self, model):
        if _tap.optimizers(model):
            _tap.Tap.detach(model, self)

    def record(self, optimizer, names, grads):
        """Adds the norms of a step's gradients; called inside the step."""
        key, (tables, _) = tuple(names), self.state
        if key not in tables:

            def make():
                tables[key] = Table(rows(names), self.every, norms_of(names))

            create(optimizer._distribution_strategy, make)
        table = tables[key]

        def add():
            table.add(tf.stack([_half_square(g) for g in grads]))

        table.each(add)

    def before_update(self, optimizer, kernels):
        """Keeps copies of `kernels`, {path: variable}, to compare with."""
        key, (_, tables) = tuple(kernels), self.state
        if not self.update_every or not key:
            return
        if key not in tables:

            def make():
                tables[key] = Table(
                    list(key), self.update_every, kernels=list(kernels.values())
                )

            create(optimizer._distribution_strategy, make)
        tables[key].before(_updates(optimizer, 1))

    def after_update(self, optimizer, kernels):
        """Adds ‖Δw‖ / ‖w‖ of `kernels` where it is due, by the copies."""
        key = tuple(kernels)
        if not self.update_every or not key:
            return
        table = self.state[1][key]

        def compare():
            ratios = [
                tf.math.divide_no_nan(
                    tf.norm(tf.cast(kernel - snapshot, tf.float32)),
                    tf.norm(tf.cast(snapshot, tf.float32)),
                )
                for snapshot, kernel in table.copied()
            ]
            table.add(tf.stack(ratios))

        table.compared(compare, _updates(optimizer))

    def reset(self):
        """Begins an epoch."""
        for tables in self.state:
            for table in tables.values():
                table.reset()

    def norms(self):
        """{row: statistics} since `reset`; rows as `rows` names them."""
        return merged(self.state[0])

    def updates(self):
        """{kernel path: statistics of the updates' size} since `reset`."""
        return merged(self.state[1])


def _updates(optimizer, ahead=0):
    """Whether this step updates: under gradient accumulation, some do."""
    inner = _tap.inner(optimizer)
    steps = inner.gradient_accumulation_steps or 1
    return tf.equal((inner._iterations + ahead) % steps, 0)


def _half_square(gradient):
    """Half the sum of squares, which is what `tf.nn.l2_loss` computes."""
    g = tf.cast(gradient, tf.float32)
    size = g.shape.num_elements() or 0
    on_cpu = not tf.config.list_physical_devices("GPU")
    if DOT_MIN <= size < DOT_MAX and on_cpu:
        g = tf.reshape(g, [1, -1])
        return 0.5 * tf.reshape(tf.matmul(g, g, transpose_b=True), [])
    return tf.nn.l2_loss(g)


def rows(names):
    """What a step's norms are of: variables, layers, all together."""
    layers = dict.fromkeys(map(layer_of, names))
    return [
        *(("variable", name) for name in names),
        *(("layer", layer) for layer in layers),
        ("all", ""),
    ]


def norms_of(names):
    """How many numbers a step gives, and what makes norms of them.

    The numbers are the variables' `_half_square`s; the norms are those of
    `rows`: of each variable, each layer and all together.
    """
    layers = list(dict.fromkeys(map(layer_of, names)))
    sums = np.zeros((len(names), len(layers) + 1))
    for row, name in enumerate(names):
        sums[row, layers.index(layer_of(name))] = sums[row, -1] = 1

    def norms(half_squares):
        if isinstance(half_squares, np.ndarray):
            squares = 2 * half_squares
            with np.errstate(invalid="ignore"):
                grouped = np.stack(
                    [squares[:, c > 0].sum(1) for c in sums.T], 1
                )
            return np.sqrt(np.concatenate([squares, grouped], 1))
        squares = tf.transpose(2 * half_squares)
        groups = [layers.index(layer_of(name)) for name in names]
        layer = tf.math.unsorted_segment_sum(squares, groups, len(layers))
        total = tf.reduce_sum(squares, 0, keepdims=True)
        return tf.sqrt(tf.transpose(tf.concat([squares, layer, total], 0)))

    return len(names), norms

"""Norms of gradients and updates, added up inside the graph."""

import math

import numpy as np

from zoo.callbacks._tf import copies, create, put, tf, variable

BLOCK = 64
NEVER = 2.0**62
# Sizes of which a dot product gives the sum of squares three times as fast as
# l2_loss, which loses no digits of larger ones and needs no TF32 on GPUs.
DOT = range(2**14, 2**20)


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
        self._norms = {}
        self._updates = {}

    def fresh(self):
        return Recorder(self.every, self.update_every, self.after_clipping)

    def record(self, optimizer, names, grads):
        key = tuple(names)
        if key not in self._norms:

            def make():
                self._norms[key] = _Table(
                    _rows(names), self.every, _with_sums(names)
                )

            create(optimizer._distribution_strategy, make)
        table = self._norms[key]

        def add():
            table.add(tf.stack([_half_square(g) for g in grads]))

        table.each(add)

    def before_update(self, optimizer, names, variables):
        if not self.update_every:
            return
        kernels = _kernels(variables)
        key = tuple(names[id(v)] for v in kernels)
        if not key:
            return
        if key not in self._updates:

            def make():
                self._updates[key] = _Table(
                    list(key), self.update_every, kernels=kernels
                )

            create(optimizer._distribution_strategy, make)
        table = self._updates[key]

        def copy():
            for snapshot, kernel in zip(table.snapshots, kernels, strict=True):
                snapshot.assign(kernel)

        # Under gradient accumulation, wait for the step that updates.
        inner = getattr(optimizer, "inner_optimizer", optimizer)
        steps = inner.gradient_accumulation_steps or 1
        table.each(copy, only=tf.equal((inner._iterations + 1) % steps, 0))

    def after_update(self, names, variables):
        kernels = _kernels(variables)
        key = tuple(names[id(v)] for v in kernels)
        if not self.update_every or not key:
            return
        table = self._updates[key]

        def add():
            ratios = [
                tf.math.divide_no_nan(
                    tf.norm(tf.cast(kernel - snapshot, tf.float32)),
                    tf.norm(tf.cast(snapshot, tf.float32)),
                )
                for snapshot, kernel in zip(
                    table.snapshots, kernels, strict=True
                )
            ]
            table.add(tf.stack(ratios))

        tf.cond(table.due, lambda: _done(add), lambda: True)

    def reset(self):
        for table in (*self._norms.values(), *self._updates.values()):
            table.reset()

    def norms(self):
        """{row: statistics} since `reset`; rows as `_rows` names them."""
        return _merged(self._norms)

    def updates(self):
        """{kernel path: statistics of the updates' size} since `reset`."""
        return _merged(self._updates)


class _Table:
    """Statistics of rows of numbers, one row for each step that is recorded.

    A step only stores its numbers: few operations, for small models' sake.
    Each `BLOCK` rows, and when it is read, a block is added up.

    Args:
        names: Names of the statistics.
        every: Record each `every`th step.
        expand: Makes (steps, names) of (steps, numbers); None: they are it.
        kernels: Variables to keep a copy of.
    """

    def __init__(self, names, every, expand=None, kernels=()):
        self.names = names
        self.every = every
        width, self.expand = expand or (len(names), lambda numbers: numbers)
        self.step = variable(tf.zeros((), tf.int64))
        self.block = variable(tf.zeros((BLOCK, width)))
        # Rows: count, bad, sum, largest, first bad step. Sums over very many
        # steps would lose digits in float32.
        self.empty = np.zeros((5, len(names)))
        self.empty[4] = NEVER
        self.totals = variable(tf.constant(self.empty))
        self.snapshots = [variable(tf.zeros(v.shape, v.dtype)) for v in kernels]
        self.due = self.row = None

    def each(self, action, only=True):
        """Perform `action` in each `every`th step where `only` holds."""
        self.row = step = self.step.read_value()
        if self.every == 1 and only is True:
            action()
            self.step.assign_add(1)
            return
        self.row = step // self.every
        self.due = tf.logical_and(tf.equal(step % self.every, 0), only)
        tf.cond(self.due, lambda: _done(action), lambda: True)
        self.step.assign_add(tf.cast(only, tf.int64))

    def add(self, numbers):
        """Store the numbers of the step that `each` was last called in."""
        slot = self.row % BLOCK
        put(self.block, slot, numbers)

        def add_up():
            full = self._statistics(self.block, self.row - slot, BLOCK)
            self.totals.assign(_combined(self.totals, full))

        full = tf.equal(slot, BLOCK - 1)
        tf.cond(full, lambda: _done(add_up), lambda: True)

    def _statistics(self, block, first, count):
        """As `totals`, of the first `count` rows; `first` is row 0's number."""
        values = self.expand(tf.cast(block, tf.float64))
        index = tf.range(BLOCK, dtype=tf.int64)[:, None]
        # What is no number in the float32 of the step counts as bad. Never
        # ~(values <= limit): TensorFlow makes it values > limit, false of NaN.
        limit = tf.constant(tf.float32.max, tf.float64)
        there = tf.broadcast_to(index < count, tf.shape(values))
        good = there & (values <= limit)
        bad = tf.not_equal(there, good)
        values = tf.where(good, values, 0)
        steps = tf.cast((first + index) * self.every, tf.float64)
        return tf.stack(
            [
                tf.reduce_sum(tf.cast(there, tf.float64), 0),
                tf.reduce_sum(tf.cast(bad, tf.float64), 0),
                tf.reduce_sum(values, 0),
                tf.reduce_max(values, 0),
                tf.reduce_min(tf.where(bad, steps, NEVER), 0),
            ]
        )

    def reset(self):
        for copy in copies(self.step):
            copy.assign(0)
        for copy in copies(self.totals):
            copy.assign(self.empty)

    def read(self):
        # All replicas hold the same, for the gradients were summed before.
        step, block, totals = (
            copies(v)[0] for v in (self.step, self.block, self.totals)
        )
        rows = -(-int(step) // self.every)
        rest = rows % BLOCK
        statistics = self._statistics(block, rows - rest, rest)
        columns = _combined(totals, statistics).numpy().T.tolist()
        yield from zip(self.names, columns, strict=True)


def _combined(a, b):
    return tf.concat(
        [a[:3] + b[:3], tf.maximum(a[3:4], b[3:4]), tf.minimum(a[4:], b[4:])],
        0,
    )


def _half_square(gradient):
    """Half the sum of squares."""
    g = tf.cast(gradient, tf.float32)
    size = g.shape.num_elements() or 0
    if size in DOT and not tf.config.list_physical_devices("GPU"):
        g = tf.reshape(g, [1, -1])
        return 0.5 * tf.reshape(tf.matmul(g, g, transpose_b=True), [])
    return tf.nn.l2_loss(g)


def _done(action):
    action()
    return True


def _merged(tables):
    merged = {}
    for table in tables.values():
        for row, (steps, bad, total, largest, first) in table.read():
            old = merged.get(row, (0, 0, 0.0, 0.0, NEVER))
            merged[row] = (
                old[0] + steps,
                old[1] + bad,
                old[2] + total,
                max(old[3], largest),
                min(old[4], first),
            )
    return {row: _statistics(*entry) for row, entry in merged.items()}


def _statistics(steps, bad, total, largest, first_bad):
    finite = steps - bad
    return {
        "steps": int(steps),
        "nonfinite_steps": int(bad),
        "first_nonfinite_step": int(first_bad),
        "mean": total / finite if finite else math.nan,
        "max": largest if finite else math.nan,
    }


def layer_of(path):
    """Path of the layer that owns the variable at `path`."""
    layer, _, name = path.rpartition("/")
    _, mark, number = name.partition("#")
    return (layer or name) + mark + number


def _rows(names):
    layers = dict.fromkeys(map(layer_of, names))
    return [
        *(("variable", name) for name in names),
        *(("layer", layer) for layer in layers),
        ("all", ""),
    ]


def _with_sums(names):
    """How many numbers a step gives, and what makes `_rows` of them."""
    layers = list(dict.fromkeys(map(layer_of, names)))
    groups = [layers.index(layer_of(name)) for name in names]

    def expand(halves):
        squares = tf.transpose(2 * halves)
        layer = tf.math.unsorted_segment_sum(squares, groups, len(layers))
        total = tf.reduce_sum(squares, 0, keepdims=True)
        return tf.sqrt(tf.transpose(tf.concat([squares, layer, total], 0)))

    return len(names), expand


def is_kernel(variable):
    """Whether it is a weight matrix or kernel, and no gain, bias or slope."""
    *others, _ = variable.shape or (1,)
    return len(others) == 1 or any(size > 1 for size in others)


def _kernels(variables):
    return [v for v in variables if is_kernel(v)]

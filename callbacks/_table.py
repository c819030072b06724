"""Statistics over steps, added up inside the graph."""

import math

import numpy as np

from zoo.callbacks._tf import copies, put, tf, variable, when

BLOCK = 64
NEVER = 2.0**62


class Table:
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
        self.kernels = kernels
        self.snapshots = [variable(tf.zeros(v.shape, v.dtype)) for v in kernels]
        self.row = None
        # Kernels that the first step makes have no values before it.
        self.ready = all(bool(v.value.is_initialized()) for v in kernels)
        self._copy()

    def copied(self):
        """Pairs of a copy and its kernel."""
        return zip(self.snapshots, self.kernels, strict=True)

    def _copy(self):
        for snapshot, kernel in self.copied() if self.ready else ():
            for copy in copies(snapshot):
                copy.assign(kernel)

    def each(self, action):
        """Performs `action` in each `every`th step."""
        self.row = step = self.step.read_value()
        if self.every == 1:
            action()
        else:
            self.row = step // self.every
            when(tf.equal(step % self.every, 0), action)
        self.step.assign_add(1)

    def before(self, only):
        """Makes the copies before a step where none could be made yet."""
        if not self.ready:
            first = tf.equal(self.step % self.every, 0)
            when(tf.logical_and(only, first), self._snap)

    def _snap(self):
        for snapshot, kernel in self.copied():
            snapshot.assign(kernel)

    def compared(self, compare, only):
        """Performs `compare` behind each `every`th step where `only` holds.

        The copies are made behind the step before it: one branch for both, for
        small models' sake.
        """
        step = self.step.read_value()
        self.row = step // self.every
        first = tf.equal(step % self.every, 0)
        last = tf.equal(step % self.every, self.every - 1)

        def act():
            when(first, compare)
            when(last, self._snap)

        when(tf.logical_and(only, tf.logical_or(first, last)), act)
        self.step.assign_add(tf.cast(only, tf.int64))

    def add(self, numbers):
        """Stores the numbers of the step that `each` was last called in."""
        slot = self.row % BLOCK
        put(self.block, slot, numbers)

        def add_up():
            full = self._statistics(self.block, self.row - slot, BLOCK)
            self.totals.assign(_combined(self.totals, full))

        when(tf.equal(slot, BLOCK - 1), add_up)

    def _statistics(self, block, first, count):
        """Sums up the first `count` rows as `totals` does.

        `first` is the number of row 0, counted from the first step.
        """
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
        self._copy()
        for copy in copies(self.step):
            copy.assign(0)
        for copy in copies(self.totals):
            copy.assign(self.empty)

    def read(self):
        # All replicas hold the same, for the gradients were summed before.
        step, block, totals = (
            copies(v)[0].numpy() for v in (self.step, self.block, self.totals)
        )
        rows = -(-int(step) // self.every)
        rest = rows % BLOCK
        last = statistics_of(block[:rest], rows - rest, self.every, self.expand)
        columns = joined(totals, last).T.tolist()
        yield from zip(self.names, columns, strict=True)


def statistics_of(block, first, every, expand):
    """What a table makes of rows of numbers, in NumPy.

    Args:
        block: The rows.
        first: The number of the first, counted from the first step.
        every: One row is recorded each so many steps.
        expand: Makes (steps, names) of (steps, numbers).
    """
    values = expand(np.asarray(block, np.float64))
    index = first + np.arange(len(block))
    bad = ~(values <= np.finfo(np.float32).max)
    values = np.where(bad, 0, values)
    steps = np.broadcast_to((index * every)[:, None], values.shape)
    return np.stack(
        [
            np.full(values.shape[1], len(block), float),
            bad.sum(0),
            values.sum(0),
            values.max(0, initial=0.0),
            np.where(bad, steps, NEVER).min(0, initial=NEVER),
        ]
    )


def joined(a, b):
    """Statistics of two parts together."""
    return np.concatenate(
        [a[:3] + b[:3], np.maximum(a[3:4], b[3:4]), np.minimum(a[4:], b[4:])]
    )


def _combined(a, b):
    return tf.concat(
        [a[:3] + b[:3], tf.maximum(a[3:4], b[3:4]), tf.minimum(a[4:], b[4:])],
        0,
    )


def merged(tables):
    """{name: statistics} of the rows of all `tables`, {key: Table}."""
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

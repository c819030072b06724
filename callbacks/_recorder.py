"""Norms of gradients and updates, added up inside the graph."""

import math

from callbacks._tf import copies, create, tf, variable

BLOCK = 64
NEVER = 2**62


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
                self._norms[key] = _Table(_rows(names), _with_sums(names))

            create(optimizer._distribution_strategy, make)
        table = self._norms[key]

        def add():
            # Half the sum of squares: the one fused kernel there is.
            halves = [tf.nn.l2_loss(tf.cast(g, tf.float32)) for g in grads]
            table.add(tf.stack(halves))

        table.each(self.every, add)

    def before_update(self, optimizer, names, variables):
        if not self.update_every:
            return
        kernels = _kernels(variables)
        key = tuple(names[id(v)] for v in kernels)
        if not key:
            return
        if key not in self._updates:

            def make():
                self._updates[key] = _Table(list(key), kernels=kernels)

            create(optimizer._distribution_strategy, make)
        table = self._updates[key]

        def copy():
            for snapshot, kernel in zip(table.snapshots, kernels, strict=True):
                snapshot.assign(kernel)

        # Under gradient accumulation, wait for the step that updates.
        inner = getattr(optimizer, "inner_optimizer", optimizer)
        steps = inner.gradient_accumulation_steps or 1
        table.each(
            self.update_every,
            copy,
            only=tf.equal((inner._iterations + 1) % steps, 0),
        )

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
    """Statistics of rows of numbers, of which each step adds one.

    A step only stores its numbers: few operations, for small models' sake.
    Each `BLOCK` steps, and when it is read, a block is added up.

    Args:
        rows: Names of the statistics.
        expand: Makes (steps, rows) of (steps, numbers); None: they are it.
        kernels: Variables to keep a copy of.
    """

    def __init__(self, rows, expand=None, kernels=()):
        self.rows = rows
        width, self.expand = expand or (len(rows), lambda numbers: numbers)
        self.step = variable(tf.zeros((), tf.int64))
        self.stored = variable(tf.zeros((), tf.int64))
        self.block = variable(tf.zeros((BLOCK, width)))
        self.steps = variable(tf.zeros(BLOCK, tf.int64))
        # Sums over very many steps would lose digits in float32.
        self.sums = variable(tf.zeros((3, len(rows)), tf.float64))
        self.largest = variable(tf.zeros(len(rows), tf.float64))
        self.first_bad = variable(tf.fill([len(rows)], NEVER))
        self.snapshots = [variable(tf.zeros(v.shape, v.dtype)) for v in kernels]
        self.due = None

    def each(self, every, action, only=True):
        """Perform `action` in each `every`th step where `only` holds."""
        if every == 1 and only is True:
            action()
            self.step.assign_add(1)
            return
        self.due = tf.logical_and(tf.equal(self.step % every, 0), only)
        tf.cond(self.due, lambda: _done(action), lambda: True)
        self.step.assign_add(tf.cast(only, tf.int64))

    def add(self, numbers):
        slot = tf.reshape(self.stored % BLOCK, (1, 1))
        self.block.assign(
            tf.tensor_scatter_nd_update(self.block, slot, numbers[None])
        )
        self.steps.assign(
            tf.tensor_scatter_nd_update(self.steps, slot, self.step[None])
        )
        self.stored.assign_add(1)

        def add_up():
            sums, largest, first = self._statistics(
                self.block, self.steps, tf.constant(BLOCK, tf.int64)
            )
            self.sums.assign_add(sums)
            self.largest.assign(tf.maximum(self.largest, largest))
            self.first_bad.assign(tf.minimum(self.first_bad, first))

        tf.cond(
            tf.equal(self.stored % BLOCK, 0),
            lambda: _done(add_up),
            lambda: True,
        )

    def _statistics(self, block, steps, stored):
        """(sums, largest, first bad step) of the first `stored` rows."""
        values = self.expand(tf.cast(block, tf.float64))
        # What is no number in the float32 of the step counts as bad.
        limit = tf.constant(tf.float32.max, tf.float64)
        there = tf.range(BLOCK, dtype=tf.int64)[:, None] < stored
        bad = there & ~(values <= limit)
        values = tf.where(there & ~bad, values, 0)
        count = tf.cast(tf.broadcast_to(there, tf.shape(values)), tf.float64)
        sums = (count, tf.cast(bad, tf.float64), values)
        first = tf.where(bad, steps[:, None], NEVER)
        return (
            tf.stack([tf.reduce_sum(x, 0) for x in sums]),
            tf.reduce_max(values, 0),
            tf.reduce_min(first, 0),
        )

    def reset(self):
        for table in (
            self.sums,
            self.largest,
            self.step,
            self.stored,
        ):
            for copy in copies(table):
                copy.assign(tf.zeros_like(copy))
        for copy in copies(self.first_bad):
            copy.assign(tf.fill(copy.shape, NEVER))

    def read(self):
        # All replicas hold the same, for the gradients were summed before.
        sums, largest, first, block, steps, stored = (
            copies(v)[0]
            for v in (
                self.sums,
                self.largest,
                self.first_bad,
                self.block,
                self.steps,
                self.stored,
            )
        )
        rest = self._statistics(block, steps, stored % BLOCK)
        sums = (sums + rest[0]).numpy()
        largest = tf.maximum(largest, rest[1]).numpy()
        first = tf.minimum(first, rest[2]).numpy()
        for i, row in enumerate(self.rows):
            yield row, (*sums[:, i].tolist(), float(largest[i]), int(first[i]))


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
        "first_nonfinite_step": first_bad,
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

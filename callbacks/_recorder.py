"""Norms of gradients and updates, added up inside the graph."""

import math

from callbacks._tf import tf

COUNT, NONFINITE, SUM = range(3)


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
            self._norms[key] = _Table(optimizer, _rows(names))
        table = self._norms[key]
        groups, count = _groups(names)

        def add():
            squares = tf.stack(
                [2 * tf.nn.l2_loss(tf.cast(g, tf.float32)) for g in grads]
            )
            per_layer = tf.math.unsorted_segment_sum(squares, groups, count)
            total = tf.reduce_sum(squares, keepdims=True)
            table.add(tf.sqrt(tf.concat([squares, per_layer, total], 0)))

        table.each(self.every, add)

    def before_update(self, optimizer, names, variables):
        if not self.update_every:
            return
        kernels = _kernels(variables)
        key = tuple(names[id(v)] for v in kernels)
        if not key:
            return
        if key not in self._updates:
            self._updates[key] = _Table(
                optimizer, list(key), snapshots_of=kernels
            )
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
            only=tf.equal((inner.iterations + 1) % steps, 0),
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
    """Variables in the graph that hold the sums, and say when a step is due."""

    def __init__(self, optimizer, rows, snapshots_of=()):
        self.rows = rows
        strategy = optimizer._distribution_strategy
        with tf.init_scope(), strategy.scope():
            self.step = _variable(tf.zeros((), tf.int64))
            # Sums over very many steps would lose digits in float32.
            self.sums = _variable(tf.zeros((3, len(rows)), tf.float64))
            self.largest = _variable(tf.zeros(len(rows), tf.float64))
            self.snapshots = [
                _variable(tf.zeros(v.shape, v.dtype)) for v in snapshots_of
            ]
        self.due = None

    def each(self, every, action, only=True):
        """Perform `action` in each `every`th step where `only` holds."""
        if every == 1 and only is True:
            action()
            return
        self.due = tf.logical_and(tf.equal(self.step % every, 0), only)
        self.step.assign_add(tf.cast(only, tf.int64))
        tf.cond(self.due, lambda: _done(action), lambda: True)

    def add(self, values):
        finite = tf.math.is_finite(values)
        values = tf.cast(
            tf.where(finite, values, tf.zeros_like(values)), tf.float64
        )
        ones = tf.ones_like(values)
        bad = tf.where(finite, tf.zeros_like(values), ones)
        self.sums.assign_add(tf.stack([ones, bad, values]))
        self.largest.assign(tf.maximum(self.largest, values))

    def reset(self):
        for variable in (self.sums, self.largest, self.step):
            for copy in _copies(variable):
                copy.assign(tf.zeros_like(copy))

    def read(self):
        # All replicas hold the same, for the gradients were summed before.
        sums = _copies(self.sums)[0].numpy()
        largest = _copies(self.largest)[0].numpy()
        for i, row in enumerate(self.rows):
            yield row, (*sums[:, i].tolist(), float(largest[i]))


def _variable(value):
    return tf.Variable(
        value,
        trainable=False,
        synchronization=tf.VariableSynchronization.ON_READ,
        aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
    )


def _copies(variable):
    return getattr(variable, "values", None) or [variable]


def _done(action):
    action()
    return True


def _merged(tables):
    merged = {}
    for table in tables.values():
        for row, (steps, bad, total, largest) in table.read():
            entry = merged.setdefault(row, [0, 0, 0.0, 0.0])
            entry[COUNT] += steps
            entry[NONFINITE] += bad
            entry[SUM] += total
            entry[-1] = max(entry[-1], largest)
    return {row: _statistics(*entry) for row, entry in merged.items()}


def _statistics(steps, bad, total, largest):
    finite = steps - bad
    return {
        "steps": int(steps),
        "nonfinite_steps": int(bad),
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


def _groups(names):
    layers = list(dict.fromkeys(map(layer_of, names)))
    return [layers.index(layer_of(name)) for name in names], len(layers)


def _kernels(variables):
    return [v for v in variables if len(v.shape) >= 2]

"""TensorFlow, where it is installed, and the check of Keras's backend."""

import concurrent.futures

import keras

try:
    import tensorflow as tf
except ImportError:
    tf = None

BACKENDS = ("tensorflow", "jax", "torch")


def require(monitor):
    backend = keras.backend.backend()
    if backend not in BACKENDS:
        raise RuntimeError(
            f"{monitor} watches the training step of {', '.join(BACKENDS)}; "
            f"Keras runs on {backend!r} here. Set KERAS_BACKEND to one of "
            "them before keras is imported."
        )


def create(strategy, make):
    """Calls `make`, which creates variables, outside of graph and replicas."""

    def made():
        with strategy.scope():
            make()

    def outside(*_):
        if tf.executing_eagerly():
            made()
            return
        # Another thread is in no graph. Variables that a function creates
        # while it is traced would make it be traced twice, and a later trace
        # may create none.
        with concurrent.futures.ThreadPoolExecutor(1) as thread:
            thread.submit(made).result()

    if tf.distribute.has_strategy() and tf.distribute.get_replica_context():
        # Each replica traces for itself; all of them have to come here.
        tf.distribute.get_replica_context().merge_call(outside)
    else:
        outside()


def variable(value, shape=None):
    """A variable that each replica keeps for itself; the first is read."""
    return tf.Variable(
        value,
        trainable=False,
        shape=shape,
        synchronization=tf.VariableSynchronization.ON_READ,
        aggregation=tf.VariableAggregation.ONLY_FIRST_REPLICA,
    )


def put(variable, index, row):
    """Writes `row` at `index`; where possible, without copying the rest."""
    if hasattr(variable, "values"):  # a replica's own cannot
        variable.assign(
            tf.tensor_scatter_nd_update(variable, [[index]], row[None])
        )
    else:
        variable.scatter_update(tf.IndexedSlices(row, index))


def copies(variable):
    """The copies of a variable, one a replica."""
    return getattr(variable, "values", None) or [variable]


def when(condition, action):
    """Performs `action` in the steps in which `condition` holds.

    The branch is a function of its own that is not inlined: each operation of
    a branch that is not taken costs a small step some of its time otherwise.
    """
    if tf.executing_eagerly():
        if condition:
            action()
        return

    def branch():
        action()
        return True

    if not tf.distribute.has_strategy():
        branch = tf.function(
            branch,
            autograph=False,
            experimental_attributes={"_noinline": True},
        )
    tf.cond(condition, branch, lambda: True)

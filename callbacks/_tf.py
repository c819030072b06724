"""TensorFlow, where it is installed, and the check that it is in charge."""

import keras

try:
    import tensorflow as tf
except ImportError:
    tf = None


def require(monitor):
    if keras.backend.backend() != "tensorflow":
        raise RuntimeError(
            f"{monitor} watches the training step inside TensorFlow's graph; "
            f"Keras runs on {keras.backend.backend()!r} here. Set "
            'KERAS_BACKEND="tensorflow" before keras is imported.'
        )


def create(strategy, make):
    """Calls `make`, which creates variables, outside of graph and replicas."""

    def outside(*_):
        with tf.init_scope(), strategy.scope():
            make()

    if tf.distribute.has_strategy() and tf.distribute.get_replica_context():
        # Each replica traces for itself; all of them have to come here.
        tf.distribute.get_replica_context().merge_call(outside)
    else:
        outside()


def variable(value):
    """A variable that each replica keeps for itself; the first is read."""
    return tf.Variable(
        value,
        trainable=False,
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

"""Statistics of the images of all devices of a `tf.distribute.Strategy`.

Imported only where TensorFlow is the backend.
"""

import tensorflow as tf


def ratio(total, count):
    """Σ total / Σ count over the devices; gradients flow between them."""
    total, count = _sums([total, tf.cast(count, total.dtype)])
    return total / count


def moments(x, axes):
    """(mean, variance) over axes and devices; squares are of x − mean."""
    dtype = x.dtype
    x = tf.cast(x, tf.float64 if dtype == tf.float64 else tf.float32)
    size = tf.reduce_prod(tf.gather(tf.shape(x), list(axes)))
    mean = ratio(tf.reduce_sum(x, axes, keepdims=True), size)
    squares = tf.square(x - mean)
    variance = ratio(tf.reduce_sum(squares, axes), size)
    return tf.cast(tf.squeeze(mean, axes), dtype), tf.cast(variance, dtype)


def _sums(values):
    context = tf.distribute.get_replica_context()
    if context is None or context.num_replicas_in_sync == 1:
        return values
    return context.all_reduce(tf.distribute.ReduceOp.SUM, values)

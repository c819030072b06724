"""Reads numbers out of a file's bytes, a scalar string tensor."""


def number(digits, big):
    """Unsigned integers of the bytes along the last axis."""
    import tensorflow as tf

    size = digits.shape[-1]
    weights = tf.constant([256**i for i in range(size)], tf.int64)
    weights = tf.where(big, weights[::-1], weights)
    return tf.reduce_sum(digits * weights, -1)


def read(data, at, count):
    """`count` bytes from there on as int64, zeros behind the end."""
    import tensorflow as tf

    at = tf.minimum(tf.cast(at, tf.int64), length(data))
    count = tf.cast(count, tf.int64)
    part = tf.strings.substr(data, at, count)
    filled = tf.io.decode_raw(part, tf.uint8)
    short = tf.cast(count, tf.int32) - tf.size(filled)
    filled = tf.pad(filled, [[0, tf.maximum(short, 0)]])
    static = tf.get_static_value(count)
    if static is not None:
        filled.set_shape((int(static),))
    return tf.cast(filled, tf.int64)


def integer(value):
    import tensorflow as tf

    return tf.constant(value, tf.int64)


def length(data):
    import tensorflow as tf

    return tf.cast(tf.strings.length(data), tf.int64)


def equal(digits, text):
    import tensorflow as tf

    return tf.reduce_all(digits == tf.constant(list(text), tf.int64))

"""Reads numbers out of a file's bytes, a scalar string tensor."""


def read(data, at, count, bits=8):
    """That many unsigned integers from there on, zeros behind the end.

    Integers of 16 bits have their lower byte first, as in a BMP.
    """
    import tensorflow as tf

    size = tf.cast(count * bits // 8, tf.int32)
    at = tf.cast(tf.minimum(length(data), at), tf.int32)
    part = tf.strings.substr(data, at, size)
    kind = {8: tf.uint8, 16: tf.uint16}[bits]
    return tf.cast(tf.io.decode_raw(part, kind, True, size), tf.int64)


def big(data, at, *sizes):
    """Unsigned integers of so many bytes each, one after the other.

    The highest byte stands first, as in a JPEG or a PNG.
    """
    import tensorflow as tf

    count = sum(sizes)
    weights, after = [], count
    for size in sizes:
        before, after = count - after, after - size
        digits = [256**i for i in reversed(range(size))]
        weights.append([0] * before + digits + [0] * after)
    found = read(data, at, count)
    return tf.unstack(tf.reduce_sum(found * integer(weights), -1))


def integer(value):
    """An int64 constant."""
    import tensorflow as tf

    return tf.constant(value, tf.int64)


def length(data):
    """How many bytes there are."""
    import tensorflow as tf

    return tf.cast(tf.strings.length(data), tf.int64)

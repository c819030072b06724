"""Random slopes at a lower price, for TensorFlow.

Imported only where TensorFlow is the backend.
"""

import tensorflow as tf

LEVELS = 2**16


def rrelu(x, lower, upper, seed):
    """`x` where positive, else times a slope from U(lower, upper).

    The draws are the price: one random word of 32 bits makes two slopes, each
    one of 65,536 midpoints from `lower` to `upper`, all equally likely.

    Args:
        x: float32, float16 or bfloat16.
        lower, upper: Bounds of the slopes.
        seed: Two integers.
    """
    size = tf.size(x)
    words = tf.random.stateless_uniform(
        ((size + 1) // 2,),
        seed,
        minval=None,  # pyright: ignore[reportArgumentType]
        maxval=None,
        dtype=tf.int32,
    )
    draws = tf.reshape(tf.bitcast(words, tf.uint16), (-1,))[:size]
    draws = tf.cast(tf.reshape(draws, tf.shape(x)), tf.float32)
    step = (upper - lower) / LEVELS
    slopes = tf.cast(draws * step + (lower + step / 2), x.dtype)
    return _leak(x, slopes)


@tf.custom_gradient
def _leak(x, slopes):
    positive = x >= 0

    def grad(dy):
        return tf.where(positive, dy, slopes * dy), None

    return tf.where(positive, x, slopes * x), grad

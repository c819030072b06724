"""Normalization in few passes over memory, for TensorFlow on a CPU.

Imported only where TensorFlow is the backend.
"""

import tensorflow as tf

from zoo.layers import _backend, _tf_onednn


def is_worth_it(x):
    """Whether the functions below suit `x` and beat plain ops on it."""
    return (
        len(x.shape) == 4
        and x.shape[-1] is not None
        and x.dtype == tf.float32
        and not _backend.has_gpu()
        # XLA fuses the plain ops itself, and compiles these badly.
        and not _backend.in_xla()
    )


def _channel_sums(x):
    """Σ x over all but the channels: a product with a row of ones."""
    shape = tf.shape(x)
    n, positions = shape[0], shape[1] * shape[2]
    rows = tf.reshape(x, (n, positions, x.shape[-1]))
    return tf.reduce_sum(tf.ones((n, 1, positions), x.dtype) @ rows, (0, 1))


def _channel_dots(x, y):
    """Σ x·y over all but the channels, without storing x·y.

    It is the gradient of a 1 × 1 depthwise convolution's filter.
    """
    channels = x.shape[-1]
    dots = tf.raw_ops.DepthwiseConv2dNativeBackpropFilter(
        input=x,
        filter_sizes=(1, 1, channels, 1),
        out_backprop=y,
        strides=(1, 1, 1, 1),
        padding="VALID",
    )
    return tf.reshape(dots, (channels,))


def _scale_bias(x, scale, bias):
    """x · scale + bias per channel.

    With oneDNN in one pass, as a 1 × 1 depthwise convolution that TensorFlow
    merges with the bias and with a ReLU behind it: 0.85 of the time. Without
    oneDNN that would take longer.
    """
    if not _tf_onednn.is_on():
        return x * scale + bias
    product = tf.raw_ops.DepthwiseConv2dNative(
        input=x,
        filter=tf.reshape(scale, (1, 1, -1, 1)),
        strides=(1, 1, 1, 1),
        padding="VALID",
    )
    return tf.nn.bias_add(product, bias)


@tf.custom_gradient
def batch_norm(x, gamma, beta, epsilon):
    """Normalize by the batch: the output, the mean, the variance.

    No gradient flows through the mean and the variance returned.
    """
    n = tf.shape(x)[0]
    count = tf.cast(tf.size(x) // x.shape[-1], x.dtype)
    # Near enough to the mean that E[d²] − E[d]² cancels at most threefold
    # bits: an eighth of the batch bounds E[d]² by eight variances.
    eighth = x[: (n + 7) // 8]
    shift = _channel_sums(eighth) * (
        x.shape[-1] / tf.cast(tf.size(eighth), x.dtype)
    )
    d = x - shift
    offset = _channel_sums(d) / count
    variance = tf.maximum(_channel_dots(d, d) / count - offset * offset, 0.0)
    inverse = tf.math.rsqrt(variance + epsilon)
    k = gamma * inverse
    y = _scale_bias(d, k, beta - offset * k)

    def grad(dy, *_):
        d_beta = _channel_sums(dy)
        d_gamma = (_channel_dots(d, dy) - offset * d_beta) * inverse
        a = -k * inverse * d_gamma / count
        c = -k * d_beta / count - a * offset
        return dy * k + d * a + c, d_gamma, d_beta, None

    return (y, shift + offset, variance), grad


@tf.custom_gradient
def center(x, beta):
    """Subtract the batch's mean, add beta: the output and the mean.

    No gradient flows through the mean returned.
    """
    count = tf.cast(tf.size(x) // x.shape[-1], x.dtype)
    mean = _channel_sums(x) / count

    def grad(dy, *_):
        d_beta = _channel_sums(dy)
        return dy - d_beta / count, d_beta

    return (x + (beta - mean), mean), grad


@tf.custom_gradient
def scale_shift(x, scale, shift):
    """x · scale + shift per channel, in one pass.

    TensorFlow merges this op into a convolution before it and a ReLU behind.
    """
    y = tf.raw_ops.FusedBatchNormV3(
        x=x,
        scale=scale,
        offset=shift,
        mean=tf.zeros_like(scale),
        variance=tf.ones_like(scale),
        epsilon=0.0,
        is_training=False,
    ).y

    def grad(dy):
        return dy * scale, _channel_dots(x, dy), _channel_sums(dy)

    return y, grad


@tf.custom_gradient
def layer_norm(x, gamma, beta, epsilon):
    """Normalize each sample over all of its features."""
    rows = tf.reshape(x, (tf.shape(x)[0], -1, x.shape[-1]))
    n, positions = tf.unstack(tf.shape(rows)[:2])
    count = tf.cast(positions * x.shape[-1], x.dtype)
    eighth = rows[:, : (positions + 7) // 8]  # as in `batch_norm`
    d = rows - tf.reduce_mean(eighth, (1, 2), keepdims=True)
    offset = tf.reduce_mean(d, (1, 2), keepdims=True)
    flat = tf.reshape(d, (n, 1, -1))
    squares = tf.matmul(flat, flat, transpose_b=True)
    variance = tf.maximum(squares / count - offset * offset, 0.0)
    inverse = tf.math.rsqrt(variance + epsilon)
    k = gamma * inverse
    y = d * k + (beta - offset * k)

    def grad(dy):
        dy = tf.reshape(dy, tf.shape(d))
        ones = tf.ones((n, 1, positions), x.dtype)
        sums = ones @ dy
        dots = inverse * (ones @ (dy * d) - offset * sums)
        a = -(inverse**2) * tf.reduce_sum(gamma * dots, -1, True) / count
        c = -inverse * tf.reduce_sum(gamma * sums, -1, True) / count
        dx = dy * k + d * a + (c - a * offset)
        return (
            tf.reshape(dx, tf.shape(x)),
            tf.reduce_sum(dots, (0, 1)),
            tf.reduce_sum(sums, (0, 1)),
            None,
        )

    return tf.reshape(y, tf.shape(x)), grad


@tf.custom_gradient
def position_norm(x, gamma, beta, epsilon):
    """Normalize each position over its channels."""
    d = x - tf.reduce_mean(x, -1, keepdims=True)
    variance = tf.reduce_mean(d * d, -1, keepdims=True)
    inverse = tf.math.rsqrt(variance + epsilon)
    normal = d * inverse

    def grad(dy):
        g = dy * gamma
        mean = tf.reduce_mean(g, -1, keepdims=True)
        slope = tf.reduce_mean(g * normal, -1, keepdims=True)
        dx = (g - normal * slope - mean) * inverse
        return dx, _channel_dots(dy, normal), _channel_sums(dy), None

    return normal * gamma + beta, grad

"""Normalization in few passes over memory, for TensorFlow on a CPU.

Imported only where TensorFlow is the backend.
"""

import functools

import tensorflow as tf
from tensorflow.python.ops import control_flow_util


@functools.cache
def _has_gpu():
    return bool(tf.config.list_logical_devices("GPU"))


def is_worth_it(x):
    """Whether the functions below suit `x` and beat plain ops on it."""
    return (
        len(x.shape) == 4
        and x.shape[-1] is not None
        and x.dtype == tf.float32
        and not _has_gpu()
        # XLA fuses the plain ops itself, and compiles these badly.
        and not control_flow_util.GraphOrParentsInXlaContext(
            tf.compat.v1.get_default_graph()
        )
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
    y = d * k + (beta - offset * k)

    def grad(dy, *_):
        d_beta = _channel_sums(dy)
        d_gamma = (_channel_dots(d, dy) - offset * d_beta) * inverse
        a = -k * inverse * d_gamma / count
        c = -k * d_beta / count - a * offset
        return dy * k + d * a + c, d_gamma, d_beta, None

    return (y, shift + offset, variance), grad


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

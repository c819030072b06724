"""Independent NumPy formulas, and gradients by finite differences."""

import itertools

import keras
import numpy as np


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def as_numpy(x):
    return keras.ops.convert_to_numpy(x)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def conv(x, kernel, strides, pads, dilation=(1, 1), groups=1):
    """Cross-correlation in loops: (N, H, W, C), (h, w, C/groups, F)."""
    x = np.pad(x, ((0, 0), *pads, (0, 0)))
    height, width, inner, filters = kernel.shape
    rows, columns = (
        (size - d * (k - 1) - 1) // s + 1
        for size, k, s, d in zip(
            x.shape[1:3], (height, width), strides, dilation, strict=True
        )
    )
    y = np.zeros((len(x), rows, columns, filters))
    of_group = filters // groups
    for i, j, a, b, o in itertools.product(
        *map(range, (rows, columns, height, width, filters))
    ):
        first = o // of_group * inner
        pixel = x[
            :,
            i * strides[0] + a * dilation[0],
            j * strides[1] + b * dilation[1],
            first : first + inner,
        ]
        y[:, i, j, o] += pixel @ kernel[a, b, :, o]
    return y


def numeric_gradient(f, x, step=1e-6):
    """d f / d x by central differences; f maps an array to a number."""
    gradient = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        ends = []
        for sign in (1, -1):
            moved = x.copy()
            moved[i] += sign * step
            ends.append(f(moved))
        gradient[i] = (ends[0] - ends[1]) / (2 * step)
    return gradient


def check_gradients(layer, x, training=False):
    """Compares a float64 layer's gradients with finite differences."""
    import tensorflow as tf

    x = tf.constant(x, "float64")
    y = layer(x, training=training)
    weights = np.random.default_rng(0).normal(size=y.shape)

    def loss(x):
        return tf.reduce_sum(layer(x, training=training) * weights)

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = loss(x)
    variables = layer.trainable_weights
    gradients = tape.gradient(value, [x, *[v.value for v in variables]])
    expected = numeric_gradient(
        lambda v: float(loss(tf.constant(v))), x.numpy()
    )
    np.testing.assert_allclose(gradients[0], expected, rtol=1e-5, atol=1e-7)
    for variable, gradient in zip(variables, gradients[1:], strict=True):
        start = keras.ops.convert_to_numpy(variable)

        def loss_of_weight(value, variable=variable):
            variable.assign(value)
            return float(loss(x))

        expected = numeric_gradient(loss_of_weight, start)
        variable.assign(start)
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-7)

"""Gradients of a network's answers, in TensorFlow and in JAX.

In TensorFlow they are computed in a graph: taken eagerly, the gradient of a
1×1 convolution with stride 2 with respect to its image destroys memory under
oneDNN.
"""

from collections.abc import Callable

import keras
import numpy as np


def compiled(function: Callable) -> Callable:
    """The function from arrays to a list of tensors, from arrays to arrays."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        run = tf.function(function, reduce_retracing=True, autograph=False)
    else:
        run = function
    return lambda *arrays: [_array(x) for x in run(*map(_tensor, arrays))]


def with_gradient(function: Callable) -> Callable:
    """The function (x, *more) -> y, as one to the arrays (y, gradient).

    Args:
        function: From tensors to a tensor (N,) whose entries depend on one
            entry each of x, (N, …).
    """
    if keras.backend.backend() == "jax":
        import jax

        def summed(x, *more):
            y = function(x, *more)
            return y.sum(), y

        def run(x, *more):
            # Not compiled: that would keep the weights as they are now.
            (_, y), gradient = jax.value_and_grad(summed, has_aux=True)(
                x, *more
            )
            return [y, gradient]

    else:
        import tensorflow as tf

        @tf.function(reduce_retracing=True, autograph=False)
        def run(x, *more):
            with tf.GradientTape(watch_accessed_variables=False) as tape:
                tape.watch(x)
                y = function(x, *more)
            zero = tf.UnconnectedGradients.ZERO
            return [y, tape.gradient(y, x, unconnected_gradients=zero)]

    return lambda *arrays: [_array(x) for x in run(*map(_tensor, arrays))]


def _tensor(array):
    return keras.ops.convert_to_tensor(array)


def _array(tensor):
    array = keras.ops.convert_to_numpy(tensor)
    return array if array.dtype == bool else np.asarray(array, "float32")

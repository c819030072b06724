"""Gradients of a network's answers, in TensorFlow and in JAX.

In TensorFlow they are computed in a graph: taken eagerly, the gradient of a
1×1 convolution with stride 2 with respect to its image destroys memory under
oneDNN.
"""

from collections.abc import Callable

import keras
import numpy as np


def compiled(function: Callable, *shapes: tuple) -> Callable:
    """The function from arrays to a list of tensors, from arrays to arrays.

    Args:
        function: Function of float32 tensors.
        shapes: Shapes of the tensors, (None, …); the graph is made once for
            all.
    """
    run = function
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        specs = [tf.TensorSpec(shape, "float32") for shape in shapes]
        run = tf.function(function, input_signature=specs, autograph=False)
    return lambda *arrays: [_array(x) for x in run(*map(_tensor, arrays))]


def with_gradient(function: Callable, *shapes: tuple) -> Callable:
    """The function (x, …, index) -> y, as one to the arrays (y, gradient).

    Args:
        function: Function of float32 tensors and an int32 that gives a tensor
            (N,), whose entries depend on one entry each of x, (N, …).
        shapes: Shapes of the float32 tensors.
    """
    jax = keras.backend.backend() == "jax"
    run = _in_jax(function) if jax else _in_tensorflow(function, shapes)
    return lambda *arrays: [_array(x) for x in run(*map(_tensor, arrays))]


def _in_jax(function):
    import jax

    def summed(x, *more):
        y = function(x, *more)
        return y.sum(), y

    def run(x, *more):
        # Not compiled: that would keep the weights as they are now.
        differentiated = jax.value_and_grad(summed, has_aux=True)
        (_, y), gradient = differentiated(x, *more)
        return [y, gradient]

    return run


def _in_tensorflow(function, shapes):
    import tensorflow as tf

    specs = [tf.TensorSpec(shape, "float32") for shape in shapes]
    specs.append(tf.TensorSpec((), "int32"))

    def run(x, *more):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(x)
            y = function(x, *more)
        zero = tf.UnconnectedGradients.ZERO
        return [y, tape.gradient(y, x, unconnected_gradients=zero)]

    return tf.function(run, input_signature=specs, autograph=False)


def _tensor(array):
    return keras.ops.convert_to_tensor(array)


def _array(tensor):
    array = keras.ops.convert_to_numpy(tensor)
    return array if array.dtype == bool else np.asarray(array, "float32")

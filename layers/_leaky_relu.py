"""Leaky rectifier whose slope stays as it is."""

import keras

from zoo.layers import _backend


def leaky_relu(x, negative_slope):
    """`keras.ops.leaky_relu` in a form that no TensorFlow gets wrong."""
    if _backend.on_tensorflow():
        from zoo.layers import _tf_onednn

        return _tf_onednn.leaky_relu(x, negative_slope)
    return keras.ops.leaky_relu(x, negative_slope)


@keras.saving.register_keras_serializable(package="zoo")
class LeakyReLU(keras.layers.LeakyReLU):
    """`keras.layers.LeakyReLU` that keeps its slope behind a residual sum.

    `y = x if x >= 0 else negative_slope * x`

    Where TensorFlow uses oneDNN, as it does by itself on processors with
    AVX-512, `predict`, `evaluate` and SavedModels of `keras.layers.LeakyReLU`
    behind `Add()([Conv2D(...)(x), x])` compute with the slope 0.2, whatever
    was asked for. This layer computes with its own.

    Reference: [Maas et al. 2013](https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf).

    Args:
        negative_slope: The slope below 0, not negative.

    Shapes:
        Any -> the same.

    Raises:
        ValueError: If the slope is negative.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.LeakyReLU(0.01)(keras.ops.array([-1.0, 1.0])).numpy()
        array([-0.01,  1.  ], dtype=float32)
    """

    def call(self, inputs):
        return leaky_relu(inputs, self.negative_slope)

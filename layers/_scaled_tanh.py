"""LeCun's scaled hyperbolic tangent."""

import keras


@keras.saving.register_keras_serializable(package="zoo")
class ScaledTanh(keras.layers.Layer):
    """`y = 1.7159 * tanh(2 * x / 3)`, so that f(±1) = ±1.

    Reference: [LeCun et al. 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf),
    appendix A.

    Shapes:
        Any -> the same.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.ScaledTanh()(keras.ops.array([0.0, 1.0])).numpy().round(3)
        array([0., 1.], dtype=float32)
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs):
        return 1.7159 * keras.ops.tanh(inputs * (2 / 3))

    def compute_output_shape(self, input_shape):
        return input_shape

"""The rectifier that goes with filter response normalization."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="zoo")
class ThresholdedLinearUnit(keras.layers.Layer):
    """y = max(x, tau), one trained threshold a channel, from 0.

    Singh & Krishnan (2020), https://arxiv.org/abs/1911.09737: without a
    subtracted mean, `FilterResponseNorm` cannot count on zero as threshold.

    Shapes:
        (batch, ..., channels) in and out.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.ThresholdedLinearUnit()(keras.ops.ones((2, 8, 3))).shape
        TensorShape([2, 8, 3])
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        self.tau = self.add_weight(
            shape=(input_shape[-1],), name="tau", initializer="zeros"
        )

    def call(self, inputs):
        return ops.maximum(inputs, ops.cast(self.tau, inputs.dtype))

    def compute_output_shape(self, input_shape):
        return input_shape

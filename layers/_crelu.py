"""Concatenated rectifier."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class CReLU(keras.layers.Layer):
    """`y = concat(max(x, 0), max(-x, 0))`: both phases of each filter.

    Reference: [Shang et al. 2016](https://arxiv.org/abs/1603.05201).

    Shapes:
        (batch, ..., channels) -> (batch, ..., 2 * channels).

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.CReLU()(keras.ops.array([[-1.0, 2.0]])).numpy()
        array([[0., 2., 1., 0.]], dtype=float32)
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs):
        return ops.concatenate([ops.relu(inputs), ops.relu(-inputs)], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2 * input_shape[-1])

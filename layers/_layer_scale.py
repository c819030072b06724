"""Layer scale."""

import keras

from zoo.layers import _initializers


@keras.saving.register_keras_serializable(package="zoo")
class LayerScale(keras.layers.Layer):
    """`y = gamma * x`, one learned gamma a channel, small at first.

    It stands at the end of a residual branch, which so starts near the
    identity.

    Reference: [Touvron et al. 2021](https://arxiv.org/abs/2103.17239).

    Args:
        init_value: Initial gamma, or an initializer.

    Shapes:
        (batch, ..., channels) -> the same.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.LayerScale(0.5)(keras.ops.ones((1, 2))).numpy()
        array([[0.5, 0.5]], dtype=float32)
    """

    def __init__(
        self,
        init_value: float | keras.initializers.Initializer = 1e-6,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.init_value = _initializers.get(init_value)
        self.supports_masking = True

    def build(self, input_shape):
        self.gamma = self.add_weight(
            name="gamma", shape=input_shape[-1:], initializer=self.init_value
        )

    def call(self, inputs):
        return inputs * self.gamma

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "init_value": keras.initializers.serialize(self.init_value),
        }

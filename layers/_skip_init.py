"""SkipInit."""

import keras

from zoo.layers import _initializers


@keras.saving.register_keras_serializable(package="zoo")
class SkipInit(keras.layers.Layer):
    """`y = gain * x`, one learned gain for all channels, 0 at first.

    It stands at the end of a residual branch, so that a block begins as the
    identity and needs no normalizer.

    Reference: [De & Smith 2020](https://arxiv.org/abs/2002.10444).

    Args:
        init_value: Initial gain, or an initializer.

    Shapes:
        (batch, ...) -> the same.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.SkipInit()(keras.ops.ones((1, 2))).numpy()
        array([[0., 0.]], dtype=float32)
    """

    def __init__(
        self,
        init_value: float | keras.initializers.Initializer = 0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.init_value = _initializers.get(init_value)
        self.supports_masking = True

    def build(self, input_shape):
        self.gain = self.add_weight(
            name="gain", shape=(), initializer=self.init_value
        )

    def call(self, inputs):
        return inputs * self.gain

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "init_value": keras.initializers.serialize(self.init_value),
        }

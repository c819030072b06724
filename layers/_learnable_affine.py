"""Learnable affine block."""

import keras


@keras.saving.register_keras_serializable(package="zoo")
class LearnableAffine(keras.layers.Layer):
    """`y = scale * x + bias`, one learned scale and bias for all channels.

    Reference: the learnable affine block of
    [PP-HGNetV2](https://github.com/PaddlePaddle/PaddleClas/blob/release/2.5.1/ppcls/arch/backbone/legendary_models/pp_hgnet_v2.py),
    after each activation of its small members.

    Shapes:
        Any -> the same.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.LearnableAffine()(keras.ops.ones((1, 2))).numpy()
        array([[1., 1.]], dtype=float32)
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        self.bias = self.add_weight(name="bias", shape=(), initializer="zeros")

    def call(self, inputs):
        return inputs * self.scale + self.bias

    def compute_output_shape(self, input_shape):
        return input_shape

"""Effective squeeze and excitation."""

from collections.abc import Callable

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class EffectiveSqueezeExcitation(keras.layers.Layer):
    """Scales each channel by a gate, without `SqueezeExcitation`'s bottleneck.

    `y = x * gate(W · mean(x) + b)`, the mean taken over height and width: one
    square matrix keeps what a bottleneck would lose.

    Reference: eSE of [Lee and Park 2020](https://arxiv.org/abs/1911.06667),
    section 3.3. VoVNetV2: the defaults; PP-HGNet: `gate="sigmoid"`.

    Args:
        gate: Activation that makes the scales, such as "sigmoid".
        kernel_initializer: Initializer of the matrix.

    Shapes:
        (batch, height, width, channels) -> the same.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 7, 7, 64))
        >>> layers.EffectiveSqueezeExcitation()(images).shape
        TensorShape([1, 7, 7, 64])
    """

    def __init__(
        self,
        gate: str | Callable = "hard_sigmoid",
        kernel_initializer: str
        | keras.initializers.Initializer = "glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.gate = keras.activations.get(gate)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        self.excite = keras.layers.Dense(
            input_shape[-1],
            self.gate,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="excite",
        )
        self.excite.build((input_shape[0], input_shape[-1]))

    def call(self, inputs):
        scales = self.excite(ops.mean(inputs, axis=(1, 2)))
        return inputs * scales[:, None, None, :]

    def compute_output_shape(self, input_shape):
        return input_shape

    def multiply_adds(self, input_shape):
        """Those of the matrix, for one image."""
        return input_shape[-1] ** 2

    def get_config(self):
        return {
            **super().get_config(),
            "gate": keras.activations.serialize(self.gate),
            "kernel_initializer": keras.initializers.serialize(
                self.kernel_initializer
            ),
        }

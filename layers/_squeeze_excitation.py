"""Squeeze and excitation."""

from collections.abc import Callable

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class SqueezeExcitation(keras.layers.Layer):
    """Scales each channel by a gate computed from all channels' means.

    `y = x * gate(W2 · activation(W1 · mean(x) + b1) + b2)`, the mean taken over
    height and width. The matrices are those of two 1x1 convolutions.

    Reference: [Hu et al. 2018](https://arxiv.org/abs/1709.01507). SENet: the
    defaults; MobileNetV3: `gate="hard_sigmoid"`; EfficientNet:
    `activation="silu"` and `filters` from the block's input.

    Args:
        filters: Width of the bottleneck; None for channels // ratio.
        ratio: Reduction where `filters` is None.
        activation: Activation of the bottleneck: a name, a function or a new
            layer.
        gate: Activation that makes the scales, such as "sigmoid".
        kernel_initializer: Initializer of both matrices.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If the bottleneck would have no filters.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 7, 7, 64))
        >>> layers.SqueezeExcitation()(images).shape
        TensorShape([1, 7, 7, 64])
    """

    def __init__(
        self,
        filters=None,
        ratio=16,
        activation: str | Callable = "relu",
        gate: str | Callable = "sigmoid",
        kernel_initializer: str
        | keras.initializers.Initializer = "glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if filters is not None and filters < 1:
            raise ValueError(f"filters must be positive; received {filters}.")
        if ratio <= 0:
            raise ValueError(f"ratio must be positive; received {ratio}.")
        self.filters = filters
        self.ratio = ratio
        self.activation = keras.activations.get(activation)
        self.gate = keras.activations.get(gate)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        channels = input_shape[-1]
        filters = self.filters or int(channels // self.ratio)
        if filters < 1:
            raise ValueError(
                f"ratio={self.ratio} leaves no filters of {channels} channels."
            )
        self.reduce = self._dense(filters, self.activation, "reduce")
        self.reduce.build((input_shape[0], channels))
        own = self.activation
        if isinstance(own, keras.layers.Layer) and not own.built:
            own.build((input_shape[0], filters))
        self.expand = self._dense(channels, self.gate, "expand")
        self.expand.build((input_shape[0], filters))

    def _dense(self, units, activation, name):
        return keras.layers.Dense(
            units,
            activation,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )

    def call(self, inputs):
        scales = self.expand(self.reduce(ops.mean(inputs, axis=(1, 2))))
        return inputs * scales[:, None, None, :]

    def compute_output_shape(self, input_shape):
        return input_shape

    def multiply_adds(self, input_shape):
        """Those of both matrices, for one image."""
        channels = input_shape[-1]
        return 2 * channels * (self.filters or int(channels // self.ratio))

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "ratio": self.ratio,
            "activation": keras.activations.serialize(self.activation),
            "gate": keras.activations.serialize(self.gate),
            "kernel_initializer": keras.initializers.serialize(
                self.kernel_initializer
            ),
        }

"""Convolutional block attention module."""

from collections.abc import Callable
from typing import Any

import keras

from zoo.layers._batch_norm import BatchNorm
from zoo.layers._conv import Conv2D

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class CBAM(keras.layers.Layer):
    """Channel attention, then spatial attention.

    `z = x * sigmoid(mlp(mean(x)) + mlp(max(x)))` over height and width, one
    bottleneck for both; then
    `y = z * sigmoid(norm(conv([max(z), mean(z)])))` over channels.

    Reference: [Woo et al. 2018](https://arxiv.org/abs/1807.06521), with the
    batch normalization of the authors' code.

    Args:
        ratio: Reduction of the bottleneck.
        kernel_size: Odd side of the spatial convolution.
        activation: Activation of the bottleneck: a name, a function or a new
            layer.
        norm: Normalizer after the spatial convolution: "batch_norm", None (a
            bias takes its place) or a new layer.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If the bottleneck would have no filters, `kernel_size` is
            even, or `norm` is something else.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.CBAM()(keras.ops.ones((1, 7, 7, 64))).shape
        TensorShape([1, 7, 7, 64])
    """

    def __init__(
        self,
        ratio=16,
        kernel_size=7,
        activation: str | Callable = "relu",
        norm: str | keras.Layer | None = "batch_norm",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if ratio <= 0:
            raise ValueError(f"ratio must be positive; received {ratio}.")
        if kernel_size % 2 != 1:
            raise ValueError(
                f"kernel_size must be odd; received {kernel_size}."
            )
        if isinstance(norm, dict):  # from get_config
            norm = keras.saving.deserialize_keras_object(norm)
        if isinstance(norm, str) and norm == "batch_norm":
            norm = BatchNorm(epsilon=1e-5, dtype=self.dtype_policy, name="norm")
        if norm is not None and not isinstance(norm, keras.layers.Layer):
            raise ValueError(
                'norm must be "batch_norm", None or a layer; received '
                f"{norm!r}."
            )
        self.ratio = ratio
        self.kernel_size = kernel_size
        self.activation = keras.activations.get(activation)
        self.norm: Any = norm
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        batch, *space, channels = input_shape
        filters = int(channels // self.ratio)
        if filters < 1:
            raise ValueError(
                f"ratio={self.ratio} leaves no filters of {channels} channels."
            )
        policy = self.dtype_policy
        self.reduce = keras.layers.Dense(
            filters, self.activation, dtype=policy, name="reduce"
        )
        self.reduce.build((batch, channels))
        own = self.activation
        if isinstance(own, keras.layers.Layer) and not own.built:
            own.build((batch, filters))
        self.expand = keras.layers.Dense(channels, dtype=policy, name="expand")
        self.expand.build((batch, filters))
        self.conv = Conv2D(
            1,
            self.kernel_size,
            padding=self.kernel_size // 2,
            use_bias=self.norm is None,
            dtype=policy,
            name="conv",
        )
        self.conv.build((batch, *space, 2))
        if self.norm is not None and not self.norm.built:
            self.norm.build((batch, *space, 1))

    def call(self, inputs):
        mean = self.expand(self.reduce(ops.mean(inputs, axis=(1, 2))))
        largest = self.expand(self.reduce(ops.max(inputs, axis=(1, 2))))
        x = inputs * ops.sigmoid(mean + largest)[:, None, None, :]
        maps = ops.concatenate(
            [
                ops.max(x, axis=-1, keepdims=True),
                ops.mean(x, axis=-1, keepdims=True),
            ],
            axis=-1,
        )
        maps = self.conv(maps)
        if self.norm is not None:
            maps = self.norm(maps)
        return x * ops.sigmoid(maps)

    def compute_output_shape(self, input_shape):
        return input_shape

    def multiply_adds(self, input_shape):
        """Those of the bottleneck, twice, and of the spatial convolution."""
        _, height, width, channels = input_shape
        bottleneck = 2 * channels * int(channels // self.ratio)
        return 2 * bottleneck + height * width * 2 * self.kernel_size**2

    def get_config(self):
        return {
            **super().get_config(),
            "ratio": self.ratio,
            "kernel_size": self.kernel_size,
            "activation": keras.activations.serialize(self.activation),
            "norm": keras.saving.serialize_keras_object(self.norm),
        }

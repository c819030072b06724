"""Split attention, which selective kernels share."""

from collections.abc import Callable
from typing import Any

import keras

from zoo.layers._batch_norm import BatchNorm
from zoo.layers._conv import Conv2D
from zoo.layers._grouped_conv import GroupedConv2D

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class SplitAttention(keras.layers.Layer):
    """Merges several maps into one, a channel of each by its own share.

    The input holds `radix` maps x₁, x₂, … of equal width one after the other.
    `y = Σᵢ xᵢ * aᵢ`, where the shares a of a channel sum to 1: they are the
    softmax over i of `W2 · activation(norm(W1 · mean(Σᵢ xᵢ))) + b`, the mean
    taken over height and width. A radix of 1 has gates, sigmoids.

    Reference: [Zhang et al. 2020](https://arxiv.org/abs/2004.08955), ResNeSt.
    With `use_bias=False` it is the attention of selective kernels, whose maps
    come from kernels of several sizes
    ([Li et al. 2019](https://arxiv.org/abs/1903.06586)).

    Args:
        filters: Width of the bottleneck.
        radix: Number of maps.
        groups: Groups of both matrices; they divide `filters` and the width of
            a map.
        use_bias: Whether the matrices have biases; the first has one where
            `norm` is None.
        activation: Activation of the bottleneck: a name, a function or a new
            layer.
        norm: Normalizer of the bottleneck: "batch_norm", None or a new layer.

    Shapes:
        (batch, height, width, radix * channels) ->
        (batch, height, width, channels).

    Raises:
        ValueError: If `radix` does not divide the input's channels, or an
            argument is not of the form above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 7, 7, 128))
        >>> layers.SplitAttention(32)(images).shape
        TensorShape([1, 7, 7, 64])
    """

    def __init__(
        self,
        filters,
        radix=2,
        groups=1,
        use_bias=True,
        activation: str | Callable = "relu",
        norm: str | keras.Layer | None = "batch_norm",
        **kwargs,
    ):
        super().__init__(**kwargs)
        for name, value in (
            ("filters", filters), ("radix", radix), ("groups", groups)
        ):  # fmt: skip
            if value < 1:
                raise ValueError(f"{name} must be positive; received {value}.")
        if isinstance(norm, dict):  # from get_config
            norm = keras.saving.deserialize_keras_object(norm)
        if isinstance(norm, str) and norm == "batch_norm":
            norm = BatchNorm(
                momentum=0.9, epsilon=1e-5, dtype=self.dtype_policy, name="norm"
            )
        if norm is not None and not isinstance(norm, keras.layers.Layer):
            raise ValueError(
                'norm must be "batch_norm", None or a layer; received '
                f"{norm!r}."
            )
        self.filters = filters
        self.radix = radix
        self.groups = groups
        self.use_bias = use_bias
        self.activation = keras.activations.get(activation)
        self.norm: Any = norm
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        batch, channels = input_shape[0], self._channels(input_shape)
        self.reduce = self._matrix(
            self.filters, self.use_bias or self.norm is None, "reduce"
        )
        self.reduce.build((batch, 1, 1, channels))
        inner = (batch, 1, 1, self.filters)
        own = self.activation
        for layer in (self.norm, own):
            if isinstance(layer, keras.layers.Layer) and not layer.built:
                layer.build(inner)
        self.expand = self._matrix(
            self.radix * channels, self.use_bias, "expand"
        )
        self.expand.build(inner)

    def _channels(self, input_shape):
        if input_shape[-1] % self.radix:
            raise ValueError(
                f"radix={self.radix} does not divide the {input_shape[-1]} "
                "channels of the input."
            )
        return input_shape[-1] // self.radix

    def _matrix(self, filters, use_bias, name):
        options = {
            "use_bias": use_bias, "dtype": self.dtype_policy, "name": name
        }  # fmt: skip
        if self.groups == 1:
            return Conv2D(filters, 1, **options)
        return GroupedConv2D(filters, 1, self.groups, **options)

    def call(self, inputs, training=None):
        maps = ops.split(inputs, self.radix, axis=-1)
        x = ops.mean(sum(maps[1:], maps[0]), axis=(1, 2), keepdims=True)
        x = self.reduce(x)
        if self.norm is not None:
            x = self.norm(x, training=training)
        x = self.expand(self.activation(x))
        if self.radix == 1:
            return inputs * ops.sigmoid(x)
        channels = inputs.shape[-1] // self.radix
        x = ops.reshape(
            x,
            (
                -1,
                self.groups,
                self.radix,
                x.shape[-1] // (self.groups * self.radix),
            ),
        )
        shares = ops.softmax(x, axis=2)
        scaled = [
            one * ops.reshape(shares[:, :, i], (-1, 1, 1, channels))
            for i, one in enumerate(maps)
        ]
        return sum(scaled[1:], scaled[0])

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self._channels(input_shape))

    def multiply_adds(self, input_shape):
        """Those of both matrices, for one image."""
        inputs = self._channels(input_shape) + input_shape[-1]
        return inputs * self.filters // self.groups

    def get_config(self):
        norm = keras.saving.serialize_keras_object(self.norm)
        if norm is not None:  # which builds itself with this layer
            norm.pop("build_config", None)
        return {
            **super().get_config(),
            "filters": self.filters,
            "radix": self.radix,
            "groups": self.groups,
            "use_bias": self.use_bias,
            "activation": keras.activations.serialize(self.activation),
            "norm": norm,
        }

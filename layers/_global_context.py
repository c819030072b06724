"""Global context."""

from collections.abc import Callable

import keras

from zoo._choices import one_of
from zoo.layers._layer_norm import LayerNorm

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class GlobalContext(keras.layers.Layer):
    """Gives every position what the image holds where it matters.

    The context is a mean over the positions, weighed by a softmax of learned
    logits, `c = Σ softmax(w · x + b) x`; it is transformed by a bottleneck,
    `t = W2 · activation(norm(W1 · c + b1)) + b2`, and added, `y = x + t`, or
    scales the channels, `y = x * sigmoid(t)`.

    Reference: [Cao et al. 2019](https://arxiv.org/abs/1904.11492), GCNet, which
    adds.

    Args:
        filters: Width of the bottleneck; None for channels // ratio.
        ratio: Reduction where `filters` is None.
        fusion: "add" or "scale".
        activation: Activation of the bottleneck: a name, a function or a new
            layer.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If the bottleneck would have no filters, or `fusion` is
            something else.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.GlobalContext()(keras.ops.ones((1, 7, 7, 64))).shape
        TensorShape([1, 7, 7, 64])
    """

    def __init__(
        self,
        filters: int | None = None,
        ratio=8,
        fusion="add",
        activation: str | Callable = "relu",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if filters is not None and filters < 1:
            raise ValueError(f"filters must be positive; received {filters}.")
        if ratio <= 0:
            raise ValueError(f"ratio must be positive; received {ratio}.")
        self.filters = filters
        self.ratio = ratio
        self.fusion = one_of("fusion", fusion, ("add", "scale"))
        self.activation = keras.activations.get(activation)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        batch, channels = input_shape[0], input_shape[-1]
        filters = self._filters(channels)
        if filters < 1:
            raise ValueError(
                f"ratio={self.ratio} leaves no filters of {channels} channels."
            )
        policy = self.dtype_policy
        self.mask = keras.layers.Dense(1, dtype=policy, name="mask")
        self.mask.build((batch, None, channels))
        self.reduce = keras.layers.Dense(filters, dtype=policy, name="reduce")
        self.reduce.build((batch, channels))
        self.norm = LayerNorm(-1, epsilon=1e-6, dtype=policy, name="norm")
        self.norm.build((batch, filters))
        own = self.activation
        if isinstance(own, keras.layers.Layer) and not own.built:
            own.build((batch, filters))
        self.expand = keras.layers.Dense(channels, dtype=policy, name="expand")
        self.expand.build((batch, filters))

    def _filters(self, channels):
        return self.filters or int(channels // self.ratio)

    def call(self, inputs):
        batch = ops.shape(inputs)[0]
        pixels = ops.reshape(inputs, (batch, -1, inputs.shape[-1]))
        shares = self.mask(pixels)  # ops.softmax warns where there is but one
        shares = ops.exp(shares - ops.max(shares, axis=1, keepdims=True))
        shares /= ops.sum(shares, axis=1, keepdims=True)
        context = ops.sum(pixels * shares, axis=1)
        x = self.activation(self.norm(self.reduce(context)))
        x = self.expand(x)[:, None, None, :]
        return inputs + x if self.fusion == "add" else inputs * ops.sigmoid(x)

    def compute_output_shape(self, input_shape):
        return input_shape

    def multiply_adds(self, input_shape):
        """Those of the three matrices, for one image."""
        _, height, width, channels = input_shape
        return channels * (height * width + 2 * self._filters(channels))

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "ratio": self.ratio,
            "fusion": self.fusion,
            "activation": keras.activations.serialize(self.activation),
        }

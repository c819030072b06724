"""Weight normalization: a filter's length and direction, apart."""

import keras
from keras import ops

from zoo.layers._kernel_wrapper import KernelWrapper
from zoo.layers._table_conv import TableConv2D


@keras.saving.register_keras_serializable(package="zoo")
class WeightNorm(KernelWrapper):
    """Train a layer's kernel as w = g · v / ‖v‖, one g per output filter.

    Salimans & Kingma (2016), https://arxiv.org/abs/1602.07868. The layer's
    `kernel` is v; `g` starts as ‖v‖, so that wrapping changes no output.
    `initialize`, or `initialize_weight_norm` for a whole model, is the
    paper's data-dependent initialization; `remove` gives the layer back.

    Args:
        layer: A Dense, Conv, DepthwiseConv or ConvTranspose layer, Keras's
            or ours. Its kernel's regularizer and constraint act on v.

    Shapes:
        Those of `layer`.

    Raises:
        ValueError: If `layer` is of another kind.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> conv = layers.WeightNorm(layers.Conv2D(4, 3))
        >>> conv(keras.ops.ones((1, 8, 8, 3))).shape
        TensorShape([1, 6, 6, 4])
    """

    def build(self, input_shape):
        super().build(input_shape)
        shape = [
            1 if axis in self.filter_axes else length
            for axis, length in enumerate(self.layer.kernel.shape)
        ]
        self._filter_of = None
        if isinstance(self.layer, TableConv2D):  # a filter is several kernels
            self._filter_of = self.layer.filter_of_connection()
            shape = (1, 1, self.layer.filters)
        self.g = self.add_weight(
            shape=shape,
            name="g",
            initializer=lambda shape, dtype: ops.cast(self._length(), dtype),
            autocast=False,
        )

    def effective_kernel(self):
        return self._scaled(self.g / self._length())

    def initialize(self, inputs):
        """Set g and the bias so that `inputs` give mean 0 and variance 1.

        That is before the activation: g = 1 / σ and bias = −μ / σ, with the
        moments of v · x / ‖v‖ over the batch (equations 5 and 6).
        """
        inputs = ops.convert_to_tensor(inputs, dtype=self.compute_dtype)
        if not self.built:
            self.build(inputs.shape)
        outputs = self._run(
            inputs,
            self._scaled(1.0 / self._length()),
            activation=None,
            use_bias=False,
            bias=None,
        )
        first = getattr(self.layer, "data_format", None) == "channels_first"
        axes = list(range(len(outputs.shape)))
        del axes[1 if first else -1]
        mean, variance = ops.moments(ops.cast(outputs, self.g.dtype), axes)
        g = ops.rsqrt(variance + 1e-10)
        self.g.assign(ops.reshape(g, self.g.shape))
        if self.layer.bias is not None:
            self.layer.bias.assign(-mean * g)

    def _scaled(self, scale):
        if self._filter_of is not None:
            scale = scale @ ops.cast(self._filter_of.T, scale.dtype)
        return self.layer.kernel * scale

    def _length(self):
        squares = ops.square(self.layer.kernel)
        total = ops.sum(squares, self.filter_axes, keepdims=True)
        if self._filter_of is not None:
            total = total @ ops.cast(self._filter_of, total.dtype)
        return ops.sqrt(ops.maximum(total, 1e-30))  # a filter of zeros stays


def initialize_weight_norm(model, batch):
    """Initialize each `WeightNorm` of `model` on `batch`, first to last.

    One pass in inference mode; each layer sees what those before it, already
    initialized, make of `batch`.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> dense = layers.WeightNorm(keras.layers.Dense(4))
        >>> model = keras.Sequential([keras.Input((3,)), dense])
        >>> layers.initialize_weight_norm(model, keras.random.normal((16, 3)))
    """
    waiting = [
        layer
        for layer in model._flatten_layers()
        if isinstance(layer, WeightNorm)
    ]

    def initialize_then_call(layer):
        def call(inputs):
            del layer.__dict__[
                "call"
            ]  # a layer used twice: the first time only
            layer.initialize(inputs)
            return layer.call(inputs)

        return call

    for layer in waiting:
        layer.__dict__["call"] = initialize_then_call(layer)
    try:
        model(batch, training=False)
    finally:
        for layer in waiting:
            layer.__dict__.pop("call", None)

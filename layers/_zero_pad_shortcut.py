import keras

from zoo.layers import _backend


@keras.saving.register_keras_serializable(package="zoo")
class ZeroPadShortcut(keras.layers.Layer):
    """The residual shortcut without parameters, "option A".

    Takes every `strides`-th pixel and appends channels of zeros:
    `y[n, i, j, :C] = x[n, s·i, s·j, :]`, `y[n, i, j, C:] = 0`.

    Reference: [He et al. 2015](https://arxiv.org/abs/1512.03385), section 3.3.

    Args:
        filters: Number of output channels, at least the input's.
        strides: Step over height and width, at least 1.

    Input shape: `(N, H, W, C)`.
    Output shape: `(N, ceil(H / strides), ceil(W / strides), filters)`.

    Raises:
        ValueError: The input has more than `filters` channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((1, 8, 8, 16))
        >>> layers.ZeroPadShortcut(32, strides=2)(x).shape
        TensorShape([1, 4, 4, 32])
    """

    def __init__(self, filters, strides=1, **kwargs):
        super().__init__(**kwargs)
        for name, value in (("filters", filters), ("strides", strides)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(
                    f"{name} must be a positive int; received {value!r}."
                )
        self.filters = filters
        self.strides = strides
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        if input_shape[-1] > self.filters:
            raise ValueError(
                f"filters={self.filters} is fewer than the input's "
                f"{input_shape[-1]} channels: there is nothing to pad."
            )
        self.built = True

    def call(self, inputs):
        x = inputs[:, :: self.strides, :: self.strides, :]
        missing = self.filters - inputs.shape[-1]
        x = keras.ops.pad(x, ((0, 0), (0, 0), (0, 0), (0, missing)))
        if _backend.on_tensorflow():
            from zoo.layers import _tf_onednn

            x = _tf_onednn.fence(x)  # a convolution that it is added to fails
        return x

    def compute_output_shape(self, input_shape):
        batch, *space, _ = input_shape
        space = (s if s is None else -(-s // self.strides) for s in space)
        return (batch, *space, self.filters)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "strides": self.strides,
        }

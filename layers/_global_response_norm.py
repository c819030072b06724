"""Global response normalization."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class GlobalResponseNorm(keras.layers.Layer):
    """Let the channels of an image compete by their norms over space.

    `y = x + gamma · x · n + beta`, where n is the channel's norm
    `g = sqrt(sum(x²))` over the positions, divided by the mean of all
    channels' g. With gamma and beta 0, as they begin, it is the identity.

    Reference: [Woo et al. 2023](https://arxiv.org/abs/2301.00808), ConvNeXt V2.

    Args:
        epsilon: Number added to the mean norm; positive.

    Shapes:
        (batch, height, width, channels) -> the same.

    Raises:
        ValueError: If `epsilon` is not positive.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.GlobalResponseNorm()(keras.ops.ones((1, 7, 7, 8))).shape
        TensorShape([1, 7, 7, 8])
    """

    def __init__(self, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        if not epsilon > 0:
            raise ValueError(f"epsilon must be positive; received {epsilon!r}.")
        self.epsilon = float(epsilon)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def build(self, input_shape):
        shape = input_shape[-1:]
        self.gamma = self.add_weight(
            name="gamma", shape=shape, initializer="zeros"
        )
        self.beta = self.add_weight(
            name="beta", shape=shape, initializer="zeros"
        )

    def call(self, inputs):
        x = ops.cast(inputs, keras.backend.result_type(inputs.dtype, "float32"))
        squares = ops.sum(ops.square(x), (1, 2), keepdims=True)
        # The root has no gradient at 0, where all of a channel may be.
        norm = ops.sqrt(ops.maximum(squares, 1e-30))
        shares = norm / (ops.mean(norm, -1, keepdims=True) + self.epsilon)
        shares = ops.cast(shares, inputs.dtype)
        return inputs * (1 + self.gamma * shares) + self.beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}

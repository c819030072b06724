"""LeNet-5's trainable sub-sampling."""

import keras

from zoo.layers import _initializers

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class Subsampling(keras.layers.Layer):
    """`y = coefficient * (sum over each window) + bias`, both one a channel.

    LeNet-5's S2 and S4; the squashing function that follows is a layer of its
    own.

    Reference: [LeCun et al. 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf),
    section II.B.

    Args:
        pool_size: Side of the windows, which do not overlap.
        coefficient_initializer: A number or an initializer; None for
            1 / pool_size², where training starts from average pooling.
        bias_initializer: A number or an initializer.

    Shapes:
        (batch, height, width, channels) ->
        (batch, height // pool_size, width // pool_size, channels).

    Raises:
        ValueError: If `pool_size` is not a positive int.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.Subsampling()(keras.ops.ones((1, 28, 28, 6))).shape
        TensorShape([1, 14, 14, 6])
    """

    def __init__(
        self,
        pool_size=2,
        coefficient_initializer=None,
        bias_initializer: str | keras.initializers.Initializer = "zeros",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if not isinstance(pool_size, int) or pool_size < 1:
            raise ValueError(
                f"pool_size must be a positive int; received {pool_size!r}."
            )
        self.pool_size = pool_size
        if coefficient_initializer is None:
            coefficient_initializer = 1 / pool_size**2
        self.coefficient_initializer = _initializers.get(
            coefficient_initializer
        )
        self.bias_initializer = _initializers.get(bias_initializer)

    def build(self, input_shape):
        channels = input_shape[-1:]
        self.coefficient = self.add_weight(
            name="coefficient",
            shape=channels,
            initializer=self.coefficient_initializer,
        )
        self.bias = self.add_weight(
            name="bias", shape=channels, initializer=self.bias_initializer
        )

    def call(self, inputs):
        means = ops.average_pool(
            inputs,
            self.pool_size,
            self.pool_size,  # Keras 3.15 gets its default wrong on JAX
            data_format="channels_last",
        )
        return means * (self.coefficient * self.pool_size**2) + self.bias

    def compute_output_shape(self, input_shape):
        batch, *space, channels = input_shape
        space = (s if s is None else s // self.pool_size for s in space)
        return (batch, *space, channels)

    def get_config(self):
        return {
            **super().get_config(),
            "pool_size": self.pool_size,
            "coefficient_initializer": keras.initializers.serialize(
                self.coefficient_initializer
            ),
            "bias_initializer": keras.initializers.serialize(
                self.bias_initializer
            ),
        }

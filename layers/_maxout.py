"""Maxout."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class Maxout(keras.layers.Layer):
    """The largest of each run of channels.

    `y[..., u] = max(x[..., u·k : (u + 1)·k])`, k = channels / num_units: after
    a convolution or dense layer, a convex function of k learned pieces.

    Reference: [Goodfellow et al. 2013](https://arxiv.org/abs/1302.4389).

    Args:
        num_units: Number of output channels; it divides the input's.

    Shapes:
        (batch, ..., channels) -> (batch, ..., num_units).

    Raises:
        ValueError: If `num_units` does not divide the channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.Maxout(2)(keras.ops.array([[1.0, 5.0, 2.0, -1.0]])).numpy()
        array([[5., 2.]], dtype=float32)
    """

    def __init__(self, num_units, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(num_units, int) or num_units < 1:
            raise ValueError(
                f"num_units must be a positive int; received {num_units!r}."
            )
        self.num_units = num_units
        self.supports_masking = True

    def build(self, input_shape):
        if input_shape[-1] % self.num_units:
            raise ValueError(
                f"num_units={self.num_units} must divide the number of input "
                f"channels; received {input_shape[-1]}."
            )

    def call(self, inputs):
        shape = (*ops.shape(inputs)[:-1], self.num_units, -1)
        return ops.max(ops.reshape(inputs, shape), axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.num_units)

    def get_config(self):
        return {**super().get_config(), "num_units": self.num_units}

"""Channel shuffle."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class ChannelShuffle(keras.layers.Layer):
    """Deals the channels of each group out to all groups.

    `y[..., i·groups + g] = x[..., g·n + i]`, n = channels / groups: channels
    as a (groups, n) matrix, transposed.

    Reference: [Zhang et al. 2017](https://arxiv.org/abs/1707.01083).

    Args:
        groups: Number of groups; it divides the channels.

    Shapes:
        (batch, ..., channels) -> the same.

    Raises:
        ValueError: If `groups` does not divide the channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.ChannelShuffle(2)(keras.ops.array([[0, 1, 2, 3]])).numpy()
        array([[0, 2, 1, 3]], dtype=int32)
    """

    def __init__(self, groups, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(groups, int) or groups < 1:
            raise ValueError(
                f"groups must be a positive int; received {groups!r}."
            )
        self.groups = groups
        self.supports_masking = True

    def build(self, input_shape):
        if input_shape[-1] % self.groups:
            raise ValueError(
                f"groups={self.groups} must divide the number of input "
                f"channels; received {input_shape[-1]}."
            )

    def call(self, inputs):
        shape = ops.shape(inputs)
        matrix = ops.reshape(inputs, (*shape[:-1], self.groups, -1))
        return ops.reshape(ops.swapaxes(matrix, -2, -1), shape)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "groups": self.groups}

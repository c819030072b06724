"""Some of the channels."""

import keras


@keras.saving.register_keras_serializable(package="zoo")
class ChannelSlice(keras.layers.Layer):
    """The channels from `start` to before `stop`: `y = x[..., start:stop]`.

    Reference: the channel split of
    [Ma et al. 2018](https://arxiv.org/abs/1807.11164).

    Args:
        start: Index of the first channel.
        stop: Index behind the last; at most the number of channels.

    Shapes:
        (batch, ..., channels) -> (batch, ..., stop - start).

    Raises:
        ValueError: If there are no such channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.ChannelSlice(1, 3)(keras.ops.array([[0, 1, 2, 3]])).numpy()
        array([[1, 2]], dtype=int32)
    """

    def __init__(self, start, stop, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= start < stop:
            raise ValueError(
                "0 <= start < stop must hold; received "
                f"start={start}, stop={stop}."
            )
        self.start = start
        self.stop = stop
        self.supports_masking = True

    def build(self, input_shape):
        if input_shape[-1] < self.stop:
            raise ValueError(
                f"stop={self.stop} must be at most the number of input "
                f"channels; received {input_shape[-1]}."
            )

    def call(self, inputs):
        return inputs[..., self.start : self.stop]

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.stop - self.start)

    def get_config(self):
        return {
            **super().get_config(),
            "start": self.start,
            "stop": self.stop,
        }

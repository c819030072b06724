"""Average pooling to a size that is given, from any."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class AdaptiveAvgPool2D(keras.layers.Layer):
    """Average pooling to a given height and width, from any.

    Row i of n is the mean of rows ⌊i · height / n⌋ to ⌈(i + 1) · height / n⌉
    of the input, the last left out, and columns likewise: PyTorch's
    `AdaptiveAvgPool2d`, which AlexNet and VGG have before their flattened
    classifiers. `keras.layers.AdaptiveAveragePooling2D`, from Keras 3.13 on,
    is the same for a height and width that are known.

    Args:
        output_size: Height and width of the output, one int or two.

    Shapes:
        (batch, height, width, channels) -> (batch, *output_size, channels);
        height and width may be None.

    Raises:
        ValueError: If `output_size` is not of positive ints.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> images = keras.ops.ones((1, 13, 13, 8))
        >>> layers.AdaptiveAvgPool2D(6)(images).shape
        TensorShape([1, 6, 6, 8])
    """

    def __init__(self, output_size, **kwargs):
        super().__init__(**kwargs)
        match output_size:
            case int(n):
                pair = n, n
            case [int(), int()]:
                pair = tuple(output_size)
            case _:
                pair = 0, 0
        if min(pair) < 1:
            raise ValueError(
                "output_size must be a positive int or two of them; received "
                f"{output_size!r}."
            )
        self.output_size = pair

    def call(self, inputs):
        _, height, width, channels = ops.shape(inputs)
        rows, columns = self.output_size
        # A product with a matrix of averages for each of the two.
        x = ops.reshape(inputs, (-1, height, width * channels))
        x = ops.matmul(_averages(rows, height, x.dtype), x)
        x = ops.reshape(x, (-1, rows, width, channels))
        return ops.matmul(_averages(columns, width, x.dtype), x)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.output_size, input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "output_size": self.output_size}


def _averages(n, size, dtype):
    """(n, size): the share of each pixel in each of n windows."""
    i = ops.arange(n)[:, None]
    pixel = ops.arange(size)[None]
    start, end = i * size // n, ((i + 1) * size + n - 1) // n
    inside = ops.logical_and(pixel >= start, pixel < end)
    return ops.cast(inside, dtype) / ops.cast(end - start, dtype)

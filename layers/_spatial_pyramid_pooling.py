"""Spatial pyramid pooling."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class SpatialPyramidPooling(keras.layers.Layer):
    """Maxima over grids of windows: a vector of one length from any size.

    For each `n` of `levels`, row i of n windows covers the pixels from
    ⌊i · height / n⌋ to before ⌈(i + 1) · height / n⌉, and columns likewise, so
    that n² windows tile the map, overlapping where n does not divide it.

    Reference: [He et al. 2014](https://arxiv.org/abs/1406.4729), section 2.2.

    Args:
        levels: Windows along each side, for each level of the pyramid.

    Shapes:
        (batch, height, width, channels) -> (batch, Σ n² · channels), the
        levels one after the other, each row by row; height and width may be
        None.

    Raises:
        ValueError: If `levels` are not positive ints.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> maps = keras.ops.ones((1, 13, 10, 256))
        >>> layers.SpatialPyramidPooling((1, 2, 3, 6))(maps).shape
        TensorShape([1, 12800])
    """

    def __init__(self, levels=(1, 2, 3, 6), **kwargs):
        super().__init__(**kwargs)
        whole = isinstance(levels, (tuple, list)) and all(
            type(n) is int and n > 0 for n in levels
        )
        if not whole or not levels:
            raise ValueError(
                f"levels must be positive ints such as (1, 2, 3, 6); received "
                f"{levels!r}."
            )
        self.levels = tuple(levels)
        self.input_spec = keras.layers.InputSpec(ndim=4)

    def call(self, inputs):
        _, height, width, _ = ops.shape(inputs)
        channels = inputs.shape[-1]
        vectors = []
        for n in self.levels:
            x = _maxima(_maxima(inputs, 1, n, height), 2, n, width)
            vectors.append(ops.reshape(x, (-1, n * n * channels)))
        return ops.concatenate(vectors, axis=1)

    def compute_output_shape(self, input_shape):
        bins = sum(n * n for n in self.levels)
        return (input_shape[0], bins * input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "levels": self.levels}


def _maxima(x, axis, n, size):
    """Maxima over n windows along an axis of that size."""
    i = ops.arange(n)[:, None]
    pixel = ops.arange(size)[None]
    start, end = i * size // n, ((i + 1) * size + n - 1) // n
    inside = ops.logical_and(pixel >= start, pixel < end)
    rank = len(x.shape)
    axes = [d for d in range(rank + 1) if d not in (axis, axis + 1)]
    inside = ops.expand_dims(inside, axes)
    windows = ops.where(inside, ops.expand_dims(x, axis), float("-inf"))
    return ops.max(windows, axis=axis + 1)

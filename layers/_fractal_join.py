"""The joins of a fractal network, with drop-path."""

import keras

from zoo.layers._random import RandomLayer

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class FractalPath(RandomLayer):
    """Draws how each sample passes a fractal network in training.

    With probability `global_rate` through one column only, each as likely; its
    number is the output. Else, and at inference, -1: each join decides.

    Reference: [Larsson et al. 2016](https://arxiv.org/abs/1605.07648), section
    2.1, who draw for a whole batch.

    Args:
        columns: Number of columns.
        global_rate: Share of the batches that see a single column, in [0, 1].
        seed: int for the same draws in each run; None for others.

    Shapes:
        (batch, ...) -> (batch, 1), int32.

    Raises:
        ValueError: If `columns` or `global_rate` is out of range.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.FractalPath(3)(keras.ops.ones((2, 8, 8, 3))).numpy()
        array([[-1],
               [-1]], dtype=int32)
    """

    def __init__(self, columns, global_rate=0.5, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not isinstance(columns, int) or columns < 1:
            raise ValueError(
                f"columns must be a positive int; received {columns!r}."
            )
        if not 0 <= global_rate <= 1:
            raise ValueError(
                f"global_rate must be in [0, 1]; received {global_rate}."
            )
        self.columns = columns
        self.global_rate = float(global_rate)

    def call(self, inputs, training=False):
        shape = (ops.shape(inputs)[0], 1)
        if not training:
            return -ops.ones(shape, "int32")
        draw = keras.random.uniform(
            shape, dtype="float32", seed=self.seed_generator
        )
        column = ops.floor(
            draw / max(self.global_rate, 1e-7) * self.columns
        )  # below `columns` with probability global_rate
        column = ops.where(column < self.columns, column, -1.0)
        return ops.cast(column, "int32")

    def compute_output_spec(self, inputs, training=False):
        return keras.KerasTensor((inputs.shape[0], 1), "int32")

    def get_config(self):
        return {
            **super().get_config(),
            "columns": self.columns,
            "global_rate": self.global_rate,
        }


@keras.saving.register_keras_serializable(package="zoo")
class FractalJoin(RandomLayer):
    """Mean of a fractal network's columns, of which training drops some.

    For a sample whose path is a column among the inputs, that input alone; for
    others each is dropped with probability `drop_rate`, but never all of them,
    and the rest is averaged. At inference the mean of all.

    Reference: [Larsson et al. 2016](https://arxiv.org/abs/1605.07648), section
    2.1, who draw for a whole batch.

    Args:
        drop_rate: Probability that a path is dropped, in [0, 1).
        seed: int for the same draws in each run; None for others.

    Shapes:
        A list of (batch, height, width, channels), column 0 first, and last
        the output of `FractalPath` -> (batch, height, width, channels).

    Raises:
        ValueError: If `drop_rate` is out of range.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((2, 8, 8, 3))
        >>> path = layers.FractalPath(2)(x)
        >>> layers.FractalJoin()([x, 3 * x, path]).numpy().max()
        2.0
    """

    def __init__(self, drop_rate=0.15, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= drop_rate < 1:
            raise ValueError(
                f"drop_rate must be in [0, 1); received {drop_rate}."
            )
        self.drop_rate = float(drop_rate)

    def call(self, inputs, training=False):
        *columns, path = inputs
        if not training:
            return sum(columns) / len(columns)
        draws = keras.random.uniform(
            (ops.shape(path)[0], len(columns)),
            dtype="float32",
            seed=self.seed_generator,
        )
        best = draws == ops.max(draws, axis=1, keepdims=True)
        kept = ops.logical_or(draws >= self.drop_rate, best)
        chosen = ops.arange(len(columns), dtype="int32")[None] == path
        passes = ops.logical_and(path >= 0, path < len(columns))
        kept = ops.cast(ops.where(passes, chosen, kept), "float32")
        weights = kept / ops.sum(kept, axis=1, keepdims=True)
        weights = ops.cast(weights, columns[0].dtype)
        return sum(
            x * weights[:, i, None, None, None] for i, x in enumerate(columns)
        )

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {**super().get_config(), "drop_rate": self.drop_rate}

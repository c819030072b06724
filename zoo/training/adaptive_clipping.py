"""Optimizers of Keras with adaptive gradient clipping."""

import functools
from collections.abc import Iterable

import keras

ops = keras.ops
LEAST = 1e-3  # norm that a unit of smaller weights is taken to have


@functools.cache
def with_clipping(kind: type) -> type:
    """A class like an optimizer's, with arguments that clip unit by unit.

    A unit is what makes one output: a column of a matrix, a filter of a
    convolution, one channel of a depthwise one, or a vector as a whole. Where
    the norm of its gradient G exceeds `adaptive_clip` times that of its
    weights W, the gradient is cut to it: G · λ max(‖W‖, 1e-3) / ‖G‖ (Brock et
    al. 2021, https://arxiv.org/abs/2102.06171, equation 3), which lets
    networks without normalizers train in large batches.

    The optimizer's own clipping comes before, an L2 penalty after it.

    Args:
        kind: A class of `keras.optimizers`, or one that is derived from it.

    Example:
        >>> import keras
        >>> from zoo.training import adaptive_clipping
        >>> sgd = adaptive_clipping.with_clipping(keras.optimizers.SGD)(
        ...     0.1, adaptive_clip=0.01, unclipped=["logits/kernel"]
        ... )
        >>> sgd.get_config()["adaptive_clip"]
        0.01
    """

    class Clipped(kind):
        def __init__(
            self,
            *args,
            adaptive_clip: float = 0.01,
            unclipped: Iterable[str] = (),
            **options,
        ):
            super().__init__(*args, **options)
            self.adaptive_clip = adaptive_clip
            self._unclipped = tuple(sorted(unclipped))
            self._clips = ()

        def build(self, variables):
            variables = list(variables)
            super().build(variables)
            self._clips = tuple(
                v.path not in self._unclipped for v in variables
            )

        def update_step(self, gradient, variable, learning_rate):
            if self._clips[self._get_variable_index(variable)]:
                gradient = clipped(gradient, variable, self.adaptive_clip)
            super().update_step(gradient, variable, learning_rate)

        def get_config(self):
            return {
                **super().get_config(),
                "adaptive_clip": self.adaptive_clip,
                "unclipped": list(self._unclipped),
            }

    Clipped.__name__ = Clipped.__qualname__ = f"Clipped{kind.__name__}"
    Clipped.__doc__ = f"{kind.__name__} with adaptive gradient clipping."
    return keras.saving.register_keras_serializable(package="zoo")(Clipped)


def clipped(gradient, variable, share):
    """The gradient, no unit of it longer than `share` of its weights."""
    gradient = ops.cast(gradient, variable.dtype)
    axes = unit_axes(tuple(variable.shape))
    most = share * ops.maximum(_norm(variable, axes), LEAST)
    length = ops.maximum(_norm(gradient, axes), 1e-6)
    return ops.where(length > most, gradient * (most / length), gradient)


def unit_axes(shape):
    """The axes over which the weights of one unit lie.

    A convolution's kernel whose last axis is 1 is taken for a depthwise one.
    """
    if sum(length > 1 for length in shape) <= 1:
        return tuple(range(len(shape)))
    last = 2 if len(shape) == 4 and shape[-1] == 1 else 1
    return tuple(range(len(shape) - last))


def _norm(x, axes):
    wide = keras.backend.result_type(x.dtype, "float32")
    squares = ops.square(ops.cast(x, wide))
    norm = ops.sqrt(ops.sum(squares, axes, keepdims=True))
    return ops.cast(norm, x.dtype)

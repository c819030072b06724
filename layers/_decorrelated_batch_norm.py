"""Decorrelated batch normalization: ZCA whitening of the batch."""

import keras
from keras import ops

from zoo.layers._whitening import Whitening


@keras.saving.register_keras_serializable(package="zoo")
class DecorrelatedBatchNorm(Whitening):
    """Whiten the batch: uncorrelated channels of variance one.

    y = gamma · Σ^(−1/2) (x − mean) + beta, Σ = covariance + epsilon · I,
    within groups of channels, by eigen-decomposition (Huang et al. 2018,
    https://arxiv.org/abs/1804.08450). Batch normalization is what remains
    when Σ keeps its diagonal only. The gradient stays finite when
    eigenvalues coincide.

    Args:
        group_size: Channels to a group; None: all. The decomposition costs
            its cube, and each group wants many more positions than channels.
        momentum: Share of the moving averages that a step keeps, in [0, 1].
        epsilon: Number added to the covariance's diagonal; positive.
        center: Whether to add `beta`.
        scale: Whether to multiply by `gamma`.
        synchronized: Whether a batch is the images of all devices.

    Shapes:
        (batch, ..., channels), two dimensions or more, in and out.

    Raises:
        ValueError: If an argument is not as above, or `group_size` does not
            divide the number of channels.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.random.normal((2, 8, 8, 32))
        >>> layers.DecorrelatedBatchNorm(16)(x, training=True).shape
        TensorShape([2, 8, 8, 32])
    """

    def __init__(
        self,
        group_size=16,
        momentum=0.99,
        epsilon=1e-3,
        center=True,
        scale=True,
        **kwargs,
    ):
        super().__init__(group_size, momentum, epsilon, center, scale, **kwargs)

    def whitening_matrix(self, covariance):
        return _inverse_root(covariance)


@ops.custom_gradient
def _inverse_root(matrix):
    """Σ^(−1/2) of symmetric positive definite matrices."""
    values, vectors = ops.eigh(matrix)
    # Rounding can take an eigenvalue of a deficient covariance below epsilon,
    # even below zero.
    tiny = keras.config.epsilon() * ops.max(values, -1, keepdims=True)
    roots = ops.sqrt(ops.maximum(values, tiny))
    transposed = ops.swapaxes(vectors, -1, -2)

    def grad(*args, upstream=None):
        (upstream,) = (upstream,) if upstream is not None else args
        # Daleckii and Krein: (f(a) − f(b)) / (a − b) for f = x^(−1/2), with
        # a − b divided out, where differentiating eigh would divide by it.
        a, b = roots[..., :, None], roots[..., None, :]
        inner = ops.matmul(transposed, ops.matmul(upstream, vectors))
        inner = -inner / (a * b * (a + b))
        g = ops.matmul(vectors, ops.matmul(inner, transposed))
        return (g + ops.swapaxes(g, -1, -2)) / 2

    return ops.matmul(vectors / roots[..., None, :], transposed), grad

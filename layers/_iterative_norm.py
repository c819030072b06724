"""Iterative normalization: whitening by Newton's iteration."""

import keras
from keras import ops

from zoo.layers._whitening import Whitening


@keras.saving.register_keras_serializable(package="zoo")
class IterativeNorm(Whitening):
    """Whiten the batch towards Σ^(−1/2), by matrix products alone.

    As `DecorrelatedBatchNorm`, but P ← (3 P − P³ Σ / trace Σ) / 2, from
    P = I, a few times, and Σ^(−1/2) ≈ P / sqrt(trace Σ) (Huang et al. 2019,
    https://arxiv.org/abs/1904.03441). Directions of little variance are
    whitened less: it is cheaper, and steadier on small batches.

    Args:
        group_size: Channels to a group; None: all.
        iterations: Newton's steps, positive; the paper takes 5.
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
        >>> layers.IterativeNorm()(x, training=True).shape
        TensorShape([2, 8, 8, 32])
    """

    def __init__(
        self,
        group_size=64,
        iterations=5,
        momentum=0.9,
        epsilon=1e-5,
        center=True,
        scale=True,
        **kwargs,
    ):
        super().__init__(group_size, momentum, epsilon, center, scale, **kwargs)
        if iterations != int(iterations) or iterations < 1:
            raise ValueError(
                "`iterations` must be a positive integer. "
                f"Received: iterations={iterations!r}"
            )
        self.iterations = int(iterations)

    def whitening_matrix(self, covariance):
        trace = ops.trace(covariance, axis1=-2, axis2=-1)[:, None, None]
        scaled = covariance / trace
        p = ops.eye(covariance.shape[-1], dtype=covariance.dtype)
        p = ops.broadcast_to(p, covariance.shape)
        for _ in range(self.iterations):
            cube = ops.matmul(ops.matmul(p, p), p)
            p = 1.5 * p - 0.5 * ops.matmul(cube, scaled)
        return p * ops.rsqrt(trace)

    def get_config(self):
        return {**super().get_config(), "iterations": self.iterations}

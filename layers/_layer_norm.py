"""Layer normalization over a whole sample or over each position."""

import keras
from keras import ops

from layers import _backend


@keras.saving.register_keras_serializable(package="zoo")
class LayerNorm(keras.layers.Layer):
    """Layer normalization: each sample by its own mean and variance.

    y = gamma · (x − mean(x)) / sqrt(var(x) + epsilon) + beta, with one gain
    and one bias a channel (Ba et al. 2016, https://arxiv.org/abs/1607.06450).

    Args:
        axis: `None`: mean and variance over all features of a sample, as in
            the paper. `-1`: over the channels of each position (ConvNeXt).
        epsilon: Added to the variance; positive.
        center: Whether to add `beta`.
        scale: Whether to multiply by `gamma`.

    Input and output shape: `(batch, ..., channels)`, rank 2 or more.

    Raises:
        ValueError: If `axis` is neither `None` nor -1, if `epsilon` is not
            positive, or if the input has fewer than two dimensions.

    Example:

    >>> x = keras.random.normal((2, 4, 4, 3))
    >>> LayerNorm()(x).shape
    TensorShape([2, 4, 4, 3])
    """

    def __init__(
        self, axis=None, epsilon=1e-5, center=True, scale=True, **kwargs
    ):
        super().__init__(**kwargs)
        if axis not in (None, -1):
            raise ValueError(
                "`axis` must be None (all features of a sample) or -1 (the "
                f"channels of each position). Received: axis={axis!r}"
            )
        if not epsilon > 0:
            raise ValueError(
                f"`epsilon` must be positive. Received: epsilon={epsilon!r}"
            )
        self.axis = axis
        self.epsilon = float(epsilon)
        self.center = bool(center)
        self.scale = bool(scale)
        self.gamma = self.beta = None
        self.supports_masking = True

    def build(self, input_shape):
        if len(input_shape) < 2:
            raise ValueError(
                "LayerNorm takes (batch, ..., channels), at least two "
                f"dimensions. Received: input_shape={tuple(input_shape)}"
            )
        shape = (input_shape[-1],)
        self.input_spec = keras.layers.InputSpec(
            ndim=len(input_shape), axes={-1: input_shape[-1]}
        )
        if self.scale:
            self.gamma = self.add_weight(
                shape=shape, name="gamma", initializer="ones", autocast=False
            )
        if self.center:
            self.beta = self.add_weight(
                shape=shape, name="beta", initializer="zeros", autocast=False
            )

    def call(self, inputs):
        dtype = keras.backend.result_type(inputs.dtype, "float32")
        x = ops.cast(inputs, dtype)
        shape = (x.shape[-1],)
        gamma = self.gamma if self.scale else ops.ones(shape)
        beta = self.beta if self.center else ops.zeros(shape)
        gamma, beta = ops.cast(gamma, dtype), ops.cast(beta, dtype)
        return ops.cast(self._normalize(x, gamma, beta), self.compute_dtype)

    def _normalize(self, x, gamma, beta):
        if _backend.on_tensorflow():
            from layers import _tf_norm

            if _tf_norm.is_worth_it(x):
                if self.axis is None:
                    return _tf_norm.layer_norm(x, gamma, beta, self.epsilon)
                return _tf_norm.position_norm(x, gamma, beta, self.epsilon)
        axes = tuple(range(1, len(x.shape))) if self.axis is None else -1
        x = x - ops.mean(x, axes, keepdims=True)
        variance = ops.mean(ops.square(x), axes, keepdims=True)
        return x * (gamma * ops.rsqrt(variance + self.epsilon)) + beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "axis": self.axis,
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
        }

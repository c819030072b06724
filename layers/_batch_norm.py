"""Batch normalization: Keras's own, faster and more exact on the CPU."""

import keras
from keras import ops

from zoo.layers import _backend

# TensorFlow merges them with a convolution and a normalization before them.
RELUS = (keras.layers.ReLU, keras.layers.ELU, keras.layers.LeakyReLU)
FUNCTIONS = (
    keras.activations.relu,
    keras.activations.relu6,
    keras.activations.elu,
    keras.activations.leaky_relu,
    keras.activations.silu,
)


@keras.saving.register_keras_serializable(package="zoo")
class BatchNorm(keras.layers.BatchNormalization):
    """`keras.layers.BatchNormalization` with a fast path on the CPU.

    y = gamma · (x − mean) / sqrt(variance + epsilon) + beta, a channel's mean
    and variance being those of the batch in training, their moving averages
    at inference or when `trainable=False` (Ioffe & Szegedy 2015,
    https://arxiv.org/abs/1502.03167). Arguments, weights and results are
    Keras's: `ours.set_weights(theirs.get_weights())`. (A `.weights.h5` file
    names layers by their class, and so fits one class only.)

    The fast path takes 4-D channels-last input on TensorFlow without a GPU,
    in float32 (half-precision input is computed in float32, as in Keras). It
    sums x − shift, so that large means do not cancel. Its gradients can be
    differentiated again; none flow through the moving statistics. Masks,
    `renorm`, `synchronized`, XLA and other backends run Keras's own code.

    Args:
        **kwargs: Arguments of `keras.layers.BatchNormalization`, its defaults
            too: momentum 0.99, epsilon 1e-3. PyTorch's momentum 0.1 is 0.9.

    Shapes:
        Any, in and out.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((2, 8, 8, 3))
        >>> layers.BatchNorm(momentum=0.9)(x, training=True).shape
        TensorShape([2, 8, 8, 3])
    """

    def call(self, inputs, training=None, mask=None):
        if not self._is_plain(inputs, mask):
            return super().call(inputs, training=training, mask=mask)
        from zoo.layers import _tf_norm, _tf_onednn

        x = ops.cast(inputs, "float32")
        if not _tf_norm.is_worth_it(x):
            return super().call(inputs, training=training)
        channels = (x.shape[-1],)
        gamma = self.gamma.value if self.scale else ops.ones(channels)
        beta = self.beta.value if self.center else ops.zeros(channels)
        gamma, beta = ops.cast(gamma, x.dtype), ops.cast(beta, x.dtype)
        if training and self.trainable:
            y, *moments = _tf_norm.batch_norm(x, gamma, beta, self.epsilon)
            moving = (self.moving_mean, self.moving_variance)
            for average, new in zip(moving, moments, strict=True):
                old = ops.cast(average, x.dtype)
                average.assign(
                    old * self.momentum + new * (1.0 - self.momentum)
                )
        else:
            mean = ops.cast(self.moving_mean, x.dtype)
            variance = ops.cast(self.moving_variance, x.dtype)
            k = gamma * ops.rsqrt(variance + self.epsilon)
            y = _tf_norm.scale_shift(x, k, beta - mean * k)
            if not self._is_before_relu():
                y = _tf_onednn.fence(y)  # tanh would merge, and fail
        return ops.cast(y, self.compute_dtype)

    def _moments(self, inputs, mask):
        """Keras's takes E[x²] − E[x]² of all devices, which may cancel."""
        keras_own = mask is not None or not self.synchronized
        if keras_own or not _backend.on_tensorflow():
            return super()._moments(inputs, mask)
        from zoo.layers import _tf_sync

        return _tf_sync.moments(inputs, self._reduction_axes)

    def _is_plain(self, inputs, mask):
        return (
            _backend.on_tensorflow()
            and mask is None
            and not getattr(self, "renorm", False)  # from Keras 3.14 on
            and not self.synchronized
            and self.axis in (-1, len(inputs.shape) - 1)
            # Keras computes these in float64.
            and keras.backend.standardize_dtype(inputs.dtype) != "float64"
        )

    def _is_before_relu(self):
        """Whether nothing but ReLUs and their like takes the output."""
        followers = [node.operation for node in self._outbound_nodes]
        return bool(followers) and all(map(_is_relu, followers))


def _is_relu(layer):
    if isinstance(layer, keras.layers.Activation):
        return layer.activation in FUNCTIONS
    return isinstance(layer, RELUS)

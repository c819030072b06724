"""Batch normalizations with more noise than usual, and a monitor of it."""

import keras
from keras import ops

from zoo import callbacks, layers


class NoisyBatchNorm(layers.BatchNorm):
    """Batch normalization whose outputs shift at random in each step.

    Each channel is multiplied by a number and shifted by another, drawn anew
    for each training step from U(1, 1.25) and U(−0.5, 0.5), and for each sample
    within ±0.1 of that (after Santurkar et al. 2018,
    https://arxiv.org/abs/1805.11604). At inference there is noise only while
    the weight `strength` is 1, so that a monitor can see it.
    """

    def build(self, input_shape):
        super().build(input_shape)
        self.draws = keras.random.SeedGenerator()
        self.strength = self.add_weight(
            name="strength", shape=(), initializer="zeros", trainable=False,
            dtype="float32", autocast=False,
        )  # fmt: skip

    def call(self, inputs, training=None, mask=None):
        y = super().call(inputs, training=training, mask=mask)
        y = ops.cast(y, "float32")
        factor, offset = self._around(y, 1.0, 1.25), self._around(y, -0.5, 0.5)
        noise = y * factor + offset - y
        y += noise if training else self.strength.value * noise
        return ops.cast(y, self.compute_dtype)

    def _around(self, y, low, high):
        space = (1,) * (len(y.shape) - 2)
        step = keras.random.uniform(
            (1, *space, y.shape[-1]), low, high, "float32", seed=self.draws
        )
        sample = keras.random.uniform(
            (ops.shape(y)[0], *space, y.shape[-1]), -0.1, 0.1, "float32",
            seed=self.draws,
        )  # fmt: skip
        return step + sample


class GhostBatchNorm(layers.BatchNorm):
    """Normalizes each `size` samples of a batch by themselves.

    Smaller groups have noisier statistics, while the steps stay the same
    (Hoffer et al. 2017, https://arxiv.org/abs/1705.08741). The size of a
    training batch has to be a multiple of `size`.
    """

    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = size

    def call(self, inputs, training=None, mask=None):
        if not training:
            return super().call(inputs, training=False, mask=mask)
        x = ops.cast(inputs, "float32")
        x = ops.reshape(x, (-1, self.size, *inputs.shape[1:]))
        within = list(range(1, len(x.shape) - 1))
        mean, variance = ops.moments(x, within, keepdims=True)
        for average, new in (
            (self.moving_mean, mean),
            (self.moving_variance, variance),
        ):
            new = ops.mean(ops.reshape(new, (-1, x.shape[-1])), axis=0)
            average.assign(
                self.momentum * average.value + (1 - self.momentum) * new
            )
        y = (x - mean) * ops.rsqrt(variance + self.epsilon)
        gamma, beta = (
            ops.cast(w.value, "float32") for w in (self.gamma, self.beta)
        )
        y = ops.reshape(y * gamma + beta, ops.shape(inputs))
        return ops.cast(y, self.compute_dtype)


class NoisyActivationMonitor(callbacks.ActivationMonitor):
    """Measures activations with the noise that `NoisyBatchNorm` trains with."""

    def on_epoch_end(self, epoch, logs=None):
        noisy = [x for x in self.model.layers if hasattr(x, "strength")]
        for strength in (1.0, 0.0):
            for layer in noisy:
                layer.strength.assign(strength)
            if strength:
                super().on_epoch_end(epoch, logs)

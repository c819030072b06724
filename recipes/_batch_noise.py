"""Batch normalizations with more noise than they have by themselves."""

import keras
from keras import ops

import layers


class NoisyBatchNorm(layers.BatchNorm):
    """Batch normalization whose outputs shift at random in each step.

    Each channel is multiplied and shifted by numbers drawn anew for each
    training step: by U(1, 1.25) and U(−0.5, 0.5), for each sample ±0.1 around
    that (after Santurkar et al. 2018, https://arxiv.org/abs/1805.11604). At
    inference only while `strength` is 1, so that a monitor can see it.
    """

    def build(self, input_shape):
        super().build(input_shape)
        self.draws = keras.random.SeedGenerator()
        self.strength = self.add_weight(
            name="strength", shape=(), initializer="zeros", trainable=False
        )

    def call(self, inputs, training=None, mask=None):
        y = super().call(inputs, training=training, mask=mask)
        factor, offset = self._around(y, 1.0, 1.25), self._around(y, -0.5, 0.5)
        noise = y * factor + offset - y
        return y + (noise if training else self.strength * noise)

    def _around(self, y, low, high):
        space = (1,) * (len(y.shape) - 2)
        step = keras.random.uniform(
            (1, *space, y.shape[-1]), low, high, seed=self.draws
        )
        sample = keras.random.uniform(
            (ops.shape(y)[0], *space, y.shape[-1]), -0.1, 0.1, seed=self.draws
        )
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
        x = ops.reshape(inputs, (-1, self.size, *inputs.shape[1:]))
        within = list(range(1, len(x.shape) - 1))
        mean, variance = ops.moments(x, within, keepdims=True)
        for average, new in (
            (self.moving_mean, mean),
            (self.moving_variance, variance),
        ):
            new = ops.mean(ops.reshape(new, (-1, x.shape[-1])), axis=0)
            average.assign(self.momentum * average + (1 - self.momentum) * new)
        y = (x - mean) * ops.rsqrt(variance + self.epsilon)
        return ops.reshape(y * self.gamma + self.beta, ops.shape(inputs))

"""What the normalizers share: gain, bias, precision, moving averages."""

import keras
from keras import ops

from zoo.layers import _backend


class ChannelNorm(keras.layers.Layer):
    """A normalizer with one gain and one bias a channel, channels last.

    A subclass gives `normalize(x, gamma, beta, training)`, which gets `x` in
    float32 or float64.
    """

    def __init__(self, epsilon, center=True, scale=True, **kwargs):
        super().__init__(**kwargs)
        if not epsilon > 0:
            raise ValueError(
                f"`epsilon` must be positive. Received: epsilon={epsilon!r}"
            )
        self.epsilon = float(epsilon)
        self.center = bool(center)
        self.scale = bool(scale)
        self.gamma = self.beta = None
        self.supports_masking = True

    def build(self, input_shape):
        if len(input_shape) < 2 or input_shape[-1] is None:
            raise ValueError(
                f"{type(self).__name__} takes (batch, ..., channels) with a "
                "known number of channels. Received: "
                f"input_shape={tuple(input_shape)}"
            )
        self.input_spec = keras.layers.InputSpec(
            ndim=len(input_shape), axes={-1: input_shape[-1]}
        )
        shape = (input_shape[-1],)
        if self.scale:
            self.gamma = self.add_weight(
                shape=shape, name="gamma", initializer="ones", autocast=False
            )
        if self.center:
            self.beta = self.add_weight(
                shape=shape, name="beta", initializer="zeros", autocast=False
            )

    def call(self, inputs, training=None):
        dtype = keras.backend.result_type(inputs.dtype, "float32")
        shape = (inputs.shape[-1],)
        gamma = self.gamma if self.scale else ops.ones(shape)
        beta = self.beta if self.center else ops.zeros(shape)
        y = self.normalize(
            ops.cast(inputs, dtype),
            ops.cast(gamma, dtype),
            ops.cast(beta, dtype),
            training and self.trainable,
        )
        return ops.cast(y, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "epsilon": self.epsilon,
            "center": self.center,
            "scale": self.scale,
        }


class MovingNorm(ChannelNorm):
    """A `ChannelNorm` that infers by moving averages.

    `training` is true only while the layer is trainable, as in Keras's
    batch normalization. With `synchronized=True` a batch is the images of all
    devices of a `tf.distribute.Strategy`; by default, each device's own. On
    JAX it is those of all devices in any case.
    """

    def __init__(
        self,
        momentum,
        epsilon,
        center=True,
        scale=True,
        synchronized=False,
        **kwargs,
    ):
        super().__init__(epsilon, center, scale, **kwargs)
        if not 0 <= momentum <= 1:
            raise ValueError(
                f"`momentum` must be in [0, 1]. Received: momentum={momentum!r}"
            )
        self.momentum = float(momentum)
        self.synchronized = bool(synchronized)

    def add_average(self, name, shape, initializer):
        return self.add_weight(
            shape=shape,
            name=name,
            initializer=initializer,
            trainable=False,
            autocast=False,
        )

    def mean(self, x):
        """The mean of each channel, of all devices if `synchronized`."""
        axes = tuple(range(len(x.shape) - 1))
        if not self.synchronized:
            return ops.mean(x, axes)
        count = ops.size(x) // x.shape[-1]
        return self.ratio(ops.sum(x, axes), count)

    def ratio(self, total, count):
        """total / count, each summed over all devices if `synchronized`."""
        if self.synchronized and _backend.on_tensorflow():
            from zoo.layers import _tf_sync

            return _tf_sync.ratio(total, count)
        return total / ops.cast(count, total.dtype)

    def update(self, average, new):
        """Move `average` a step of 1 − momentum towards `new`."""
        old = ops.cast(average, new.dtype)
        average.assign(old * self.momentum + new * (1.0 - self.momentum))

    def get_config(self):
        return {
            **super().get_config(),
            "momentum": self.momentum,
            "synchronized": self.synchronized,
        }

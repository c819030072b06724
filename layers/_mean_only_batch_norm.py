"""Batch normalization that subtracts the mean and leaves the scale."""

import keras
from keras import ops

from zoo.layers import _backend
from zoo.layers._channel_norm import MovingNorm


@keras.saving.register_keras_serializable(package="zoo")
class MeanOnlyBatchNorm(MovingNorm):
    """Subtract the batch's mean of each channel, divide by nothing.

    y = x − mean + beta: goes with `WeightNorm`, which sets the scale already
    (Salimans & Kingma 2016, section 3, https://arxiv.org/abs/1602.07868).
    Inference takes the moving average of the mean. Give the layer before it
    no bias.

    Args:
        momentum: Share of the moving average that a step keeps, in [0, 1].
        center: Whether to add `beta`.
        synchronized: Whether a batch is the images of all devices.

    Shapes:
        (batch, ..., channels), two dimensions or more, in and out.

    Raises:
        ValueError: If `momentum` is not in [0, 1].

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((2, 8, 8, 3))
        >>> layers.MeanOnlyBatchNorm()(x, training=True).shape
        TensorShape([2, 8, 8, 3])
    """

    def __init__(self, momentum=0.99, center=True, **kwargs):
        super().__init__(momentum, 1.0, center, scale=False, **kwargs)

    def build(self, input_shape):
        super().build(input_shape)
        self.moving_mean = self.add_average(
            "moving_mean", (input_shape[-1],), "zeros"
        )

    def normalize(self, x, gamma, beta, training):
        if not training:
            return x + (beta - ops.cast(self.moving_mean, x.dtype))
        y, mean = self._center(x, beta)
        self.update(self.moving_mean, mean)
        return y

    def _center(self, x, beta):
        if _backend.on_tensorflow() and not self.synchronized:
            from zoo.layers import _tf_norm

            if _tf_norm.is_worth_it(x):
                return _tf_norm.center(x, beta)
        mean = self.mean(x)
        return x + (beta - mean), mean

    def get_config(self):
        config = super().get_config()
        del config["epsilon"], config["scale"]
        return config

"""Scaled weight standardization: standardized filters with a learned gain."""

import math

import keras
from keras import ops

from zoo.layers._weight_standardization import WeightStandardization


@keras.saving.register_keras_serializable(package="zoo")
class ScaledWeightStandardization(WeightStandardization):
    """Run a layer with standardized filters that keep its input's variance.

    w = gamma · gain · (v − mean(v)) / sqrt((variance(v) + epsilon) · fan-in)
    per output filter, v the trained kernel, gain one trained number a filter:
    networks of these need no normalizer, as in NF-ResNet and NFNet.

    Reference: [Brock et al. 2021](https://arxiv.org/abs/2101.08692).

    Args:
        layer: As `WeightStandardization` takes it.
        gamma: Number that makes up for the variance that the activation before
            the layer takes away, such as sqrt(2 / (1 − 1 / π)) for a ReLU; 1
            where the network does so elsewhere.
        epsilon: Number added to the variance; positive.

    Shapes:
        Those of `layer`.

    Raises:
        ValueError: If `layer` is of another kind, or `epsilon` not positive.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> conv = layers.ScaledWeightStandardization(layers.Conv2D(4, 3))
        >>> conv(keras.ops.ones((1, 8, 8, 3))).shape
        TensorShape([1, 6, 6, 4])
    """

    def __init__(self, layer, gamma=1.0, epsilon=1e-5, **kwargs):
        super().__init__(layer, epsilon, **kwargs)
        self.gamma = float(gamma)

    def build(self, input_shape):
        super().build(input_shape)
        self.gain = self.add_weight(
            name="gain",
            shape=tuple(
                1 if axis in self.filter_axes else length
                for axis, length in enumerate(self.layer.kernel.shape)
            ),
            initializer="ones",
            autocast=False,
        )

    def effective_kernel(self):
        shape = self.layer.kernel.shape
        fan_in = math.prod(shape[axis] for axis in self.filter_axes)
        scale = self.gain * (self.gamma / math.sqrt(fan_in))
        return super().effective_kernel() * ops.convert_to_tensor(scale)

    def get_config(self):
        return {**super().get_config(), "gamma": self.gamma}

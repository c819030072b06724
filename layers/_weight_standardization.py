"""Weight standardization: filters of mean zero and variance one."""

import keras
from keras import ops

from zoo.layers._kernel_wrapper import KernelWrapper
from zoo.layers._table_conv import TableConv2D


@keras.saving.register_keras_serializable(package="zoo")
class WeightStandardization(KernelWrapper):
    """Run a layer with each filter's mean and scale taken out.

    w = (v − mean(v)) / sqrt(variance(v) + epsilon) per output filter, v the
    trained kernel (Qiao et al. 2019, https://arxiv.org/abs/1903.10520). A
    normalizer is meant to follow, such as group normalization.

    Args:
        layer: A Dense, Conv, DepthwiseConv or ConvTranspose layer, Keras's
            or ours. Its kernel's regularizer and constraint act on v.
        epsilon: Number added to the variance; positive. BiT takes 1e-10.

    Shapes:
        Those of `layer`.

    Raises:
        ValueError: If `layer` is of another kind, or `epsilon` not positive.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> conv = layers.WeightStandardization(layers.Conv2D(4, 3))
        >>> conv(keras.ops.ones((1, 8, 8, 3))).shape
        TensorShape([1, 6, 6, 4])
    """

    def __init__(self, layer, epsilon=1e-5, **kwargs):
        super().__init__(layer, **kwargs)
        if isinstance(layer, TableConv2D):
            raise ValueError(
                "`layer` must not be a TableConv2D, whose filters are of "
                f"several sizes. Received: {layer!r}"
            )
        if not epsilon > 0:
            raise ValueError(
                f"`epsilon` must be positive. Received: epsilon={epsilon!r}"
            )
        self.epsilon = float(epsilon)

    def effective_kernel(self):
        v = ops.convert_to_tensor(self.layer.kernel)
        v = v - ops.mean(v, self.filter_axes, keepdims=True)
        variance = ops.mean(ops.square(v), self.filter_axes, keepdims=True)
        return v * ops.rsqrt(variance + self.epsilon)

    def get_config(self):
        return {**super().get_config(), "epsilon": self.epsilon}

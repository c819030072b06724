"""Weight normalization: a filter's length and direction, apart."""

import keras
from keras import ops

from layers._kernel_wrapper import KernelWrapper


@keras.saving.register_keras_serializable(package="zoo")
class WeightNorm(KernelWrapper):
    """Train a layer's kernel as w = g · v / ‖v‖, one g a filter.

    Salimans & Kingma (2016), https://arxiv.org/abs/1602.07868. The wrapped
    layer's `kernel` is v. g starts at ‖v‖, so the output does not change
    until `initialize` or training changes it.
    """

    def build(self, input_shape):
        super().build(input_shape)
        kernel = self.layer.kernel
        shape = [
            1 if i in self.filter_axes else n
            for i, n in enumerate(kernel.shape)
        ]
        self.g = self.add_weight(
            shape=shape,
            name="g",
            initializer=lambda shape, dtype: ops.cast(self._norm(), dtype),
            autocast=False,
        )

    def effective_kernel(self):
        return self.layer.kernel * (self.g / self._norm())

    def _norm(self):
        squares = ops.square(self.layer.kernel)
        total = ops.sum(squares, self.filter_axes, keepdims=True)
        return ops.sqrt(ops.maximum(total, 1e-30))

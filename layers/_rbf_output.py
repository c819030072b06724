"""LeNet-5's output layer."""

import keras
import numpy as np

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class RBFOutput(keras.layers.Layer):
    """Negative squared distance to a fixed code for each class.

    `y[n, k] = -sum_i (x[n, i] - codes[k, i])²`, which serves as logits: the
    nearest code has the largest.

    Reference: [LeCun et al. 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf),
    section II.B, equation 7.

    Args:
        codes: Array (classes, features); LeNet-5's are 7x12 bitmaps of ±1.

    Shapes:
        (batch, features) -> (batch, classes).

    Raises:
        ValueError: If `codes` is no matrix, or the features are not as many.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> layers.RBFOutput([[1, 1], [-1, 1]])(keras.ops.ones((1, 2))).numpy()
        array([[-0., -4.]], dtype=float32)
    """

    def __init__(self, codes, **kwargs):
        super().__init__(**kwargs)
        codes = np.asarray(codes, "float32")
        if codes.ndim != 2 or not codes.size:
            raise ValueError(
                "codes must have the shape (classes, features); received "
                f"{codes.shape}."
            )
        self.codes = codes

    def build(self, input_shape):
        if len(input_shape) != 2 or input_shape[1] != self.codes.shape[1]:
            raise ValueError(
                f"codes of {self.codes.shape[1]} features need an input of "
                f"shape (batch, {self.codes.shape[1]}); received {input_shape}."
            )

    def call(self, inputs):
        codes = ops.cast(self.codes, inputs.dtype)
        return -ops.sum((inputs[:, None, :] - codes) ** 2, axis=-1)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], len(self.codes))

    def get_config(self):
        return {**super().get_config(), "codes": self.codes.tolist()}

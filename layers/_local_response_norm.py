"""Local response normalization, across channels or within each."""

import keras
from keras import ops

from zoo.layers import _backend

_CONVENTIONS = ("sum", "mean")
_REGIONS = ("across", "within")


@keras.saving.register_keras_serializable(package="zoo")
class LocalResponseNorm(keras.layers.Layer):
    """Divide each activation by a power of its neighbourhood's energy.

    y = x / (k + alpha · Σ x²)^beta, the sum over the `size` nearest channels
    at one position (Krizhevsky et al. 2012, section 3.3,
    https://papers.nips.cc/paper/4824), or over `size` × `size` positions of
    one channel. Outside the input counts as zero.

    Args:
        size: Width n of the window: odd and positive. TensorFlow's
            `depth_radius` is (n − 1) / 2: AlexNet's n = 5 is radius 2.
        alpha: Weight of the sum.
        beta: Exponent.
        k: Added to the weighted sum.
        alpha_convention: `"sum"`: alpha times the sum (Krizhevsky,
            TensorFlow). `"mean"`: alpha times the mean over the window,
            that is alpha / n across channels and alpha / n² within one
            (Caffe, PyTorch).
        region: `"across"` channels or `"within"` each channel (Caffe's
            `WITHIN_CHANNEL`, which takes `"mean"` and k = 1; needs 4-D input).

    Shapes:
        (batch, ..., channels) in and out.

    Raises:
        ValueError: If an argument is outside what is listed above.

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> x = keras.ops.ones((1, 6, 6, 8))
        >>> layers.LocalResponseNorm(5, k=2.0)(x).shape
        TensorShape([1, 6, 6, 8])
    """

    def __init__(
        self,
        size=5,
        alpha=1e-4,
        beta=0.75,
        k=1.0,
        alpha_convention="sum",
        region="across",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if size != int(size) or size < 1 or size % 2 == 0:
            raise ValueError(
                f"`size` must be an odd positive integer. Received: {size!r}"
            )
        if alpha_convention not in _CONVENTIONS:
            raise ValueError(
                f"`alpha_convention` must be one of {_CONVENTIONS}. "
                f"Received: {alpha_convention!r}"
            )
        if region not in _REGIONS:
            raise ValueError(
                f"`region` must be one of {_REGIONS}. Received: {region!r}"
            )
        self.size = int(size)
        self.alpha = float(alpha)
        self.beta = float(beta)
        self.k = float(k)
        self.alpha_convention = alpha_convention
        self.region = region
        self.supports_masking = True

    def build(self, input_shape):
        if self.region == "within" and len(input_shape) != 4:
            raise ValueError(
                'region="within" takes (batch, height, width, channels). '
                f"Received: input_shape={tuple(input_shape)}"
            )

    def call(self, inputs):
        x = ops.cast(inputs, keras.backend.result_type(inputs.dtype, "float32"))
        alpha = self.alpha
        if self.alpha_convention == "mean":
            alpha /= self.size ** (1 if self.region == "across" else 2)
        if _has_native_op(x) and self.region == "across":
            import tensorflow as tf

            y = tf.nn.lrn(x, self.size // 2, self.k, alpha, self.beta)
        else:
            sums = ops.square(x)
            axes = (-1,) if self.region == "across" else (1, 2)
            for axis in axes:
                sums = _window_sum(sums, self.size, axis)
            y = x * ops.power(self.k + alpha * sums, -self.beta)
        return ops.cast(y, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "size": self.size,
            "alpha": self.alpha,
            "beta": self.beta,
            "k": self.k,
            "alpha_convention": self.alpha_convention,
            "region": self.region,
        }


def _has_native_op(x):
    return (
        _backend.on_tensorflow()
        and len(x.shape) == 4
        and keras.backend.standardize_dtype(x.dtype) == "float32"
    )


def _window_sum(x, size, axis):
    axis %= len(x.shape)
    radius = size // 2
    length = ops.shape(x)[axis]
    pads = [(0, 0)] * len(x.shape)
    pads[axis] = (radius, radius)
    padded = ops.pad(x, pads)
    index = [slice(None)] * len(x.shape)
    total = 0.0
    for start in range(size):
        index[axis] = slice(start, start + length)
        total = total + padded[tuple(index)]
    return total

"""Resizing to another map's height and width."""

import keras

ops = keras.ops


@keras.saving.register_keras_serializable(package="zoo")
class ResizeLike(keras.layers.Layer):
    """Nearest-neighbour resizing of a map to the size of another.

    `y[i, j] = x[⌊i · h / H⌋, ⌊j · w / W⌋]`, as PyTorch's `interpolate` does;
    `keras.layers.UpSampling2D` takes whole factors only, and Keras's resizing
    rounds from the middles of the pixels.

    Reference: the gate of GhostNetV2,
    [Tang et al. 2022](https://arxiv.org/abs/2211.12905).

    Shapes:
        [(batch, h, w, channels), (batch, H, W, any)] ->
        (batch, H, W, channels).

    Example:
        >>> import keras
        >>> from zoo import layers
        >>> small = keras.ops.reshape(keras.ops.arange(2), (1, 1, 2, 1))
        >>> like = keras.ops.ones((1, 1, 5, 3))
        >>> layers.ResizeLike()([small, like])[0, 0, :, 0].numpy()
        array([0, 0, 0, 1, 1], dtype=int32)
    """

    def call(self, inputs):
        x, like = inputs
        for axis in (1, 2):
            old, new = ops.shape(x)[axis], ops.shape(like)[axis]
            x = ops.take(x, ops.arange(new) * old // new, axis)
        return x

    def compute_output_shape(self, input_shape):
        x, like = input_shape
        return (x[0], *like[1:3], x[3])

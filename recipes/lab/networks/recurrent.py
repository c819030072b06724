"""A recurrent network that reads an image row by row."""

import keras


def recurrent(data, *, units=64, norm, each_row=False):
    """h ← tanh(norm(W·row + U·h)) over the rows of the image; then logits.

    Args:
        data: A `Data`; gives the shape of images and the classes.
        units: Length of h.
        norm: A `Norm`, which says how to normalize.
        each_row: Whether each row has a normalizer of its own; otherwise all
            rows share one.
    """
    height, width, channels = data.input_shape

    def dense(initializer, use_bias):
        layer = keras.layers.Dense(
            units, use_bias=use_bias, kernel_initializer=initializer
        )
        return norm.wrap(layer) if norm.wrap else layer

    def new_norm():
        return norm.layer(units) if norm.layer else lambda x: x

    image = keras.Input(data.input_shape)
    rows = keras.layers.Reshape((height, width * channels))(image)
    rows = dense("glorot_uniform", not norm.shifts)(rows)
    over, shared = dense("orthogonal", False), new_norm()
    h = None
    for i in range(height):
        x = rows[:, i]
        if h is not None:
            x = keras.layers.add([x, over(h)])
        x = (new_norm() if each_row else shared)(x)
        h = keras.layers.Activation("tanh")(x)
    return keras.Model(image, keras.layers.Dense(len(data.classes))(h))

"""A residual network with a wide layer, in which something is dropped."""

import keras

from zoo import layers
from zoo._choices import one_of

FILTERS = (16, 16, 32, 32)  # of each block
UNITS = 256
DROPS = ("none", "dropout", "elements", "spatial", "block", "depth")


def residual(data, drop="none", rate=0.0):
    """Four residual blocks, a wide fully connected layer, logits.

    Args:
        data: A `Data`; gives the shape of images and the classes.
        drop: What is dropped in training: "none"; "dropout", units before and
            behind the wide layer; in the convolutions single "elements",
            channels ("spatial"), a "block" of each map; or whole branches
            ("depth", the deeper the more often).
        rate: Share that is dropped.
    """
    one_of("drop", drop, DROPS)
    image = keras.Input(data.input_shape)
    x = _dropped(_relu(_conv(FILTERS[0], 2)(image)), drop, rate)
    rates = layers.linear_decay(rate, len(FILTERS))
    for filters, depth_rate in zip(FILTERS, rates, strict=True):
        shortcut, strides = x, 1
        if filters != x.shape[-1]:
            strides = 2
            shortcut = _conv(filters, 2, 1)(x)
        branch = _dropped(_relu(_conv(filters, strides)(x)), drop, rate)
        branch = _conv(filters)(branch)
        if drop == "depth":
            branch = layers.StochasticDepth(depth_rate)(branch)
        x = _relu(keras.layers.add([shortcut, branch]))
        x = _dropped(x, drop, rate)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dropout(rate)(x) if drop == "dropout" else x
    x = keras.layers.Dense(
        UNITS, activation="relu", kernel_initializer="he_normal"
    )(x)
    x = keras.layers.Dropout(rate)(x) if drop == "dropout" else x
    return keras.Model(image, keras.layers.Dense(len(data.classes))(x))


def _conv(filters, strides=1, size=3):
    return keras.layers.Conv2D(
        filters, size, strides, padding="same", kernel_initializer="he_normal"
    )


def _relu(x):
    return keras.layers.ReLU()(x)


def _dropped(x, drop, rate):
    """What stands after each activation in the convolutions."""
    if drop == "elements":
        return keras.layers.Dropout(rate)(x)
    if drop == "spatial":
        return keras.layers.SpatialDropout2D(rate)(x)
    if drop == "block":
        side = max(1, min(x.shape[1:3]) // 2)
        return layers.DropBlock(rate, side)(x)
    return x

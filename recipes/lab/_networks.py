"""Small networks in which experiments exchange one part at a time."""

import keras

from zoo import layers
from zoo.models import _names
from zoo.models._network import Network


def cnn(
    data,
    *,
    depth=6,
    filters=(16, 32, 64),
    activation="relu",
    norm="none",
    initializer="he_normal",
    skip=False,
    pieces=1,
    strides=2,
    dropout_rate=0.0,
):
    """3×3 convolutions in stages, global average pooling, a linear layer.

    Layers are named conv1, norm1, act1, conv2, …, pool, logits.

    Args:
        data: Of `_training.load`: gives the shape of images, the classes.
        depth: Number of convolutions, spread evenly over the stages.
        filters: Of each stage; a 2×2 max pool leads from one to the next.
        activation, norm: Short names of `zoo.models._names`, or constructors.
        initializer: Of all kernels but the last.
        skip: Add to every second convolution what entered the first of the
            two (He et al. 2015), from conv2 on.
        pieces: From 2 on, maxout of so many pieces takes the activation's
            place.
        strides: Of the first convolution.
        dropout_rate: Before the linear layer.
    """
    net = _network(data, activation, norm, initializer)
    x, shortcut = net.image, None
    for i in range(depth):
        width = filters[i * len(filters) // depth]
        if i and width != filters[(i - 1) * len(filters) // depth]:
            x = keras.layers.MaxPooling2D(2, name=f"pool{i}")(x)
            if shortcut is not None:
                shortcut = keras.layers.MaxPooling2D(2)(shortcut)
        if skip and i % 2:
            shortcut = x
        x = net.conv(
            x,
            width * pieces,
            3,
            strides=strides if i == 0 else 1,
            name=f"conv{i + 1}",
        )
        x = net.norm(x, name=f"norm{i + 1}")
        if shortcut is not None and i % 2 == 0:
            if shortcut.shape[-1] != x.shape[-1]:
                shortcut = net.conv(
                    shortcut, x.shape[-1], 1, name=f"shortcut_conv{i + 1}"
                )
            x, shortcut = keras.layers.add([x, shortcut]), None
        if pieces > 1:
            x = layers.Maxout(width, name=f"act{i + 1}")(x)
        else:
            x = net.act(x, name=f"act{i + 1}")
    return net.model(x, dropout_rate=dropout_rate)


def mlp(
    data,
    *,
    depth=3,
    units=128,
    activation="relu",
    norm="none",
    initializer="he_normal",
    skip=False,
    dropout_rate=0.0,
):
    """Fully connected layers named dense1, norm1, act1, …, logits.

    Args:
        data: Of `_training.load`: gives the shape of images, the classes.
        depth: Number of hidden layers.
        units: Of each.
        activation, norm: Short names of `zoo.models._names`, or constructors.
        initializer: Of all kernels but the last.
        skip: Add to each activation but the first what entered its layer, so
            that a path without any change leads through (He et al. 2016).
        dropout_rate: After each hidden layer.
    """
    net = _network(data, activation, norm, initializer)
    wrap = _names.norm(norm).wrap
    x = keras.layers.Flatten(name="flatten")(net.image)
    for i in range(1, depth + 1):
        shortcut = x
        dense = keras.layers.Dense(
            units,
            use_bias=not _names.norm(norm).shifts,
            kernel_initializer=initializer,
            name=f"dense{i}",
        )
        x = (wrap(dense, name=dense.name) if wrap else dense)(x)
        x = net.norm(x, name=f"norm{i}")
        x = net.act(x, name=f"act{i}")
        if skip and i > 1:
            x = keras.layers.add([x, shortcut])
        if dropout_rate:
            x = keras.layers.Dropout(dropout_rate, name=f"dropout{i}")(x)
    return net.model(x, head=net.logits)


def _network(data, activation, norm, initializer):
    return Network(
        num_classes=len(data.classes),
        input_shape=data.input_shape,
        activation=activation,
        norm=norm,
        kernel_initializer=initializer,
    )

"""Plain networks in which experiments exchange one part at a time."""

from collections.abc import Callable

import keras

from zoo import layers
from zoo.models import Network, _names


def cnn(
    data,
    *,
    depth=6,
    filters=(16, 32, 64),
    activation: str | Callable = "relu",
    norm: str | Callable | _names.Norm = "none",
    initializer: str | keras.initializers.Initializer = "he_normal",
    pieces=1,
    last_norm=True,
):
    """3×3 convolutions in stages, global average pooling, a linear layer.

    The first convolution has stride 2. Layers are named conv1, norm1, act1,
    conv2, …, pool, logits.

    Args:
        data: A `Data`; gives the shape of images and the classes.
        depth: Number of convolutions, spread evenly over the stages.
        filters: Filters in each stage; a 2×2 max pool leads to the next one.
        activation: Short name or constructor of the activation.
        norm: Short name, `Norm` or constructor of the normalizer.
        initializer: Initializer of all kernels but the last.
        pieces: From 2 on, maxout of so many pieces takes the activation's
            place.
        last_norm: Whether the last convolution has a normalizer, too. One that
            fixes the mean of each map would leave a classifier on these means
            next to nothing.
    """
    net = _network(data, activation, norm, initializer)
    x = net.image
    for i in range(depth):
        width = filters[i * len(filters) // depth]
        if i and width != filters[(i - 1) * len(filters) // depth]:
            x = keras.layers.MaxPooling2D(2, name=f"pool{i}")(x)
        strides = 2 if i == 0 else 1
        x = net.conv(x, width * pieces, 3, strides, name=f"conv{i + 1}")
        if last_norm or i < depth - 1:
            x = net.norm(x, name=f"norm{i + 1}")
        if pieces > 1:
            x = layers.Maxout(width, name=f"act{i + 1}")(x)
        else:
            x = net.act(x, name=f"act{i + 1}")
    return net.model(x)


def mlp(
    data,
    *,
    depth=3,
    units=128,
    activation: str | Callable = "relu",
    norm: str | Callable | _names.Norm = "none",
    initializer: str | keras.initializers.Initializer = "he_normal",
    regularizer=None,
    skip=False,
):
    """Fully connected layers named dense1, norm1, act1, …, logits.

    Args:
        data: A `Data`; gives the shape of images and the classes.
        depth: Number of hidden layers.
        units: Units of each hidden layer.
        activation: Short name or constructor of the activation.
        norm: Short name, `Norm` or constructor of the normalizer.
        initializer: Initializer of all kernels but the last.
        regularizer: Regularizer of the same kernels, or None.
        skip: Add to each activation but the first what entered its layer, so
            that a path without any change leads through (He et al. 2016).
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
            kernel_regularizer=regularizer,
            name=f"dense{i}",
        )
        x = (wrap(dense, name=dense.name) if wrap else dense)(x)
        x = net.norm(x, name=f"norm{i}")
        x = net.act(x, name=f"act{i}")
        if skip and i > 1:
            x = keras.layers.add([x, shortcut])
    return net.model(x, head=net.logits)


def _network(data, activation, norm, initializer):
    return Network(
        num_classes=len(data.classes),
        input_shape=data.input_shape,
        activation=activation,
        norm=norm,
        kernel_initializer=initializer,
    )

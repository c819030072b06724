"""Small trainings on real digits, healthy and broken."""

import dataclasses
import functools

import keras
import numpy as np

dense = keras.layers.Dense
conv = keras.layers.Conv2D


@dataclasses.dataclass
class Training:
    model: object
    optimizer: object
    data: tuple


@functools.cache
def _digits():
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    return (x.reshape(-1, 8, 8, 1) / 16).astype("float32"), y


def split(source, seed, train=1400, scale=1.0):
    x, y = source()
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = x[order] * np.float32(scale), y[order]
    return (x[:train], y[:train]), (
        x[train : train + 400],
        y[train : train + 400],
    )


def digits(seed, **kwargs):
    return split(_digits, seed, **kwargs)


def mlp(
    widths, activation="relu", init="glorot_uniform", rate=0, top=None, **kwargs
):
    x = inputs = keras.Input((8, 8, 1))
    x = keras.layers.Flatten()(x)
    for width in widths:
        x = dense(width, kernel_initializer=_init(init), **kwargs)(x)
        x = _act(activation)(x)
        if rate:
            x = keras.layers.Dropout(rate)(x)
    x = dense(10, kernel_initializer=_init(init), **kwargs)(x)
    return keras.Model(inputs, x)


def cnn(
    norm=None,
    activation="relu",
    widths=(16, 32),
    size=8,
    rate=0,
    wrap=None,
    **kwargs,
):
    x = inputs = keras.Input((size, size, 1))
    for i, width in enumerate(widths):
        layer = conv(width, 3, 1 + i % 2, "same", **kwargs)
        x = (wrap(layer) if wrap else layer)(x)
        if norm:
            x = norm()(x)
        x = _act(activation)(x)
    x = keras.layers.Flatten()(x)
    if rate:
        x = keras.layers.Dropout(rate)(x)
    return keras.Model(inputs, dense(10)(x))


def unused_branch():
    x = inputs = keras.Input((8, 8, 1))
    x = keras.layers.Flatten()(x)
    used = dense(64, "relu")(x)
    # Somebody meant to add it, and stopped its gradient.
    lost = keras.layers.Lambda(keras.ops.stop_gradient)(
        dense(64, "relu", name="lost")(x)
    )
    return keras.Model(inputs, dense(10)(used + 0.1 * lost))


def planted(share, bias=-20.0):
    """`share` of the middle layer's units can never fire."""
    model = mlp((64, 64, 64))
    layer = model.layers[4]
    kernel, biases = layer.get_weights()
    biases[: round(share * 64)] = bias
    layer.set_weights([kernel, biases])
    return model


def adam(rate=1e-3, **kwargs):
    return keras.optimizers.Adam(rate, **kwargs)


def sgd(rate=0.05, momentum=0.9, **kwargs):
    return keras.optimizers.SGD(rate, momentum, **kwargs)


def _act(activation):
    if isinstance(activation, str):
        return keras.layers.Activation(activation)
    return activation()


def _init(init):
    if isinstance(init, float):
        return keras.initializers.RandomNormal(0.0, init)
    return init


def _nan(seed):
    (x, y), validation = digits(seed)
    x = x.copy()
    x[700, 3, 3] = np.nan
    return (x, y), validation


HEALTHY = {
    "mlp": lambda s: Training(mlp((64, 64)), adam(), digits(s)),
    "cnn batch norm": lambda s: Training(
        cnn(keras.layers.BatchNormalization), sgd(), digits(s)
    ),
}
BROKEN = {
    "deep sigmoid": lambda s: Training(
        mlp((64,) * 8, "sigmoid"), sgd(), digits(s)
    ),
    "init too large": lambda s: Training(
        mlp((64,) * 4, "relu", 1.0), sgd(1e-4), digits(s)
    ),
    "a layer dead": lambda s: Training(planted(1.0), adam(), digits(s)),
    "NaN in the input": lambda s: Training(mlp((64, 64)), adam(), _nan(s)),
    "unused branch": lambda s: Training(unused_branch(), adam(), digits(s)),
    "learning rate too low": lambda s: Training(
        mlp((64, 64)), sgd(1e-6), digits(s)
    ),
}

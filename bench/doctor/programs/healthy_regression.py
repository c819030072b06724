"""Healthy: regression in any unit, and other losses."""

import functools

import keras

from bench.doctor._bases import adam, data, sgd
from bench.doctor._program import healthy
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    keras_docs,
)

L, ops = keras.layers, keras.ops
EXAMPLES = keras_docs("code examples")


def normalized(raw):
    """An in-model Normalization that has seen the inputs."""

    def layer():
        normal = L.Normalization()
        normal.adapt(raw()[0])
        return normal

    return layer


def in_dollars(x):
    """From a deviation of 1 to dollars, inside the model."""
    return L.Rescaling(1.5e5, 4e5)(x)


def pinball(y, p):
    return ops.mean(ops.maximum(0.7 * (y - p), -0.3 * (y - p)))


def gaussian(y, p):
    """Negative log-likelihood: it may fall below 0."""
    y = ops.reshape(y, (-1, 1))
    return ops.mean(p[:, 1:] + (y - p[:, :1]) ** 2 * ops.exp(-2 * p[:, 1:]) / 2)


raw_houses = functools.partial(data.houses, ("inputs",))
healthy(
    "houses_normalization_inside",
    "houses",
    keras_docs("layers, Normalization"),
    0.9,
    data=raw_houses,
    first=(normalized(raw_houses),),
)
healthy(
    "houses_batch_norm_first",
    "houses",
    keras_docs("layers, BatchNormalization"),
    0.8,
    data=raw_houses,
    first=(lambda: L.BatchNormalization(momentum=0.9),),
)
healthy(
    "houses_dollars_rescaled",
    "houses",
    "scikit-learn.org: TransformedTargetRegressor",
    0.9,
    unit=lambda y: 1.5e5 * y + 4e5,
    after=in_dollars,
)
healthy(
    "houses_small_unit",
    "houses",
    keras_docs("code examples, housing"),
    0.9,
    unit=lambda y: 0.1 * y,
    optimizer=adam(1e-3),
    epochs=30,
)
healthy(
    "houses_gaussian",
    "houses",
    "Nix & Weigend, ICNN 1994",
    0.85,
    loss=gaussian,
    units=2,
    metrics=(),
    epochs=15,
)
healthy(
    "houses_linear",
    "houses",
    "scikit-learn.org: LinearRegression",
    0.85,
    widths=(),
    optimizer=adam(0.03),
)
healthy(
    "houses_accuracy_metric",
    "houses",
    deep_localize(48934338),
    0.9,
    metrics=("accuracy",),
)
healthy(
    "houses_tanh_scaled",
    "houses",
    deep_checker("regrNN"),
    0.85,
    unit=lambda y: y / 4,
    last="tanh",
    epochs=20,
)
healthy(
    "diabetes_mae_units",
    "diabetes_units",
    keras_docs("losses"),
    0.3,
    loss="mae",
    optimizer=adam(0.02),
)
healthy(
    "curve_sgd",
    "curve",
    deep_localize(48934338),
    0.9,
    optimizer=sgd(0.05),
    act="tanh",
)
healthy(
    "counts_softplus",
    "counts",
    keras_docs("losses, Poisson"),
    0.35,
    last="softplus",
)
healthy(
    "waves_lstm",
    "waves",
    keras_docs("code examples, forecasting"),
    0.9,
    cell=L.LSTM,
    optimizer=adam(0.01),
)

"""Gradients that vanish or explode, dead and saturated units, no numbers."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    auto_trainer,
    deep_checker,
    deep_diagnosis,
    neura_lint,
    taxonomy,
)

L, ops = keras.layers, keras.ops
uniform = keras.initializers.RandomUniform
constant = keras.initializers.Constant

FADES = ("vanishing", "saturated", "plateau")
faulty(
    "digits_15_sigmoid_layers",
    "digits_sgd",
    FADES,
    auto_trainer("vanishing gradient"),
    widths=(32,) * 15,
    act="sigmoid",
)
faulty(
    "digits_12_small_tanh_layers",
    "digits_sgd",
    FADES,
    auto_trainer("vanishing gradient"),
    widths=(32,) * 12,
    act="tanh",
    init=0.04,
)
faulty(
    "digits_24_relu_layers",
    "digits_sgd",
    FADES,
    deep_checker("deepCNN_miss_batchnorm"),
    widths=(32,) * 24,
)
faulty(
    "circles_8_small_relu_layers",
    "circles",
    (*FADES, "dead_units"),
    auto_trainer("dying ReLU, Circle"),
    widths=(5,) * 8,
    init=uniform(-0.05, 0.05),
)
faulty(
    "shapes_softmax_inside",
    "shapes",
    FADES,
    deep_checker("baseCNN_wrong_act"),
    act="softmax",
)
faulty(
    "digits_start_1e3",
    "digits",
    FADES,
    deep_checker("wrong_init"),
    widths=(64,) * 4,
    init=1e-3,
    last_init=1e-3,
    optimizer=adam(1e-4),
)

BURSTS = (
    "exploding",
    "nonfinite",
    "update_too_large",
    "bad_initial_loss",
    "dead_units",
)
faulty(
    "digits_4_layers_normal_1",
    "digits_sgd",
    BURSTS,
    auto_trainer("exploding gradient"),
    widths=(64,) * 4,
    init=1.0,
    optimizer=sgd(1e-3),
)
faulty(
    "digits_10_layers_04",
    "digits_sgd",
    BURSTS,
    auto_trainer("exploding gradient"),
    widths=(64,) * 10,
    init=0.4,
)
faulty(
    "circles_exponential_layers",
    "circles",
    BURSTS,
    auto_trainer("exploding gradient, Circle"),
    widths=(8, 8, 8),
    act="exponential",
    init=1.0,
)
faulty(
    "waves_recurrent_gain_3",
    "waves",
    BURSTS,
    "Pascanu et al., Training recurrent networks, ICML 2013",
    activation="relu",
    recurrent_initializer=keras.initializers.Orthogonal(3.0, seed=1),
)

DIE = ("dead_units", "vanishing", "constant_output")
faulty(
    "digits_bias_minus_10",
    "digits",
    DIE,
    auto_trainer("dying ReLU"),
    bias=constant(-10.0),
)
faulty(
    "mnist_killed_by_rate",
    "mnist",
    (*DIE, "update_too_large", "exploding"),
    auto_trainer("dying ReLU, MNIST"),
    optimizer=sgd(1.0),
)
faulty(
    "houses_bias_minus_20",
    "houses",
    DIE,
    deep_diagnosis("dead node"),
    bias=constant(-20.0),
    optimizer=adam(1e-4),
)
faulty(
    "digits_narrow_dead_waist",
    "digits",
    DIE,
    deep_checker("dead ReLU"),
    widths=(64, 8, 64),
    bias=constant(-1.5),
    optimizer=adam(1e-4),
)
faulty(
    "discs_dead_relu",
    "discs",
    DIE,
    auto_trainer("dying ReLU"),
    init=uniform(-0.6, -0.1),
)

FULL = ("saturated", "vanishing", "bad_initial_loss")
faulty(
    "digits_tanh_normal_2",
    "digits",
    FULL,
    deep_checker("saturated activation"),
    act="tanh",
    init=2.0,
)
faulty(
    "wine_tanh_normal_20",
    "wine",
    FULL,
    deep_diagnosis("saturated activation"),
    act="tanh",
    init=20.0,
    widths=(16, 16),
)
faulty(
    "waves_tanh_saturated",
    "waves",
    FULL,
    deep_diagnosis("saturated activation"),
    kernel_initializer=keras.initializers.RandomNormal(stddev=30.0),
    bias_initializer=constant(8.0),
)
faulty(
    "digits_cnn_tanh_bias",
    "digits",
    FULL,
    neura_lint("initialization fit for the activation"),
    act="tanh",
    bias=constant(6.0),
)


def log_loss(y, p):
    """Cross-entropy without a bound below."""
    return -ops.mean(y * ops.log(p) + (1 - y) * ops.log(1 - p))


def root_loss(y, p):
    return ops.mean(ops.sqrt(ops.square(y - p) - 0.01))


def own_softmax(x):
    e = ops.exp(400 * x)
    return e / ops.sum(e, -1, keepdims=True)


class Standardize(L.Layer):
    """Divides by the batch's deviation, which may be 0."""

    def call(self, x):
        return (x - ops.mean(x, 0)) / ops.std(x, 0)


NAN = ("nonfinite", "nonfinite_inputs", "exploding")
faulty(
    "cancer_log_of_zero",
    "cancer",
    NAN,
    taxonomy("log of zero in the loss"),
    loss=log_loss,
    optimizer=adam(0.3),
)
faulty(
    "curve_root_of_negative",
    "curve",
    NAN,
    deep_checker("invalid loss"),
    loss=root_loss,
)
faulty(
    "digits_own_softmax_overflows",
    "digits",
    NAN,
    deep_checker("exponential without shift"),
    last=None,
    after=own_softmax,
)
faulty(
    "digits_zero_deviation",
    "digits",
    NAN,
    taxonomy("division by a deviation of zero"),
    first=(Standardize,),
)

"""Weights that start badly or do not train, and missing activations."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    neura_lint,
    recipe,
    taxonomy,
    umlaut,
)

L, ops = keras.layers, keras.ops
constant = keras.initializers.Constant

LINEAR = "missing_activation"
faulty(
    "circles_without_activations",
    "circles",
    LINEAR,
    umlaut("missing activation"),
    act=None,
)
faulty(
    "xor_without_activations",
    "xor",
    LINEAR,
    neura_lint("linear layers in a row"),
    act=None,
)
faulty(
    "curve_without_activations",
    "curve",
    LINEAR,
    neura_lint("linear layers in a row"),
    act=None,
)

EQUAL = "symmetric_units"
faulty(
    "houses_constant_weights",
    "houses",
    EQUAL,
    deep_checker("regrNN_constant"),
    init=constant(0.01),
)
faulty(
    "mnist_constant_weights",
    "mnist",
    (EQUAL, "vanishing", "plateau"),
    deep_checker("baseCNN_constant"),
    init=constant(0.1),
    last_init=constant(0.1),
)
faulty(
    "digits_zero_weights",
    "digits",
    (EQUAL, "vanishing", "not_learning"),
    neura_lint("weights must not start equal"),
    init="zeros",
    last_init="zeros",
)
faulty(
    "curve_constant_weights",
    "curve",
    EQUAL,
    neura_lint("weights must not start equal"),
    init=constant(0.2),
)

START = "bad_initial_loss"
faulty(
    "digits_normal_1",
    "digits_sgd",
    (START, "exploding", "update_too_large", "dead_units"),
    deep_checker("wrong_init: random"),
    init=1.0,
    last_init=1.0,
    optimizer=sgd(1e-3),
)
faulty(
    "mnist_normal_1",
    "mnist",
    (START, "exploding", "nonfinite", "dead_units", "update_too_large"),
    deep_checker("baseCNN_random"),
    init=1.0,
    last_init=1.0,
    optimizer=sgd(1e-4),
)
faulty(
    "digits_last_layer_10",
    "digits",
    START,
    recipe("verify the loss at its start"),
    last_init=10.0,
)
faulty(
    "discs_last_bias",
    "discs",
    (START, "saturated", "vanishing"),
    recipe("start the last layer well"),
    last_bias=constant(12.0),
    optimizer=adam(),
)
faulty(
    "mnist_mlp_last_bias",
    "mnist_mlp",
    START,
    recipe("start the last layer well"),
    last_bias=keras.initializers.RandomNormal(stddev=30.0, seed=1),
)

NOTHING = "nothing_trainable"


def frozen(model):
    for layer in model.layers:
        layer.trainable = False


def frozen_model(model):
    model.trainable = False


faulty(
    "digits_all_frozen",
    "digits",
    NOTHING,
    taxonomy("layers frozen by mistake"),
    prepare=frozen,
)
faulty(
    "mnist_all_frozen",
    "mnist",
    NOTHING,
    taxonomy("layers frozen by mistake"),
    prepare=frozen_model,
)
faulty(
    "houses_all_frozen",
    "houses",
    NOTHING,
    taxonomy("layers frozen by mistake"),
    prepare=frozen_model,
)

STUCK = "not_learning"


def rounded():
    return L.Lambda(ops.round)


def detached():
    return L.Lambda(ops.stop_gradient)


def hidden(kind):
    """Something between the two layers that no gradient passes."""
    return lambda: keras.Sequential([L.Activation("relu"), kind()])


def unlearned(index, scale=0.05):
    """A layer in the middle that is frozen with small random weights."""

    def prepare(model):
        dense = [x for x in model.layers if isinstance(x, (L.Dense, L.Conv2D))]
        layer = dense[index]
        layer.set_weights([scale * w for w in layer.get_weights()])
        layer.trainable = False

    return prepare


def _detached_rnn(shape, width, units=10, last="softmax"):
    x = inputs = keras.Input(shape)
    x = L.Lambda(ops.stop_gradient)(L.LSTM(width)(x))
    return keras.Model(inputs, L.Dense(units, last)(x))


faulty(
    "curve_rounded_units",
    "curve",
    (STUCK, "vanishing", "dead_units"),
    deep_checker("weights that are not updated"),
    act=hidden(rounded),
)
faulty(
    "circles_step_function",
    "circles",
    (STUCK, "vanishing"),
    taxonomy("an operation without gradient"),
    act=lambda: L.Lambda(ops.sign),
)
faulty(
    "houses_detached_units",
    "houses",
    STUCK,
    taxonomy("gradient stopped"),
    widths=(6, 6),
    act=hidden(detached),
)
faulty(
    "mnist_frozen_head",
    "mnist",
    STUCK,
    taxonomy("layers frozen by mistake"),
    prepare=unlearned(-1, 0.01),
)
faulty(
    "digits_rows_detached",
    "digits_rows",
    STUCK,
    taxonomy("gradient stopped"),
    width=3,
    net=_detached_rnn,
)

"""Losses that do not fit the last activation, the targets or the classes."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    keras_docs,
    neura_lint,
    umlaut,
)

MISMATCH = "loss_activation_mismatch"
losses, ops = keras.losses, keras.ops


def one_hot(classes):
    return lambda y: keras.utils.to_categorical(y, classes)


def column(y):
    return y.reshape(-1, 1).astype("float32")


CATEGORICAL = "categorical_crossentropy"
BINARY = "binary_crossentropy"

# One unit and a softmax: 1, whatever comes.
faulty(
    "xor_softmax_one_unit",
    "xor",
    MISMATCH,
    deep_localize(34311586),
    last="softmax",
    loss="mse",
    act="sigmoid",
    optimizer=sgd(0.001, nesterov=True),
)
faulty(
    "cancer_softmax_one_unit",
    "cancer",
    MISMATCH,
    deep_localize(31880720),
    last="softmax",
    optimizer="rmsprop",
    dropout=0.2,
)
faulty(
    "circles_softmax_one_unit",
    "circles",
    MISMATCH,
    deep_localize(45337371),
    last="softmax",
)
faulty(
    "houses_softmax_one_unit",
    "houses",
    MISMATCH,
    deep_checker("regrNN_wrong_act"),
    last="softmax",
)
faulty(
    "diabetes_softmax_one_unit_tanh",
    "diabetes",
    MISMATCH,
    deep_localize(33969059),
    last="softmax",
    act="tanh",
    dropout=0.5,
    optimizer=sgd(0.1),
)

# Logits where the loss takes probabilities.
faulty(
    "digits_logits_as_probabilities",
    "digits",
    MISMATCH,
    deep_checker("missing_softmax"),
    last=None,
)
faulty(
    "mnist_umlaut_study_a",
    "mnist",
    (MISMATCH, "dropout_too_high"),
    umlaut("study program A: missing softmax, dropout .8"),
    last=None,
    conv_dropout=0.8,
    dropout=0.8,
    optimizer=adam(),
)
faulty(
    "cancer_tanh_before_cross_entropy",
    "cancer",
    MISMATCH,
    neura_lint("last activation of a binary task"),
    last="tanh",
)

# Outputs that cannot reach the targets.
faulty(
    "curve_relu_last", "curve", MISMATCH, deep_localize(48251943), last="relu"
)
faulty(
    "houses_sigmoid_last",
    "houses",
    MISMATCH,
    deep_checker("regrNN_inapp_act"),
    last="sigmoid",
)
faulty(
    "adding_sigmoid_last",
    "adding",
    MISMATCH,
    deep_checker("lack_of_range_express"),
    last="sigmoid",
)
faulty(
    "houses_dollars_tanh_last",
    "houses",
    (MISMATCH, "unscaled_targets"),
    neura_lint("last activation of a regression"),
    last="tanh",
    unit=lambda y: 1e5 * y + 4e5,
)
faulty(
    "diabetes_units_sigmoid_last",
    "diabetes_units",
    MISMATCH,
    deep_localize(48221692),
    last="sigmoid",
)
faulty(
    "autoencoder_sigmoid_for_signed",
    "autoencoder",
    MISMATCH,
    deep_checker("lack_of_negative_express"),
    x=lambda x: 2 * x - 1,
)

# Another task's loss.
faulty(
    "xor_mae_behind_sigmoid",
    "xor",
    (MISMATCH, "plateau", "slow_learning"),
    deep_localize(31556268),
    loss="mae",
    widths=(4,),
    act="sigmoid",
    optimizer=sgd(0.05, 0.11, nesterov=True),
)
faulty(
    "mnist_mse_behind_softmax",
    "mnist",
    MISMATCH,
    deep_checker("baseCNN_inap_loss"),
    loss="mse",
    encode=one_hot(10),
    optimizer=sgd(0.1, 0.0),
)
faulty(
    "houses_cross_entropy",
    "houses",
    MISMATCH,
    deep_checker("regrNN_inap_loss"),
    loss=BINARY,
)
faulty(
    "tags_softmax_mse",
    "tags",
    MISMATCH,
    deep_localize(38648195),
    last="softmax",
    loss="mse",
    optimizer="sgd",
)
faulty(
    "digits_sigmoid_categorical",
    "digits",
    MISMATCH,
    deep_localize(55328966),
    last="sigmoid",
    loss=CATEGORICAL,
    encode=one_hot(10),
    optimizer=sgd(0.01, 0.0),
)
faulty(
    "cancer_categorical_one_unit",
    "cancer",
    MISMATCH,
    neura_lint("loss of a binary task"),
    loss=CATEGORICAL,
    encode=column,
)
faulty(
    "counts_poisson_of_linear",
    "counts",
    (MISMATCH, "nonfinite"),
    keras_docs("the Poisson loss takes the log of the output"),
    last=None,
)

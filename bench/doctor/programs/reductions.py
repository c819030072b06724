"""Class numbers taken for quantities, sums for means, too few outputs."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    neura_lint,
    recipe,
    umlaut,
)

MISMATCH = "loss_activation_mismatch"
BINARY = "binary_crossentropy"
losses, ops = keras.losses, keras.ops


def one_hot(classes):
    return lambda y: keras.utils.to_categorical(y, classes)


def flipped(loss):
    return lambda y, p: -keras.losses.get(loss)(y, p)


def broadcast(y, p):
    # (n,) against (n, 1) makes (n, n).
    return ops.mean((p - ops.reshape(y, (-1,))) ** 2)


def reduced_over_rows(p):
    return keras.layers.Softmax(axis=0)(p)


# Class numbers as quantities.
faulty(
    "digits_class_numbers_mse",
    "digits",
    (MISMATCH, "output_width"),
    recipe("classes are no quantities"),
    units=1,
    last=None,
    loss="mse",
)

# A sum, a sign, an axis.
faulty(
    "digits_sum_reduction",
    "digits_sgd",
    MISMATCH,
    deep_checker("poor_reduction_loss"),
    loss=losses.SparseCategoricalCrossentropy(reduction="sum"),
    optimizer=sgd(0.1),
)
faulty(
    "houses_sum_reduction",
    "houses",
    MISMATCH,
    deep_checker("regrNN_wrong_loss"),
    loss=losses.MeanSquaredError(reduction="sum"),
    optimizer=sgd(0.01),
)
faulty(
    "mnist_flipped_loss",
    "mnist",
    (MISMATCH, "worse_than_constant", "nonfinite", "exploding"),
    deep_checker("baseCNN_flip_sign"),
    loss=flipped("sparse_categorical_crossentropy"),
)
faulty(
    "houses_flipped_loss",
    "houses",
    (MISMATCH, "worse_than_constant", "nonfinite", "exploding"),
    deep_checker("regrNN_flip_sign"),
    loss=flipped("mse"),
)
faulty(
    "cancer_flipped_loss",
    "cancer",
    ("worse_than_constant", MISMATCH),
    deep_checker("flipped_sign"),
    loss=flipped(BINARY),
    optimizer=adam(3e-4),
)
faulty(
    "houses_targets_broadcast",
    "houses",
    (
        MISMATCH,
        "constant_output",
        "worse_than_constant",
        "loss_without_metric",
        "plateau",
    ),
    deep_checker("regrNN_wrong_loss2"),
    loss=broadcast,
)
faulty(
    "mnist_softmax_over_batch",
    "mnist",
    MISMATCH,
    deep_checker("baseCNN_wrong_soft"),
    last=None,
    after=reduced_over_rows,
)

# Fewer or more outputs than there is to say.
faulty(
    "shapes_one_sigmoid",
    "shapes",
    ("output_width", MISMATCH),
    deep_localize(50079585),
    units=1,
    last="sigmoid",
    loss=BINARY,
)
faulty(
    "digits_one_sigmoid",
    "digits",
    ("output_width", MISMATCH),
    umlaut("last layer's width"),
    units=1,
    last="sigmoid",
    loss=BINARY,
)
faulty(
    "blobs_one_sigmoid",
    "blobs",
    ("output_width", MISMATCH),
    neura_lint("width of the last layer"),
    units=1,
    last="sigmoid",
    loss=BINARY,
)
faulty(
    "letters_one_sigmoid",
    "letters",
    ("output_width", MISMATCH),
    neura_lint("width of the last layer"),
    units=1,
    last="sigmoid",
    loss="mse",
)
faulty(
    "iris_one_unit_for_one_hot",
    "iris",
    ("output_width", MISMATCH),
    neura_lint("width of the last layer"),
    units=1,
    last="sigmoid",
    loss="mse",
    encode=one_hot(3),
)
faulty(
    "tags_one_unit_for_four",
    "tags",
    ("output_width", MISMATCH),
    neura_lint("width of the last layer"),
    units=1,
    loss="mse",
)

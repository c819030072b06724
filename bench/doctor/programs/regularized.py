"""Dropout, decay, batch norm, and data of validation that differ."""

import keras
import numpy as np

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    recipe,
    taxonomy,
    umlaut,
)

L = keras.layers

DROPS = ("dropout_too_high", "over_regularized")
faulty(
    "digits_dropout_090",
    "digits",
    DROPS,
    umlaut("dropout above .5"),
    dropout=0.9,
)
faulty(
    "mnist_dropout_080_everywhere",
    "mnist",
    DROPS,
    umlaut("dropout above .5"),
    conv_dropout=0.8,
    dropout=0.8,
)
faulty(
    "houses_dropout_080",
    "houses",
    DROPS,
    taxonomy("dropout in a regression"),
    dropout=0.8,
)

DECAY = ("over_regularized", "collapsing_weights")
faulty(
    "digits_l2_1", "digits", DECAY, deep_checker("over_regularization"), l2=1.0
)
faulty(
    "mnist_l2_03",
    "mnist",
    DECAY,
    deep_checker("baseCNN_over_reg"),
    l2=0.3,
    optimizer=sgd(0.02),
)
faulty(
    "digits_weight_decay_50",
    "digits",
    DECAY,
    taxonomy("too much weight decay"),
    optimizer=lambda: keras.optimizers.AdamW(1e-3, weight_decay=50.0),
)

SMALL = "batch_too_small_for_batch_norm"


def batch_norm(momentum=0.99):
    return lambda: L.BatchNormalization(momentum=momentum)


faulty(
    "digits_bn_batch_2",
    "digits_bn_few",
    SMALL,
    taxonomy("batch too small"),
    batch_size=2,
)
faulty(
    "mnist_bn_batch_2",
    "mnist_deep_few",
    SMALL,
    taxonomy("batch too small"),
    batch_size=2,
)
faulty(
    "residual_batch_1",
    "residual_few",
    SMALL,
    taxonomy("batch too small"),
    batch_size=1,
)
faulty(
    "wine_bn_batch_2",
    "wine",
    SMALL,
    taxonomy("batch too small"),
    batch_size=2,
    norm=batch_norm(0.9),
    widths=(16, 16),
    optimizer=adam(0.01),
)


def noisy(strength=1.0, erased=0.7):
    """TheDeepChecker's augmentation, strong enough to hide the digits."""

    def changed(x):
        rng = np.random.default_rng(2)
        x = x + rng.uniform(-strength, strength, x.shape)
        return (x * (rng.random(x.shape) > erased)).astype("float32")

    return changed


APART = "train_eval_mismatch"
faulty(
    "mnist_bn_averages_stand",
    "mnist_deep",
    APART,
    deep_checker("deepCNN_miss_infer_batchnorm"),
    norm=batch_norm(1 - 1e-9),
)
faulty(
    "digits_bn_few_steps",
    "digits_bn",
    APART,
    deep_checker("moving averages not settled"),
    norm=batch_norm(0.99),
    epochs=3,
    batch_size=128,
    optimizer=adam(0.01),
    x=lambda x: 3 * x + 4,
)
faulty(
    "houses_validation_shifted",
    "houses",
    APART,
    taxonomy("validation prepared otherwise"),
    valid_x=lambda x: 3 * x + 2,
)
faulty(
    "shapes_validation_over_255",
    "shapes",
    APART,
    taxonomy("validation scaled twice"),
    valid_x=lambda x: x / 255,
)
faulty(
    "mnist_augmented_away",
    "mnist",
    (APART, "dropout_too_high", "over_regularized"),
    deep_checker("baseCNN_wrong_augm"),
    train_x=noisy(),
)


FEW = "overfitting"
faulty(
    "digits_40_images",
    "digits",
    FEW,
    deep_checker("missing_regularization"),
    rows=40,
    widths=(256, 256),
    epochs=60,
    optimizer=adam(3e-3),
)
faulty(
    "text_40_sentences",
    "text",
    FEW,
    taxonomy("too little training data"),
    rows=40,
    epochs=60,
)
faulty(
    "loans_60_rows",
    "loans",
    FEW,
    recipe("overfit"),
    rows=60,
    epochs=120,
    widths=(128, 128),
    optimizer=adam(3e-3),
)

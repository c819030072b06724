"""Labels that are rare, wrong, or come in an order."""

import numpy as np

from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    recipe,
    taxonomy,
)


def shuffled(y):
    return np.random.default_rng(len(y)).permutation(y)


def rolled(y):
    return np.roll(y, 1, 0)


def constant(y):
    return y * 0


def partly(share):
    """A share of the labels, taken from other rows."""

    def wrong(y):
        rng = np.random.default_rng(len(y))
        return np.where(rng.random(len(y)) < share, rng.permutation(y), y)

    return wrong


def powers(ratio, most=200, least=3):
    """Rows so that each class has `ratio` times as many as the one before."""

    def select(y):
        rows = [
            np.flatnonzero(y == c)[: max(least, round(most * ratio**c))]
            for c in range(int(y.max()) + 1)
        ]
        return np.random.default_rng(0).permutation(np.concatenate(rows))

    return select


def few_of(classes, least):
    def select(y):
        rows = [
            np.flatnonzero(y == c)[: least if c in classes else None]
            for c in range(int(y.max()) + 1)
        ]
        return np.random.default_rng(0).permutation(np.concatenate(rows))

    return select


def sort(y):
    return np.argsort(y, kind="stable")


RARE = "class_imbalance"
faulty(
    "fraud_without_weights",
    "fraud",
    RARE,
    deep_checker("unbalanced data"),
    class_weight=None,
)
faulty(
    "mnist_halving_classes",
    "mnist",
    RARE,
    deep_checker("baseCNN_unb_data"),
    select=powers(0.5),
)
faulty(
    "digits_three_rare_classes",
    "digits",
    RARE,
    taxonomy("unbalanced training data"),
    select=few_of({1, 4, 8}, 2),
)
faulty(
    "cancer_two_percent_malignant",
    "cancer",
    RARE,
    taxonomy("unbalanced training data"),
    select=few_of({0}, 5),
)
faulty(
    "text_rare_class",
    "text",
    RARE,
    taxonomy("unbalanced training data"),
    select=few_of({1}, 12),
)
faulty(
    "fraud_half_percent",
    "fraud",
    RARE,
    deep_checker("unbalanced data"),
    class_weight=None,
    select=few_of({1}, 10),
)

WRONG = ("suspicious_labels", "plateau")
faulty(
    "digits_shuffled_labels",
    "digits",
    WRONG,
    deep_checker("wrong_labels"),
    labels=shuffled,
)
faulty(
    "mnist_shuffled_labels",
    "mnist",
    WRONG,
    deep_checker("baseCNN_wrong_lbl"),
    labels=shuffled,
)
faulty(
    "digits_rolled_labels",
    "digits",
    WRONG,
    taxonomy("labels of another row"),
    train_labels=rolled,
    epochs=15,
)
faulty(
    "houses_shuffled_targets",
    "houses",
    WRONG,
    deep_checker("regrNN_wrong_lbl"),
    labels=shuffled,
)
faulty(
    "digits_half_wrong_labels",
    "digits",
    WRONG,
    deep_checker("corrupted labels"),
    labels=partly(0.6),
    epochs=12,
)
faulty(
    "digits_constant_labels",
    "digits",
    WRONG[:1],
    taxonomy("a loader that gives one label"),
    train_labels=constant,
)
faulty(
    "mnist_labels_over_255",
    "mnist",
    WRONG[:1],
    deep_localize(59325381),
    labels=constant,
)
faulty(
    "houses_constant_targets",
    "houses",
    (WRONG[0], "constant_output"),
    taxonomy("a loader that gives one target"),
    train_labels=constant,
)

ORDER = "unshuffled_data"
faulty(
    "digits_sorted_adam",
    "digits",
    ORDER,
    taxonomy("training data not shuffled"),
    select=sort,
    shuffle=False,
)
faulty(
    "digits_sorted_sgd",
    "digits_sgd",
    ORDER,
    taxonomy("training data not shuffled"),
    select=sort,
    shuffle=False,
)
faulty(
    "shapes_sorted",
    "shapes",
    ORDER,
    taxonomy("training data not shuffled"),
    select=sort,
    shuffle=False,
)
faulty(
    "digits_rows_sorted",
    "digits_rows",
    ORDER,
    recipe("the order of the data"),
    select=sort,
    shuffle=False,
)

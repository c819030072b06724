"""Inputs and targets out of scale, constant or not finite."""

import numpy as np

from bench.doctor._bases import adam, data, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    deep_localize,
    taxonomy,
    umlaut,
)


def times(factor, offset=0.0):
    return lambda x: x * factor + offset


def column(index, change):
    """Changes one column of the inputs."""

    def changed(x):
        x = x.copy()
        x[..., index] = change(x[..., index])
        return x

    return changed


def spoilt(value, share=0.001, seed=0):
    """Puts a value at random places."""

    def changed(x):
        x = x.copy()
        x[np.random.default_rng(seed).random(x.shape) < share] = value
        return x

    return changed


def _at(x, row, value):
    x = x.copy()
    x[row, 30] = value
    return x


INPUTS = "unscaled_inputs"
faulty(
    "digits_pixels_255",
    "digits_sgd",
    INPUTS,
    umlaut("inputs not normalized"),
    x=times(255),
)
faulty(
    "mnist_pixels_255",
    "mnist",
    INPUTS,
    deep_checker("baseCNN_miss_norm"),
    x=times(255),
)
faulty(
    "mnist_twice_divided",
    "mnist",
    INPUTS,
    deep_checker("baseCNN_dbl_norm"),
    x=times(1 / 255),
)
faulty(
    "shapes_pixels_255",
    "shapes",
    INPUTS,
    deep_localize(48594888),
    data=lambda: data.shapes(scale=1),
    optimizer=adam(0.01),
)
faulty(
    "digits_rows_pixels_255",
    "digits_rows",
    (INPUTS, "saturated"),
    umlaut("inputs not normalized"),
    x=times(255),
)
faulty(
    "digits_one_column_1e4",
    "digits",
    INPUTS,
    taxonomy("missing scaling of a feature"),
    x=column(20, times(1e4)),
)
faulty(
    "cancer_units",
    "cancer",
    INPUTS,
    deep_localize(39525358),
    data=lambda: data.cancer(True),
    widths=(12, 3),
    init="uniform",
    optimizer=adam(),
)
faulty(
    "wine_units",
    "wine",
    INPUTS,
    deep_localize(34673164),
    data=lambda: data.wine(True),
)
faulty(
    "loans_units",
    "loans",
    INPUTS,
    deep_localize(47724077),
    data=lambda: data.loans(True),
    widths=(21,),
)
faulty(
    "houses_units",
    "houses",
    INPUTS,
    deep_checker("regrNN_miss_norm"),
    data=lambda: data.houses(("inputs",)),
)
faulty(
    "loans_time_stamp",
    "loans",
    INPUTS,
    taxonomy("missing scaling of a feature"),
    x=column(1, times(1e7, 1.7e9)),
)
faulty(
    "waves_thousands",
    "waves",
    (INPUTS, "saturated"),
    taxonomy("missing scaling"),
    x=times(1000),
)

SAME = "constant_inputs"
faulty(
    "digits_black",
    "digits",
    (SAME, "constant_output"),
    deep_checker("constant inputs: a loader that gives zeros"),
    x=times(0),
)
faulty(
    "shapes_one_image",
    "shapes",
    (SAME, "constant_output"),
    taxonomy("wrong selection of data"),
    x=lambda x: np.repeat(x[:1], len(x), 0),
)
faulty(
    "houses_averages",
    "houses",
    (SAME, "constant_output"),
    taxonomy("preprocessing replaces by the mean"),
    x=lambda x: np.full_like(x, 1) * x.mean(0),
)

HOLES = ("nonfinite_inputs", "nonfinite")
faulty(
    "digits_one_nan",
    "digits",
    HOLES,
    taxonomy("missing values in the data"),
    train_x=lambda x: _at(x, 700, np.nan),
)
faulty(
    "houses_missing_values",
    "houses",
    HOLES,
    taxonomy("missing values in the data"),
    train_x=spoilt(np.nan),
)
faulty(
    "loans_infinite_income",
    "loans",
    HOLES,
    taxonomy("log of zero in the preprocessing"),
    train_x=spoilt(-np.inf),
)
faulty(
    "waves_nan",
    "waves",
    HOLES,
    taxonomy("missing values in the data"),
    train_x=spoilt(np.nan, 1e-3),
)


UNSCALED = "unscaled_targets"
faulty(
    "houses_dollars",
    "houses",
    UNSCALED,
    deep_checker("regrNN_over_scaled_outputs"),
    unit=times(1.5e5, 4e5),
)
faulty(
    "houses_dollars_sgd",
    "houses",
    (UNSCALED, "nonfinite", "exploding"),
    taxonomy("missing scaling of the target"),
    unit=times(1.5e5, 4e5),
    optimizer=sgd(0.01),
)
faulty(
    "fourth_power",
    "curve",
    UNSCALED,
    deep_localize(52800582),
    unit=lambda y: 1e8 * y**4,
    act="sigmoid",
    widths=(50, 50),
)
faulty(
    "curve_ten_thousands",
    "curve",
    UNSCALED,
    deep_localize(48934338),
    unit=times(1e4, 5e3),
)
faulty(
    "adding_cents",
    "adding",
    UNSCALED,
    taxonomy("missing scaling of the target"),
    unit=times(1e4),
)
faulty(
    "autoencoder_inputs_255",
    "autoencoder",
    (UNSCALED, INPUTS, "loss_activation_mismatch"),
    umlaut("inputs not normalized"),
    x=times(255),
)

"""Trainings that end worse than a constant, or in one."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    deep_checker,
    recipe,
    taxonomy,
)

L, ops = keras.layers, keras.ops
constant = keras.initializers.Constant

ONE = "constant_output"
faulty(
    "houses_output_never_fires",
    "houses",
    (ONE, "dead_units", "loss_activation_mismatch"),
    deep_checker("constant outputs"),
    last="relu",
    last_bias=constant(-30.0),
)
faulty(
    "digits_dead_waist",
    "digits",
    (ONE, "dead_units"),
    deep_checker("constant outputs"),
    widths=(64, 2, 64),
    bias=constant(-6.0),
)
faulty(
    "curve_times_zero",
    "curve",
    (ONE, "constant_inputs", "not_learning", "vanishing"),
    taxonomy("an operation that loses the inputs"),
    first=(lambda: L.Rescaling(0.0),),
)
faulty(
    "cancer_output_times_zero",
    "cancer",
    (ONE, "loss_activation_mismatch", "not_learning"),
    taxonomy("an operation that loses the inputs"),
    last="tanh",
    after=lambda p: 0.5 + 0 * p,
)
faulty(
    "digits_softmax_bottleneck",
    "digits",
    (ONE, "constant_inputs", "not_learning", "vanishing"),
    deep_checker("constant outputs"),
    widths=(64, 1, 32),
    act="softmax",
)

WORSE = "worse_than_constant"
faulty(
    "digits_flipped_loss",
    "digits",
    (WORSE, "loss_activation_mismatch", "nonfinite", "exploding"),
    deep_checker("deepCNN_flip_sign"),
    loss=lambda y, p: -keras.losses.sparse_categorical_crossentropy(y, p),
    optimizer=adam(1e-4),
)
faulty(
    "diabetes_gradient_ascent",
    "diabetes",
    (WORSE, "exploding", "nonfinite"),
    deep_checker("flipped_sign"),
    loss=lambda y, p: 1 / (0.01 + ops.mean((y - p) ** 2)),
)

APART = "loss_without_metric"


class Penalty(L.Layer):
    """Asks for small activations, much more than the task asks for anything."""

    def call(self, x):
        self.add_loss(1e3 * ops.mean(ops.square(x)))
        return x


faulty(
    "digits_penalty_outweighs",
    "digits",
    (APART, "over_regularized", "collapsing_weights"),
    deep_checker("loss that does not represent"),
    act=lambda: keras.Sequential([L.Activation("relu"), Penalty()]),
)
faulty(
    "digits_distance_of_confidence",
    "digits",
    (APART, "loss_activation_mismatch", "constant_output"),
    deep_checker("loss that does not represent"),
    loss=lambda y, p: -ops.mean(ops.log(ops.max(p, -1))),
)
faulty(
    "discs_background_only",
    "discs",
    (APART, "class_imbalance", "constant_output"),
    deep_checker("loss that does not represent"),
    loss="mse",
    optimizer=sgd(0.01, 0.0),
)
faulty(
    "cancer_weights_of_one_class",
    "cancer",
    (APART, "class_imbalance", "constant_output"),
    recipe("weights of the loss"),
    class_weight={0: 0.0, 1: 1.0},
)

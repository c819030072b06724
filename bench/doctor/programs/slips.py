"""Slips of a line: one activation, one rate, one array too many."""

import keras
import numpy as np

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    auto_trainer,
    deep_checker,
    neura_lint,
    taxonomy,
    umlaut,
)

L = keras.layers
MISMATCH = "loss_activation_mismatch"
SMALL = ("update_too_small", "slow_learning", "plateau")
LARGE = ("update_too_large", "exploding", "oscillating_loss")

# An activation, and the last one behind it.
TWICE = neura_lint("an activation twice in the last layer")
faulty(
    "digits_relu_and_softmax",
    "digits",
    MISMATCH,
    TWICE,
    last="relu",
    after=lambda x: L.Softmax()(x),
    last_init="he_normal",
)
faulty(
    "digits_softmax_twice",
    "digits",
    MISMATCH,
    TWICE,
    margin=0.02,
    after=lambda x: L.Softmax()(x),
)
faulty(
    "circles_relu_and_sigmoid",
    "circles",
    MISMATCH,
    TWICE,
    margin=0.02,
    last="relu",
    after=lambda x: L.Activation("sigmoid")(x),
)
faulty(
    "cancer_labels_of_minus_one",
    "cancer",
    MISMATCH,
    taxonomy("labels -1 and 1 for binary cross-entropy"),
    labels=lambda y: 2 * y - 1,
)
faulty(
    "houses_relu_for_both_signs",
    "houses",
    MISMATCH,
    deep_checker("regrNN_inapp_act"),
    last="relu",
)

# Rates that end a training before it begins, or never let it begin.
faulty(
    "digits_clipped_to_1e6",
    "digits_sgd",
    SMALL,
    taxonomy("clipping"),
    optimizer=sgd(0.05, global_clipnorm=1e-6),
)
faulty(
    "mnist_rate_over_in_ten_steps",
    "mnist",
    SMALL,
    taxonomy("decay of the learning rate"),
    optimizer=lambda: keras.optimizers.SGD(
        keras.optimizers.schedules.ExponentialDecay(0.05, 1, 0.5), 0.9
    ),
)
faulty(
    "transformer_adam_03",
    "text_transformer",
    (*LARGE, "plateau", "constant_output", "worse_than_constant"),
    auto_trainer("exploding gradient"),
    optimizer=adam(0.3),
)
faulty(
    "waves_sgd_5",
    "waves",
    (*LARGE, "nonfinite", "worse_than_constant", "saturated"),
    auto_trainer("oscillating loss, recurrent"),
    optimizer=sgd(5.0),
)

# Inputs that are lost, or of another kind in validation.
faulty(
    "digits_inputs_dropped",
    "digits",
    ("dropout_too_high", "over_regularized"),
    umlaut("dropout above .5"),
    first=(lambda: L.Dropout(0.9),),
)
faulty(
    "text_all_words_unknown",
    "text",
    ("constant_inputs", "plateau"),
    taxonomy("preprocessing: a vocabulary of another text"),
    x=np.ones_like,
)
faulty(
    "wine_thousandths",
    "wine",
    ("unscaled_inputs", "slow_learning", "plateau"),
    deep_checker("inputs of another scale"),
    x=lambda x: 1e-3 * x,
    optimizer=sgd(0.01),
)
faulty(
    "digits_validation_numbered_otherwise",
    "digits",
    ("suspicious_labels", "train_eval_mismatch"),
    taxonomy("labels of validation coded otherwise"),
    train_labels=lambda y: (3 * y + 1) % 10,
)
faulty(
    "houses_trained_on_logarithms",
    "houses",
    ("train_eval_mismatch", "suspicious_labels"),
    taxonomy("targets of training transformed, others not"),
    unit=lambda y: np.exp(y + 3),
    train_labels=np.log,
)

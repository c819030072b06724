"""Learning rates too high and too low, and too few updates."""

import keras

from bench.doctor._bases import adam, sgd
from bench.doctor._program import faulty
from bench.doctor.programs._sources import (
    auto_trainer,
    deep_checker,
    deep_diagnosis,
    deep_localize,
    taxonomy,
    umlaut,
)

schedules = keras.optimizers.schedules
HIGH = (
    "update_too_large",
    "oscillating_loss",
    "exploding",
    "nonfinite",
    "dead_units",
    "saturated",
)
faulty(
    "digits_adam_1",
    "digits",
    HIGH,
    umlaut("learning rate too high"),
    optimizer=adam(1.0),
)
faulty(
    "houses_adam_3",
    "houses",
    HIGH,
    deep_checker("regrNN_high_lr"),
    optimizer=adam(3.0),
)
faulty(
    "houses_sgd_2",
    "houses",
    HIGH,
    umlaut("learning rate too high"),
    optimizer=sgd(2.0),
)
faulty(
    "mnist_adam_epsilon_1e16",
    "mnist",
    HIGH,
    deep_checker("baseCNN_low_eps"),
    optimizer=adam(0.1, epsilon=1e-16),
)
faulty(
    "digits_linear_sgd_3",
    "mnist_mlp",
    HIGH,
    deep_localize(48385830),
    act=None,
    widths=(30,),
    init=1.0,
    last_init=1.0,
    last=None,
    loss="mse",
    encode=lambda y: keras.utils.to_categorical(y, 10),
    optimizer=sgd(3.0, 0.0),
    batch_size=10,
)

SWINGS = (
    "oscillating_loss",
    "update_too_large",
    "dead_units",
    "exploding",
    "nonfinite",
)
faulty(
    "digits_sgd_2",
    "digits_sgd",
    SWINGS,
    auto_trainer("oscillating loss"),
    optimizer=sgd(2.0),
    batch_size=16,
)
faulty(
    "circles_adam_1",
    "circles",
    SWINGS,
    auto_trainer("oscillating loss, Circle"),
    optimizer=adam(1.0),
)

LOW = ("update_too_small", "slow_learning", "plateau")
faulty(
    "digits_sgd_1e6",
    "digits_sgd",
    LOW,
    umlaut("learning rate too low"),
    optimizer=sgd(1e-6),
)
faulty(
    "mnist_sgd_1e5",
    "mnist",
    LOW,
    deep_checker("baseCNN_low_lr"),
    optimizer=sgd(1e-5),
)
faulty(
    "houses_adam_1e6",
    "houses",
    LOW,
    deep_checker("regrNN_low_lr"),
    optimizer=adam(1e-6),
)
faulty(
    "digits_rows_sgd_1e5",
    "digits_rows",
    LOW,
    deep_diagnosis("learning rate too low"),
    optimizer=sgd(1e-5),
)
faulty(
    "discs_sgd_1e6",
    "discs",
    LOW,
    deep_diagnosis("learning rate too low"),
    optimizer=sgd(1e-6),
)
faulty(
    "wine_adadelta_default",
    "wine",
    LOW,
    "keras.io: Adadelta's rate of .001 is 1,000 times below the paper's",
    optimizer="adadelta",
)
faulty(
    "digits_decay_to_nothing",
    "digits",
    LOW,
    taxonomy("wrong schedule of the learning rate"),
    optimizer=lambda: keras.optimizers.Adam(
        schedules.ExponentialDecay(1e-3, 1, 0.5)
    ),
)

SLOW = ("slow_learning", "update_too_small", "few_updates", "plateau")
faulty(
    "digits_sgd_1e3",
    "digits_sgd",
    SLOW,
    auto_trainer("slow convergence"),
    optimizer=sgd(1e-3, 0.0),
)
faulty(
    "digits_adam_2e5",
    "digits",
    SLOW,
    auto_trainer("slow convergence"),
    optimizer=adam(2e-5),
)
faulty(
    "circles_sgd_1e3",
    "circles",
    SLOW,
    auto_trainer("slow convergence, Circle"),
    optimizer=sgd(1e-3, 0.0),
)
faulty(
    "letters_adam_3e5",
    "letters",
    SLOW,
    auto_trainer("slow convergence"),
    optimizer=adam(3e-5),
)

FEW = ("few_updates", "slow_learning")
faulty(
    "digits_one_batch",
    "digits",
    FEW,
    taxonomy("batch too large"),
    batch_size=1200,
)
faulty(
    "mnist_batch_500",
    "mnist_mlp",
    FEW,
    deep_localize(44164749),
    batch_size=500,
    epochs=5,
    optimizer=sgd(0.01),
)
faulty(
    "cancer_sgd_two_epochs",
    "cancer",
    FEW,
    deep_localize(50306988),
    epochs=2,
    batch_size=200,
    optimizer=adam(),
)

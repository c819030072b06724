"""The rules of TrainingDoctor, one file a concern.

`RULES` stand in the order of cause before consequence.
"""

from zoo.callbacks._rules.losses import over_regularized, overfitting, plateau
from zoo.callbacks._rules.signal import (
    dead_units,
    exploding,
    nonfinite,
    saturated,
    vanishing,
)
from zoo.callbacks._rules.weights import (
    collapsing_weights,
    not_learning,
    update_too_large,
    update_too_small,
)

RULES = (
    nonfinite,
    exploding,
    collapsing_weights,
    dead_units,
    saturated,
    update_too_large,
    vanishing,
    update_too_small,
    not_learning,
    overfitting,
    over_regularized,
    plateau,
)

"""The rules of TrainingDoctor, one file a concern.

`RULES` stand in the order of cause before consequence: data, outputs and
model first, then signals and weights, then how the loss goes.
"""

from zoo.callbacks._rules.data import (
    constant_inputs,
    nonfinite_inputs,
    unscaled_inputs,
    unscaled_targets,
)
from zoo.callbacks._rules.labels import (
    class_imbalance,
    suspicious_labels,
    unshuffled_data,
)
from zoo.callbacks._rules.large import bad_initial_loss, exploding, nonfinite
from zoo.callbacks._rules.losses import over_regularized, overfitting, plateau
from zoo.callbacks._rules.model import (
    batch_too_small_for_batch_norm,
    dropout_too_high,
    missing_activation,
    not_learning,
    nothing_trainable,
    symmetric_units,
)
from zoo.callbacks._rules.modes import train_eval_mismatch
from zoo.callbacks._rules.outputs import loss_activation_mismatch
from zoo.callbacks._rules.progress import (
    constant_output,
    few_updates,
    loss_without_metric,
    oscillating_loss,
    slow_learning,
    worse_than_constant,
)
from zoo.callbacks._rules.signal import dead_units, saturated, vanishing
from zoo.callbacks._rules.weights import (
    collapsing_weights,
    update_too_large,
    update_too_small,
)
from zoo.callbacks._rules.width import output_width

RULES = (
    nothing_trainable,
    nonfinite_inputs,
    output_width,
    loss_activation_mismatch,
    constant_inputs,
    unscaled_inputs,
    unscaled_targets,
    nonfinite,
    unshuffled_data,
    train_eval_mismatch,
    suspicious_labels,
    class_imbalance,
    symmetric_units,
    missing_activation,
    dropout_too_high,
    batch_too_small_for_batch_norm,
    collapsing_weights,
    exploding,
    bad_initial_loss,
    update_too_large,
    dead_units,
    saturated,
    vanishing,
    update_too_small,
    not_learning,
    overfitting,
    over_regularized,
    constant_output,
    oscillating_loss,
    slow_learning,
    few_updates,
    loss_without_metric,
    worse_than_constant,
    plateau,
)

"""The numbers that the rules of the diagnosis compare with."""

import dataclasses
import numbers


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """When the rules of a TrainingDoctor fire.

    docs/callbacks.md tells each rule with the source of its thresholds; a
    rule is switched off by a threshold that nothing reaches.

    Args:
        inputs_large: `unscaled_inputs`, `unscaled_targets`: root mean square
            of the largest column.
        inputs_small: The same from below.
        order: `unshuffled_data`: variance between chunks of 32 labels over
            that within them.
        imbalance: `class_imbalance`: the most frequent class over the rarest.
        norm_batch: `batch_too_small_for_batch_norm`: rows of a batch.
        elasticity: `exploding`: norm of a kernel's gradient, times the
            kernel's norm, over the loss.
        initial_loss: `bad_initial_loss`: loss of the first step over that of
            a constant prediction.
        dead_share: `dead_units`: share of a ReLU's channels that never fire.
        saturated_share: `saturated`: share of a tanh's or sigmoid's values
            where the slope is below 0.01.
        vanishing_ratio: `vanishing`: norm of a kernel's gradient over the
            largest of all variables'.
        vanishing_elasticity: `vanishing`: norm of a kernel's gradient, times
            the kernel's norm, over the loss.
        update_large: `update_too_large`: what a step changes of the median
            kernel, as a share of its norm.
        update_small: `update_too_small`: the same of every kernel.
        update_slow: `slow_learning`: the same of the median kernel.
        updates: `few_updates`: steps of a whole training.
        collapse: `collapsing_weights`: norm of the median kernel over its
            norm before the training.
        overfitting_rise: `overfitting`: validation loss over its best.
        overfitting_gap: `overfitting`: training accuracy minus validation
            accuracy, where the validation loss does not fall any more.
        overfitting_fall: `overfitting`: relative fall of the validation loss
            that counts as one.
        overfitting_epochs: `overfitting`: number of last epochs to look at.
        regularized_gap: `over_regularized`: validation accuracy minus
            training accuracy.
        dropout: `dropout_too_high`: rate of a layer.
        spread: `constant_output`: deviation of an output over inputs, of
            probabilities, or over that of the targets.
        oscillation: `oscillating_loss`: rise of the loss in an epoch over the
            loss of a constant prediction.
        plateau_change: `plateau`: relative fall of the training loss.
        plateau_epochs: `plateau`: number of epochs.
        slow_start: `plateau`, `constant_output`, `worse_than_constant`,
            `suspicious_labels`: share of the planned epochs after which a
            slow start should be over.
        learned_loss: Loss over that of a constant prediction below which a
            network counts as trained, for rules that only look at networks
            that are not.

    Raises:
        TypeError: A threshold is no number.

    Example:
        >>> from zoo.callbacks import Thresholds, TrainingDoctor
        >>> doctor = TrainingDoctor(thresholds=Thresholds(dead_share=0.6))
        >>> doctor.thresholds.dead_share
        0.6
    """

    inputs_large: float = 10.0
    inputs_small: float = 0.01
    order: float = 5.0
    imbalance: float = 10.0
    norm_batch: int = 4
    elasticity: float = 50.0
    initial_loss: float = 5.0
    dead_share: float = 0.4
    saturated_share: float = 0.5
    vanishing_ratio: float = 1e-3
    vanishing_elasticity: float = 1e-3
    update_large: float = 0.1
    update_small: float = 1e-5
    update_slow: float = 3e-4
    updates: int = 100
    collapse: float = 0.2
    overfitting_rise: float = 1.3
    overfitting_gap: float = 0.15
    overfitting_fall: float = 0.02
    overfitting_epochs: int = 3
    regularized_gap: float = 0.2
    dropout: float = 0.8
    spread: float = 0.01
    oscillation: float = 0.05
    plateau_change: float = 0.02
    plateau_epochs: int = 3
    slow_start: float = 0.75
    learned_loss: float = 0.5

    def __post_init__(self):
        for name, value in dataclasses.asdict(self).items():
            whole = name.endswith("_epochs")
            kind = numbers.Integral if whole else numbers.Real
            if not isinstance(value, kind) or isinstance(value, bool):
                wanted = "a whole number" if whole else "a number"
                raise TypeError(f"{name} must be {wanted}; received {value!r}.")


def checked(thresholds: Thresholds | None) -> Thresholds:
    """Those of a user, or the rules' own."""
    if thresholds is None:
        return Thresholds()
    if not isinstance(thresholds, Thresholds):
        raise TypeError(
            "thresholds must be a zoo.callbacks.Thresholds, such as "
            f"Thresholds(dead_share=0.6); received {thresholds!r}."
        )
    return thresholds

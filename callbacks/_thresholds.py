"""The numbers that the rules of the diagnosis compare with."""

import dataclasses
import numbers


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """When the rules of a TrainingDoctor fire.

    docs/callbacks.md tells each rule with the source of its thresholds; a
    rule is switched off by a threshold that nothing reaches.

    Args:
        explosion_ratio: `exploding`: norm of a kernel's gradient over the
            kernel's own norm.
        explosion_norm: `exploding`: norm of all gradients together.
        dead_share: `dead_units`: share of a ReLU's channels that never fire.
        saturated_share: `saturated`: share of a tanh's or sigmoid's values
            where the slope is below 0.01.
        vanishing_ratio: `vanishing`: norm of a kernel's gradient over the
            largest of all variables'.
        vanishing_norm: `vanishing`: norm of a kernel's gradient.
        update_large: `update_too_large`: what a step changes of the median
            kernel, as a share of its norm.
        update_small: `update_too_small`: the same of every kernel.
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
        dropout: `over_regularized`: rate of a dropout layer.
        plateau_change: `plateau`: relative fall of the training loss.
        plateau_epochs: `plateau`, `over_regularized`: number of epochs.
        learned_accuracy: Training accuracy above which a network counts as
            trained, for rules that only look at networks that are not.
        learned_loss: The same without an accuracy: the loss over that of the
            first epoch.

    Raises:
        TypeError: A threshold is no number.

    Example:
        >>> from zoo.callbacks import Thresholds, TrainingDoctor
        >>> doctor = TrainingDoctor(thresholds=Thresholds(dead_share=0.6))
        >>> doctor.thresholds.dead_share
        0.6
    """

    explosion_ratio: float = 10.0
    explosion_norm: float = 100.0
    dead_share: float = 0.4
    saturated_share: float = 0.5
    vanishing_ratio: float = 1e-3
    vanishing_norm: float = 1e-3
    update_large: float = 0.1
    update_small: float = 1e-5
    collapse: float = 0.2
    overfitting_rise: float = 1.3
    overfitting_gap: float = 0.1
    overfitting_fall: float = 0.02
    overfitting_epochs: int = 3
    regularized_gap: float = 0.2
    dropout: float = 0.8
    plateau_change: float = 0.02
    plateau_epochs: int = 3
    learned_accuracy: float = 0.9
    learned_loss: float = 0.5

    def __post_init__(self):
        for name, value in dataclasses.asdict(self).items():
            whole = name.endswith("_epochs")
            kind = numbers.Integral if whole else numbers.Real
            if not isinstance(value, kind) or isinstance(value, bool):
                wanted = "a whole number" if whole else "a number"
                raise TypeError(f"{name} must be {wanted}; received {value!r}.")

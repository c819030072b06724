"""Rules about losses and accuracies over the epochs."""

import itertools
import math

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import (
    accuracy_gap,
    held_out,
    is_late,
    learned,
    started,
    values,
)

FITS = 0.25  # of a constant prediction's loss, in validation


@rule(
    "overfitting",
    "Overfitting",
    remedies=(
        "more data or augmentation",
        "stop at the best epoch (EarlyStopping)",
        "dropout (Srivastava et al. 2014) or weight decay",
        "a smaller network",
    ),
    source="ours",
)
def overfitting(history, thresholds):
    ended = history[-1].get("ended")
    if not ended:  # before that, averages may be what is not settled
        history = [r for r in history if r.get("settled", True)]
    losses = values(history, "loss")
    validation = values(history, "val_loss")
    recent = thresholds.overfitting_epochs
    if len(validation) <= recent or len(validation) != len(losses):
        return
    rates = [r["learning_rate"] for r in history[-recent - 1 :]]
    if any(b > a for a, b in itertools.pairwise(rates)):
        return  # what the rate raised, it will bring down again
    best = min(validation)
    at = validation.index(best)
    now = min(validation[-recent:])
    constant = history[-1].get("fit", {}).get("constant", math.nan)
    matters = not now - best < 0.1 * constant  # also where it is not known
    # A loss that can be negative has no zero to compare with.
    scale = best if best > 0 else validation[0] - best
    far = now - best > (thresholds.overfitting_rise - 1) * scale
    rises = far and losses[-1] < losses[at]
    gap = accuracy_gap(history[-1]["logs"])
    before = min(validation[:-recent])
    stands = before - now < thresholds.overfitting_fall * abs(before)
    wide = gap > thresholds.overfitting_gap and stands
    if not (rises and matters and gap > -0.02) and not wide:
        return
    epoch = history[at]["epoch"]
    yield Finding(
        None,
        epoch,
        None,
        {"best": best, "now": now, "loss": losses[-1], "gap": gap},
        f"the validation loss was best, {best:.3g}, in epoch {epoch + 1} and "
        f"is {now:.3g} now; the training loss is {losses[-1]:.3g}.",
    )


@rule(
    "over_regularized",
    "Too much regularization",
    hides=("plateau",),
    remedies=(
        "weaker augmentation or noise",
        "a lower dropout rate: 0.5 at most in hidden layers "
        "(Srivastava et al. 2014)",
        "weaker weight regularization",
        "a wider network",
    ),
    source="Srivastava et al. 2014",
)
def over_regularized(history, thresholds):
    record = history[-1]
    if learned(history, thresholds) or not is_late(history):
        return
    gap = -accuracy_gap(record["logs"])
    constant = record.get("fit", {}).get("constant", math.nan)
    if min(held_out(history), default=math.inf) < FITS * constant:
        return  # mixed images, say, are hard, and still teach the others
    if gap >= thresholds.regularized_gap:
        yield Finding(
            None,
            record["epoch"],
            None,
            {"gap": gap},
            f"the validation accuracy is {gap:.3g} above that of the training: "
            "what is switched off in validation keeps the network from "
            "fitting.",
        )


@rule(
    "plateau",
    "Plateau",
    remedies=(
        "check that labels belong to their inputs",
        "a higher learning rate, or one that falls at plateaus",
        "another initialization or optimizer",
        "a larger network",
    ),
    source="ours",
)
def plateau(history, thresholds):
    losses = values(history, "loss")
    epochs = thresholds.plateau_epochs
    late = is_late(history, thresholds.slow_start)
    if len(losses) <= epochs or not late or started(history):
        return
    if not math.isfinite(history[-1].get("fit", {}).get("constant", math.nan)):
        return  # the losses of two adversaries stand, and all is well
    before = losses[-1 - epochs]
    change = (losses[-1] - before) / max(abs(before), 1e-12)
    if change < -thresholds.plateau_change:
        return
    rises = change > thresholds.plateau_change
    verb = "rose" if change > 0 else "fell"
    yield Finding(
        None,
        history[-1 - epochs]["epoch"],
        None,
        {"change": change, "loss": losses[-1]},
        f"in {epochs} epochs the loss {verb} by {abs(change):.2%}, to "
        f"{losses[-1]:.3g}; a constant prediction has "
        f"{history[-1]['fit']['constant']:.3g}.",
        (
            "a lower learning rate",
            "check that labels belong to their inputs",
            "clipping, such as global_clipnorm=1.0",
        )
        if rises
        else (),
    )

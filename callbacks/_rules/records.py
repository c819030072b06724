"""What several rules read off the records."""

import math

from zoo.callbacks._heads import ENTROPIES

# Consequences that a cause in data, loss or model explains.
SYMPTOMS = (
    "collapsing_weights",
    "exploding",
    "bad_initial_loss",
    "dead_units",
    "saturated",
    "update_too_large",
    "vanishing",
    "update_too_small",
    "not_learning",
    "over_regularized",
    "constant_output",
    "oscillating_loss",
    "slow_learning",
    "few_updates",
    "loss_without_metric",
    "worse_than_constant",
    "plateau",
)
# Names of the accuracies of Keras, the plain ones first.
ACCURACIES = (
    "accuracy",
    "acc",
    "sparse_categorical_accuracy",
    "categorical_accuracy",
    "binary_accuracy",
)
STARTED = 0.95  # of a constant prediction's loss: something is learned
FALL = 0.02  # relative fall of the loss that counts as one
LATE = 0.5  # of the planned epochs
STEPS = 30  # in which a loss that moves at all can be seen to


def kernels(record):
    """(path, gradient's entry, weight's entry) of kernels with gradient."""
    for path, entry in record["gradients"]["variables"].items():
        weight = record["weights"].get(path)
        if weight is not None and entry["norm"] is not None:
            yield path, entry, weight


def worst_site(history, kinds, statistic, bound):
    """(name, epoch, entry): the worst activation that reaches `bound` now.

    The epoch is the one since when it has done so. None where none does.
    """
    sites = {
        name: entry
        for name, entry in history[-1]["units"]["sites"].items()
        if entry["kind"] in kinds
        and not entry.get("output")
        and entry[statistic] >= bound
    }
    if not sites:
        return None
    name = max(sites, key=lambda n: sites[n][statistic])
    since = history[-1]["epoch"]
    for record in reversed(history):
        entry = record["units"]["sites"].get(name)
        if entry is None or entry[statistic] < bound:
            break
        since = record["epoch"]
    return name, since, sites[name]


def update_ratios(gradients, statistic="update_ratio"):
    """{kernel: ‖Δw‖ / ‖w‖ of a step}, where it is a finite number."""
    return {
        path: entry[statistic]
        for path, entry in gradients["variables"].items()
        if math.isfinite(entry.get(statistic, math.nan))
    }


def facts(history):
    """The facts of the start: {inputs, targets, entries, heads, start, …}."""
    return history[0].get("facts") or {}


def heads(history):
    """(name, its facts, what it is like now) of each output."""
    now = history[-1].get("heads", {})
    for name, entry in facts(history).get("heads", {}).items():
        if name in now:
            yield name, entry, now[name]


def share(record):
    """The data loss over that of a constant prediction; NaN if unknown."""
    fit = record.get("fit", {})
    constant = fit.get("constant", math.nan)
    if not math.isfinite(constant) or constant <= 1e-6:
        return math.nan
    losses = [fit.get("loss", math.nan), fit.get("evaluated", math.nan)]
    losses = [x for x in losses if math.isfinite(x)]
    return min(losses) / constant if losses else math.nan


def learned(history, thresholds):
    """Whether the loss is already low, where all gradients are small.

    Against the loss of a constant prediction (the most frequent class, the
    mean), or that of the first epoch where it is not known.
    """
    now = share(history[-1])
    if math.isfinite(now):
        return now < thresholds.learned_loss
    losses = values(history, "loss")
    return bool(losses) and losses[-1] < thresholds.learned_loss * losses[0]


def started(history):
    """Whether the network is better than any constant prediction."""
    now = share(history[-1])
    if math.isfinite(now):
        key = accuracy_key(history[-1]["logs"])
        majority = history[-1]["fit"].get("majority", 1.0)
        if key and history[-1]["logs"][key] > majority + 0.05:
            return True
        return now < STARTED
    losses = values(history, "loss")
    return bool(losses) and losses[-1] < STARTED * losses[0]


def falls(history, epochs=1):
    """Whether the training loss fell in the last `epochs`."""
    losses = values(history, "loss")
    if len(losses) <= epochs:
        return False
    before, now = losses[-1 - epochs], losses[-1]
    return before - now > FALL * max(abs(before), 1e-12)


def stuck(history):
    """Whether nothing is learned and nothing moves, for two epochs at least."""
    if len(history) < 2 or started(history):
        return False
    epochs = window(history)
    if len(history) <= epochs and not history[-1].get("ended"):
        return False
    return not falls(history, min(len(history) - 1, max(epochs, 3)))


def window(history):
    """Epochs over which a loss that moves at all can be seen to: 30 steps."""
    steps = history[-1].get("plan", {}).get("steps", 0) or STEPS
    return -(-STEPS // steps)


def is_late(history, late=LATE):
    """Whether a slow start should be over: half of the planned epochs are."""
    last = history[-1]
    plan = last.get("plan", {})
    steps = plan.get("steps", 0) or 0
    if len(history) < 3 and not (
        last.get("ended") and len(history) * steps >= 30
    ):
        return False
    return bool(last.get("ended")) or last["epoch"] + 1 >= late * plan.get(
        "epochs", 0
    )


def is_finite(record):
    """Whether the loss and some gradients are finite."""
    return math.isfinite(record["logs"].get("loss", 0.0))


def classifies(history):
    """Whether all outputs are probabilities of classes."""
    entries = facts(history).get("heads", {})
    kinds = {entry["kind"] for entry in entries.values()}
    return bool(kinds) and kinds <= set(ENTROPIES)


def uninformed(history):
    """Cross-entropy of a network that knows nothing: ln C, or constant's."""
    fit = history[0].get("fit", {})
    return max(fit.get("constant", math.nan), math.log(fit.get("classes", 1)))


def first_loss(history):
    """The data loss of the first step."""
    start = facts(history).get("start", {})
    return start.get("loss", math.nan) - start.get("penalty", 0.0)


def is_outweighed(history):
    """Whether the loss is mostly something else than what the targets give.

    Penalties and added losses are; a network of a constant prediction's loss
    tells what the rest is.
    """
    logs, fit = history[0]["logs"], history[0].get("fit", {})
    constant, evaluated = (
        fit.get(k, math.nan) for k in ("constant", "evaluated")
    )
    near = 0.5 * constant < evaluated < 1.1 * constant
    return near and logs.get("loss", math.nan) > 2 * evaluated


def held_out(history):
    """The validation's data losses; none if some is not finite."""
    losses = values(history, "val_loss")
    if len(losses) != len(history):
        return []
    return [
        loss - record.get("fit", {}).get("penalty", 0.0)
        for loss, record in zip(losses, history, strict=True)
    ]


def suffers(history):
    """Whether the training is worse than a sound one would be.

    The loss is not finite, began far above that of a constant prediction,
    or does not get below it.
    """
    if not all(map(is_finite, history)):
        return True
    if classifies(history) and not facts(history)["start"]["weighted"]:
        constant = uninformed(history)
        if (
            first_loss(history) > 3 * constant
            or history[0]["fit"]["loss"] > 1.5 * constant
        ):
            return True
    ended = history[-1].get("ended") and is_late(history)
    if stuck(history) or (ended and not started(history)):
        return True
    sites = history[-1]["units"]["sites"].values()
    worst = [
        s.get("dead", s.get("saturated", 0.0))
        for s in sites
        if not s.get("output")
    ]
    return max(worst, default=0.0) > 0.5 and not learned_well(history)


def learned_well(history):
    """Whether the loss is below half of a constant prediction's."""
    now = share(history[-1])
    return math.isfinite(now) and now < 0.5


def accuracy_gap(logs):
    """Training minus validation accuracy; 0 where they are not known."""
    key = accuracy_key(logs)
    return logs[key] - logs.get(f"val_{key}", logs[key]) if key else 0.0


def accuracy_key(logs):
    """Name of the training accuracy among the logs, or None."""
    return next((k for k in ACCURACIES if k in logs), None)


def values(history, key):
    """One number of the logs over the epochs; none if some is not finite."""
    found = [r["logs"][key] for r in history if key in r["logs"]]
    return found if all(map(math.isfinite, found)) else []


def rank(numbers, share):
    """The number below which `share` of them lie; None of none."""
    numbers = sorted(numbers)
    return numbers[round(share * (len(numbers) - 1))] if numbers else None


def median(numbers):
    """The middle one; of an even number, the upper of the two."""
    numbers = sorted(numbers)
    return numbers[len(numbers) // 2]


def several(number, noun):
    """Example: `several(1, "kernel")` is "1 kernel"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

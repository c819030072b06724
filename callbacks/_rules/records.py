"""What several rules read off the records."""

import math


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


def update_ratios(gradients):
    """{kernel: ‖Δw‖ / ‖w‖ of a step}, where it is a finite number."""
    return {
        path: entry["update_ratio"]
        for path, entry in gradients["variables"].items()
        if math.isfinite(entry.get("update_ratio", math.nan))
    }


def learned(history, thresholds):
    """Whether the loss is already low, where all gradients are small."""
    logs = history[-1]["logs"]
    accuracy = accuracy_key(logs)
    if accuracy is not None:
        return logs[accuracy] > thresholds.learned_accuracy
    losses = values(history, "loss")
    return bool(losses) and losses[-1] < thresholds.learned_loss * losses[0]


def accuracy_gap(logs):
    """Training minus validation accuracy; 0 where they are not known."""
    key = accuracy_key(logs)
    return logs[key] - logs.get(f"val_{key}", logs[key]) if key else 0.0


def accuracy_key(logs):
    """Name of the training accuracy among the logs, or None."""
    return next(
        (k for k in logs if "acc" in k and not k.startswith("val_")), None
    )


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

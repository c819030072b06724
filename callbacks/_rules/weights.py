"""Rules about weights and their updates."""

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import (
    kernels,
    learned,
    median,
    started,
    stuck,
    update_ratios,
)
from zoo.callbacks._rules.signal import dead_units

USUAL = 1e-3  # change of a kernel in a step, of its norm
SINGLE = 1e-2  # the largest in an epoch, mostly of its first step


@rule(
    "collapsing_weights",
    "Collapsing weights",
    "error",
    hides=(
        "dead_units",
        "vanishing",
        "update_too_small",
        "not_learning",
        "over_regularized",
        "constant_output",
        "slow_learning",
        "loss_without_metric",
        "worse_than_constant",
        "plateau",
    ),
    remedies=(
        "weight regularization 10 to 100 times weaker",
        "decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101)",
    ),
    source="ours",
)
def collapsing_weights(history, thresholds):
    first = history[0]["initial_weights"]
    record = history[-1]
    ratios = {
        path: weight["norm"] / first[path]["norm"]
        for path, _, weight in kernels(record)
        if first.get(path, {}).get("norm")
    }
    if not ratios or median(ratios.values()) >= thresholds.collapse:
        return
    path = min(ratios, key=ratios.__getitem__)
    middle = median(ratios.values())
    yield Finding(
        path,
        record["epoch"],
        None,
        {"to_initial": ratios[path], "median": middle},
        f"kernels have shrunk to {middle:.3g} of their initial norm in the "
        "median.",
    )


@rule(
    "update_too_large",
    "Updates too large",
    "error",
    hides=(
        "dead_units",
        "over_regularized",
        "constant_output",
        "oscillating_loss",
        "worse_than_constant",
        "plateau",
    ),
    remedies=(
        "warm-up (Goyal et al. 2017, arXiv:1706.02677)",
        "clipping",
        "a larger batch",
    ),
    source="DeepDiagnosis, TheDeepChecker",
)
def update_too_large(history, thresholds):
    record = history[-1]
    ratios = update_ratios(record["gradients"])
    if any(dead_units.find(history, thresholds)):
        yield from _killing(history, thresholds)
        return
    if not ratios or not stuck(history):
        return
    if median(ratios.values()) > thresholds.update_large:
        yield _large(record, ratios, "a step changes", "", USUAL)


def _killing(history, thresholds):
    """Single steps that were too large, before units fell silent."""
    for record in history:
        ratios = update_ratios(record["gradients"], "update_ratio_max")
        if not ratios or median(ratios.values()) <= thresholds.update_large:
            continue
        silent = ", and units fell silent"
        yield _large(record, ratios, "a single step changed", silent, SINGLE)
        return


def _large(record, ratios, changes, effect, usual):
    """What steps did, and how much lower the rate has to be."""
    middle = median(ratios.values())
    path = max(ratios, key=ratios.__getitem__)
    return Finding(
        path,
        record["epoch"],
        None,
        {"update_ratio": ratios[path], "median": middle},
        f"{changes} a kernel by {middle:.3g} of its norm in the median, here "
        f"by {ratios[path]:.3g}{effect}.",
        (
            f"a learning rate about {factor(middle / usual)} times lower",
            *update_too_large.remedies,
        ),
    )


@rule(
    "update_too_small",
    "Updates too small",
    hides=(
        "constant_output",
        "slow_learning",
        "few_updates",
        "worse_than_constant",
        "plateau",
    ),
    remedies=("Adam in place of SGD",),
    source="DeepDiagnosis",
)
def update_too_small(history, thresholds):
    record = history[-1]
    ratios = update_ratios(record["gradients"])
    if not ratios or learned(history, thresholds):
        return
    largest = max(ratios.values())
    if largest >= thresholds.update_small:
        return
    every = [update_ratios(r["gradients"]).values() for r in history]
    usual = median([max(each, default=0.0) for each in every])
    if started(history) and usual >= thresholds.update_small:
        return  # the rate has fallen behind what is learned
    yield Finding(
        None,
        record["epoch"],
        None,
        {"update_ratio": largest, "learning_rate": record["learning_rate"]},
        f"no kernel changes by more than {largest:.3g} of its norm in a "
        "step, and the loss is still high.",
        higher(largest),
    )


def higher(ratio):
    """Remedies against updates of the size `ratio`."""
    if not ratio:
        return ("a learning rate above 0", "Adam in place of SGD")
    return (
        f"a learning rate about {factor(USUAL / ratio)} times higher, found "
        "by a range test (Smith 2017, arXiv:1506.01186)",
        "Adam in place of SGD",
    )


def factor(number):
    """Rounded to one digit: 1,000 for 1234."""
    return f"{float(f'{max(number, 1):.1g}'):,.0f}"

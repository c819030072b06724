"""Rules about how the loss goes, where nothing else explains it."""

import itertools
import math

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import (
    accuracy_key,
    facts,
    falls,
    heads,
    is_late,
    is_outweighed,
    learned,
    median,
    share,
    started,
    stuck,
    update_ratios,
    values,
)
from zoo.callbacks._rules.weights import higher


@rule(
    "constant_output",
    "Constant output",
    hides=("loss_without_metric", "worse_than_constant", "plateau"),
    remedies=(
        "look for what hides the inputs: a dead or saturated layer, zeros "
        "among the weights",
        "a lower learning rate",
        "check that labels belong to their inputs",
    ),
    source="TheDeepChecker",
)
def constant_output(history, thresholds):
    late = is_late(history, thresholds.slow_start)
    if not late or not stuck(history):
        return
    for name, _, now in heads(history):
        if now["spread"] < thresholds.spread:
            yield Finding(
                name,
                history[-1]["epoch"],
                None,
                {"spread": now["spread"]},
                "it is the same for each input: its deviation over the "
                f"sample is {now['spread']:.3g}.",
            )


@rule(
    "oscillating_loss",
    "Oscillating loss",
    hides=("loss_without_metric", "worse_than_constant", "plateau"),
    remedies=(
        "a learning rate 10 times lower",
        "a rate that falls, such as keras.optimizers.schedules.CosineDecay",
        "a larger batch",
    ),
    source="AutoTrainer",
)
def oscillating_loss(history, thresholds):
    losses = values(history, "loss")
    constant = history[-1].get("fit", {}).get("constant", math.nan)
    rates = [r["learning_rate"] for r in history]
    cyclic = any(b > a for a, b in itertools.pairwise(rates))
    if (
        len(losses) < 6
        or cyclic
        or not constant > 0
        or (learned(history, thresholds))
    ):
        return
    rises = [
        b - a > thresholds.oscillation * constant
        for a, b in itertools.pairwise(losses)
    ]
    turns = sum(a != b for a, b in itertools.pairwise(rises))
    if sum(rises) < 0.3 * len(rises) or turns < 2:
        return
    yield Finding(
        None,
        history[-1]["epoch"],
        None,
        {"rises": sum(rises), "epochs": len(losses)},
        f"it rose in {sum(rises)} of {len(rises)} epochs, by up to "
        f"{max(b - a for a, b in itertools.pairwise(losses)):.3g}.",
    )


@rule(
    "slow_learning",
    "Slow learning",
    hides=("few_updates", "worse_than_constant", "plateau"),
    remedies=("a higher learning rate", "Adam in place of SGD"),
    source="AutoTrainer; DeepDiagnosis",
)
def slow_learning(history, thresholds):
    losses = values(history, "loss")
    ratios = update_ratios(history[-1]["gradients"])
    if len(losses) < 3 or not ratios or learned(history, thresholds):
        return
    middle = median(ratios.values())
    now = share(history[-1])
    steady = all(b < a for a, b in itertools.pairwise(losses))
    still = losses[-2] - losses[-1] > 0.2 * (losses[0] - losses[1])
    if not steady or not still or middle >= thresholds.update_slow:
        return
    if not is_late(history) or not now > 0.7:
        return
    yield Finding(
        None,
        history[-1]["epoch"],
        None,
        {"update_ratio": middle, "loss": losses[-1], "first": losses[0]},
        f"in {len(losses)} epochs the loss fell from {losses[0]:.3g} to "
        f"{losses[-1]:.3g}; a step changes the median kernel by "
        f"{middle:.2g} of its norm.",
        higher(middle),
    )


@rule(
    "few_updates",
    "Few updates",
    hides=("worse_than_constant",),
    remedies=("more epochs", "a smaller batch"),
    source="papers' fault lists",
)
def few_updates(history, thresholds):
    record = history[-1]
    plan = record.get("plan", {})
    steps = plan.get("steps", 0) * len(history)
    if not record.get("ended") or not 0 < steps < thresholds.updates:
        return
    if learned(history, thresholds) or not math.isfinite(share(record)):
        return
    losses = values(history, "loss")
    if len(history) > 1 and not (losses and losses[-1] < losses[0]):
        return
    if len(history) > 2 and not falls(history):
        return  # more of them would not help
    yield Finding(
        None,
        record["epoch"],
        None,
        {"updates": steps},
        f"the training ended after {steps} updates; the loss fell from "
        f"{losses[0]:.3g} to {losses[-1]:.3g} in them."
        if len(history) > 1
        else f"the training ended after {steps} updates.",
    )


@rule(
    "loss_without_metric",
    "Loss falls, metric stands",
    remedies=(
        "a loss that judges what the metric does",
        "check that the metric reads outputs as the loss does: logits or "
        "probabilities, class numbers or one-hot rows",
    ),
    source="TheDeepChecker",
)
def loss_without_metric(history, thresholds):
    record = history[-1]
    key = accuracy_key(record["logs"])
    majority = record.get("fit", {}).get("majority")
    losses = values(history, "loss")
    if key is None or majority is None or not is_late(history):
        return
    if majority > 0.9 or not losses or losses[-1] >= 0.7 * losses[0]:
        return
    if is_outweighed(history) and not started(history):
        first, last = history[0]["fit"], record["fit"]
        yield Finding(
            None,
            record["epoch"],
            None,
            {"loss": losses[-1], "metric": record["logs"][key]},
            f"the loss fell from {losses[0]:.3g} to {losses[-1]:.3g}; the part "
            f"of it that compares with the targets was {first['evaluated']:.3g}"
            f" after the first epoch, and a constant prediction has "
            f"{last['constant']:.3g}.",
            ("smaller weights of the added losses and penalties",),
        )
        return
    moved = max(r["logs"][key] for r in history) - majority
    if share(record) < 0.7 and moved < 0.02:
        yield Finding(
            None,
            record["epoch"],
            None,
            {"loss": losses[-1], "metric": record["logs"][key]},
            f"the loss fell from {losses[0]:.3g} to {losses[-1]:.3g}, "
            f"{key} is {record['logs'][key]:.3g}, no better than the most "
            "frequent class.",
        )


@rule(
    "worse_than_constant",
    "Worse than a constant prediction",
    hides=("plateau",),
    remedies=(
        "a learning rate 10 times lower, or higher where the loss falls",
        "another initialization",
        "check loss, last activation and the scale of inputs and targets",
    ),
    source="TheDeepChecker; Karpathy 2019",
)
def worse_than_constant(history, thresholds):
    record = history[-1]
    late = is_late(history, thresholds.slow_start)
    if not late or started(history) or not share(record) > 1.02:
        return
    if facts(history).get("start", {}).get("weighted"):
        return  # what is best on weighted rows need not be so on all alike
    if not stuck(history) and not record.get("ended"):
        return
    fit = record["fit"]
    yield Finding(
        None,
        record["epoch"],
        None,
        {"loss": fit["loss"], "constant": fit["constant"]},
        f"after {len(history)} epochs the loss is {fit['loss']:.3g}; that of "
        f"the best constant prediction is {fit['constant']:.3g}.",
    )

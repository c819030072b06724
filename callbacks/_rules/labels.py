"""Rules about the labels, their order and their frequencies."""

import math

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._facts import MANY
from zoo.callbacks._rules.data import FEW
from zoo.callbacks._rules.records import (
    SYMPTOMS,
    accuracy_gap,
    accuracy_key,
    facts,
    heads,
    held_out,
    is_late,
    learned,
    several,
    share,
    started,
)

BLOCKS = 20  # times the bound: classes come one after another
BY_CLASS = ("auc", "recall", "precision", "f1", "f_beta", "fbeta", "iou")


@rule(
    "suspicious_labels",
    "Suspicious labels",
    hides=("overfitting", *SYMPTOMS),
    remedies=("look at some inputs with their labels",),
    source="TheDeepChecker; Zhang et al. 2017, arXiv:1611.03530",
)
def suspicious_labels(history, thresholds):
    for name, fact, _ in heads(history):
        if fact["rows"] < FEW or "distinct" not in fact or "unused" in fact:
            continue
        evidence = {"low": fact["low"], "high": fact["high"]}
        text = None
        if fact["kind"] == "sparse" and fact["part_whole"] < 1:
            text = (
                f"class numbers from {fact['low']:.3g} to {fact['high']:.3g} "
                "are no whole numbers, and are cut off: were they divided as "
                "the inputs were?"
            )
        elif fact["distinct"] == 1 or fact.get("classes") == 1:
            text = f"all {fact['rows']} targets are the same."
        if text:
            yield Finding(name, history[0]["epoch"], None, evidence, text)
            return
    yield from _at_chance(history, thresholds)


def _at_chance(history, thresholds):
    """The training set is learned by heart, the held-out one is at chance."""
    constant = history[-1].get("fit", {}).get("constant", math.nan)
    validation = held_out(history)
    if len(validation) < 3 or not math.isfinite(constant) or constant <= 0:
        return
    now = history[-1]
    if not now["fit"]["evaluated"] < 0.97 * constant:
        return  # the averages of batch normalization may be behind it
    if not learned(history, thresholds) and not is_late(
        history, thresholds.slow_start
    ):
        return  # few rows are often learned by heart before the rest
    best = min(validation) / constant
    key = accuracy_key(now["logs"])
    majority = now["fit"].get("majority")
    if key and majority is not None and f"val_{key}" in now["logs"]:
        accuracy = now["logs"][key]
        other = max(r["logs"].get(f"val_{key}", 0.0) for r in history[-3:])
        # Else the validation may have other shares of the classes.
        balanced = majority <= 2 / now["fit"]["classes"]
        chance = balanced and other < majority + 0.04 and best > 0.97
        fits = accuracy > max(majority, other) + 0.05
        text = (
            f"the training accuracy is {accuracy:.3g}, the validation's "
            f"{other:.3g}, no more than that of the most frequent class "
            f"({majority:.3g})."
        )
    else:
        chance, fits = best > 0.97, share(now) < 0.9
        text = (
            f"the training loss is {now['fit']['loss']:.3g}, the validation's "
            f"never below {min(validation):.3g}; a constant prediction has "
            f"{constant:.3g}."
        )
    if chance and fits:
        yield Finding(
            None,
            now["epoch"],
            None,
            {"share": best, "constant": constant},
            text,
            (
                "check that labels belong to their inputs: were both "
                "shuffled, sorted or joined alike?",
                "check that the validation's labels are coded as the "
                "training's",
            ),
        )


@rule(
    "unshuffled_data",
    "Data not shuffled",
    hides=("class_imbalance", "overfitting", *SYMPTOMS),
    remedies=(
        "shuffle=True in fit, or dataset.shuffle(a buffer as large as the "
        "data)",
    ),
    source="papers' fault lists",
)
def unshuffled_data(history, thresholds):
    if facts(history).get("start", {}).get("steps", 0) < 4:
        return
    for name, fact, _ in heads(history):
        order = fact.get("order", 1.0)
        # Days in their order are alike, too: only if nothing is learned.
        blocks = order > BLOCKS * thresholds.order
        fails = len(history) > 1 and not started(history)
        if order > thresholds.order and (blocks or fails):
            yield Finding(
                name,
                history[0]["epoch"],
                None,
                {"order": order},
                "neighbouring rows have the same class: chunks of 32 differ "
                f"{order:.3g} times as much as shuffled ones would.",
            )


def _is_of_classes(name):
    """Whether a metric tells how rare classes fare, whatever the share."""
    return any(part in name.lower() for part in BY_CLASS)


@rule(
    "class_imbalance",
    "Imbalanced classes",
    hides=("overfitting", "loss_without_metric", "constant_output", "plateau"),
    remedies=(
        "class_weight in fit, each class by the inverse of its frequency",
        "more data of the rare classes, or draw them more often",
        "judge by the recall of each class, not by accuracy",
    ),
    source="TheDeepChecker; He and Garcia 2009",
)
def class_imbalance(history, thresholds):
    if facts(history).get("start", {}).get("weighted") or not is_late(history):
        return
    for name, fact, now in heads(history):
        if fact.get("per_row") != 1 or not 1 < fact["classes"] <= MANY:
            continue
        ratio = fact["majority"] / fact["minority"]
        recall = now.get("rare_recall", math.nan)
        logs = history[-1]["logs"]
        key = accuracy_key(logs)
        gap = accuracy_gap(logs)
        # What all other classes together could add to the accuracy.
        others = 1 - fact["majority"]
        only = key and logs[key] - fact["majority"] < 0.1 * others
        missed = recall < 0.5 * now["accuracy"] and (
            key or not any(map(_is_of_classes, logs))
        )
        if ratio < thresholds.imbalance or not (missed or only or gap > 0.15):
            continue
        yield Finding(
            name,
            history[-1]["epoch"],
            None,
            {"ratio": ratio, "recall": recall},
            f"the most frequent class has {fact['majority']:.1%} of the "
            f"labels, the rarest {fact['minority']:.1%}"
            + (
                f"; of {several(now['rare'], 'input')} of rare classes "
                f"{recall:.0%} are told rightly."
                if now.get("rare")
                else ", and the accuracy is about that of the first."
            ),
        )

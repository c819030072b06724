"""Rules about the training data, and how they come."""

import math

from zoo.callbacks._diagnosis import EVERYTHING, Finding, rule
from zoo.callbacks._facts import MANY
from zoo.callbacks._rules.records import (
    SYMPTOMS,
    accuracy_gap,
    accuracy_key,
    facts,
    heads,
    held_out,
    is_finite,
    is_late,
    several,
    share,
    started,
    stuck,
    suffers,
    values,
)

BLIND = 0.9  # of a first layer's values: it tells little of its inputs
FEW = 32  # rows below which nothing is said about a distribution


@rule(
    "nonfinite_inputs",
    "Non-finite inputs",
    "error",
    hides=EVERYTHING,
    remedies=(
        "drop those rows, or fill them (numpy.nan_to_num, the column's mean)",
    ),
    source="TheDeepChecker; SageMaker Debugger",
)
def nonfinite_inputs(history, thresholds):
    for part, noun in (("inputs", "inputs"), ("targets", "targets")):
        for name, entry in facts(history).get(part, {}).items():
            if not entry["bad"]:
                continue
            step = entry["bad_step"]
            if step is not None and math.isnan(step):
                step = None  # read back from a file
            yield Finding(
                f"{part} {name}",
                history[0]["epoch"],
                step,
                {"values": entry["bad"], "column": entry["bad_column"]},
                f"{several(entry['bad'], 'value')} of the {noun} are NaN or "
                f"infinite, most in column {entry['bad_column']}.",
            )
    if not history[-1]["probe_finite"] and not facts(history).get("inputs"):
        yield Finding(
            None,
            history[-1]["epoch"],
            None,
            {},
            "the inputs of the probe hold NaN or infinity.",
        )


@rule(
    "constant_inputs",
    "Constant inputs",
    "error",
    hides=("unscaled_inputs", "suspicious_labels", *SYMPTOMS),
    remedies=("look at what the loader returns",),
    source="TheDeepChecker",
)
def constant_inputs(history, thresholds):
    inputs = facts(history).get("inputs", {})
    for name, entry in inputs.items():
        alike = entry["constant"] == 1.0 and entry["rows"] >= FEW
        # Beside others, whole numbers may be positions.
        if not alike or (entry["whole"] and len(inputs) > 1):
            continue
        yield Finding(
            f"inputs {name}",
            history[0]["epoch"],
            None,
            {"rows": entry["rows"], "low": entry["low"]},
            f"all {entry['rows']} rows are the same, {entry['low']:.3g} to "
            f"{entry['high']:.3g}.",
        )


@rule(
    "unscaled_inputs",
    "Inputs not scaled",
    hides=("nonfinite", "unscaled_targets", "overfitting", *SYMPTOMS),
    remedies=(
        "subtract each column's mean and divide by its deviation: "
        "keras.layers.Normalization, adapted to the training data "
        "(LeCun et al. 1998)",
    ),
    source="UMLAUT, TheDeepChecker; LeCun et al. 1998",
)
def unscaled_inputs(history, thresholds):
    for name, entry in facts(history).get("entries", {}).items():
        rms = max(entry["rms"], entry["column_rms"])
        large = rms > thresholds.inputs_large
        small = rms < thresholds.inputs_small
        if entry["normalized"] or not (large or small) or rms == 0:
            continue
        site = history[-1]["units"]["sites"].get(name, {})
        blind = large and site.get("saturated", 0.0) >= BLIND
        if not suffers(history) and not blind:
            continue
        low, high = entry["low"], entry["high"]
        remedies = ()
        if low >= 0 and 200 < high <= 255:
            remedies = ("divide by 255: keras.layers.Rescaling(1 / 255)",)
        yield Finding(
            name,
            history[0]["epoch"],
            None,
            {"low": low, "high": high, "rms": rms},
            f"what it takes ranges from {low:.4g} to {high:.4g}, with a root "
            f"mean square of {rms:.3g} in the largest column, where about 1 "
            "is expected.",
            remedies,
        )
        return


@rule(
    "unscaled_targets",
    "Targets not scaled",
    hides=("nonfinite", *SYMPTOMS),
    remedies=(
        "divide the targets by their deviation, their mean subtracted, and "
        "undo it in the predictions",
    ),
    source="TheDeepChecker",
)
def unscaled_targets(history, thresholds):
    losses = values(history, "loss")
    rises = len(losses) > 1 and losses[-1] > 2 * losses[0]
    fails = not all(map(is_finite, history)) or rises
    hopeless = history[-1].get("ended") or stuck(history)
    fails = fails or (is_late(history) and not started(history) and hopeless)
    for name, fact, _ in heads(history):
        rms = fact.get("rms", 1.0)
        plain = fact["kind"] in ("squared", "absolute")
        far = rms > thresholds.inputs_large or rms < thresholds.inputs_small
        if plain and far and rms and fails:
            yield Finding(
                name,
                history[0]["epoch"],
                None,
                {"low": fact["low"], "high": fact["high"], "rms": rms},
                f"targets range from {fact['low']:.4g} to {fact['high']:.4g}; "
                f"the loss, {history[-1]['logs']['loss']:.3g}, is no less "
                "than that of their mean, "
                f"{history[-1]['fit']['constant']:.3g}.",
            )


@rule(
    "suspicious_labels",
    "Suspicious labels",
    hides=("overfitting", *SYMPTOMS),
    remedies=("look at some inputs with their labels",),
    source="TheDeepChecker; Zhang et al. 2017, arXiv:1611.03530",
)
def suspicious_labels(history, thresholds):
    for name, fact, _ in heads(history):
        if fact["rows"] < FEW or "distinct" not in fact:
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
    yield from _at_chance(history)


def _at_chance(history):
    """The training set is learned by heart, the held-out one is at chance."""
    constant = history[-1].get("fit", {}).get("constant", math.nan)
    validation = held_out(history)
    if len(validation) < 3 or not math.isfinite(constant) or constant <= 0:
        return
    now = history[-1]
    if not now["fit"]["evaluated"] < 0.97 * constant:
        return  # the averages of batch normalization may be behind it
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
        if order > thresholds.order:
            yield Finding(
                name,
                history[0]["epoch"],
                None,
                {"order": order},
                "neighbouring rows have the same class: chunks of 32 differ "
                f"{order:.3g} times as much as shuffled ones would.",
            )


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
        missed = recall < 0.5 * now["accuracy"]
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

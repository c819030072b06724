"""Rules about the training data's numbers: finite, varied, scaled."""

import math

from zoo.callbacks._diagnosis import EVERYTHING, Finding, rule
from zoo.callbacks._rules.records import (
    SYMPTOMS,
    facts,
    heads,
    is_finite,
    is_late,
    several,
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
        # Beside others, whole numbers may be positions, one number a state.
        plain = entry["whole"] or entry["low"] == entry["high"]
        if not alike or (plain and len(inputs) > 1):
            continue
        yield Finding(
            f"inputs {name}",
            history[0]["epoch"],
            None,
            {"rows": entry["rows"], "low": entry["low"]},
            f"all {entry['rows']} rows are the same, {entry['low']:.3g} to "
            f"{entry['high']:.3g}.",
        )
        return
    entries = facts(history).get("entries", {})
    for name, entry in entries.items():
        if entry["low"] == entry["high"] and len(entries) == 1:
            yield Finding(
                name,
                history[0]["epoch"],
                None,
                {"low": entry["low"]},
                f"all that it takes is {entry['low']:.3g}.",
                ("look at what the layers before it do to the inputs",),
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

"""A rule about how many units the last layer has."""

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import SYMPTOMS, heads, several

SOFT = ("sparse", "categorical")  # losses of classes that exclude each other


def finding(history, name, evidence, text, remedies):
    """What is found out about an output, from the first epoch on."""
    return Finding(
        name, history[0]["epoch"], None, evidence, text, tuple(remedies)
    )


@rule(
    "output_width",
    "Width of the output",
    "error",
    hides=("loss_activation_mismatch", "nonfinite", *SYMPTOMS),
    remedies=("one unit for each class, with a softmax",),
    source="papers' fault lists; NeuraLint",
)
def output_width(history, thresholds):
    for name, fact, _ in heads(history):
        units, rows = fact["width"], fact["rows"]
        columns = fact.get("columns", units)
        if columns != units and fact["kind"] != "other":
            yield finding(
                history,
                name,
                {"units": units, "columns": columns},
                f"{several(units, 'unit')} for targets of "
                f"{several(columns, 'column')}: one is repeated for the "
                "others.",
                (f"a last layer of {several(columns, 'unit')}",),
            )
            continue
        if units == 1:
            whole = fact.get("part_whole") == 1.0
            number = fact.get("distinct", 0)
            if fact["kind"] == "binary" and whole and number > 2:
                yield finding(
                    history,
                    name,
                    {"units": 1, "classes": number},
                    f"one unit for {number} classes (targets from "
                    f"{fact['low']:.3g} to {fact['high']:.3g}).",
                    (
                        f"Dense({int(fact['high']) + 1}, "
                        'activation="softmax") and '
                        "sparse_categorical_crossentropy",
                    ),
                )
            continue
        if fact["kind"] not in SOFT or fact.get("per_row") != 1:
            continue
        if fact["classes"] < 2:
            continue
        top = fact["top_class"] + 1
        if fact["kind"] == "categorical":
            top = fact["classes"]
        known = rows >= max(100, 5 * top)
        if fact["kind"] == "categorical":
            known = rows >= 5 * units
        if top > units or (known and 2 * top <= units):
            yield finding(
                history,
                name,
                {"units": units, "classes": top},
                f"{units} units for {top} classes.",
                (f"a last layer of {top} units",),
            )

"""A rule about training and inference, where they differ."""

import math

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import accuracy_key, facts, heads, held_out


@rule(
    "train_eval_mismatch",
    "Training and inference differ",
    hides=(
        "suspicious_labels",
        "overfitting",
        "over_regularized",
        "worse_than_constant",
        "plateau",
    ),
    remedies=("the same preparation of training and validation data",),
    source="TheDeepChecker",
)
def train_eval_mismatch(history, thresholds):
    yield from _averages(history)
    yield from _validation(history)


def _averages(history):
    """Moving averages that do not follow what they average."""
    record, norms = history[-1], facts(history).get("norms", {})
    if not norms.get("number"):
        return
    plan = record["plan"]
    steps = plan["steps"] * len(history)
    rate = max(1 - norms["momentum"], 1e-12)
    never = plan["steps"] * plan["epochs"] * rate < 1
    if not (record.get("ended") or record["settled"] or never):
        return
    fit = record["fit"]
    if not math.isfinite(fit["evaluated"]):
        return  # nobody looked after this epoch
    worse = fit["evaluated"] - fit["loss"]
    far = fit["evaluated"] > 1.5 * fit["loss"] and (
        worse > 0.2 * fit["constant"]
    )
    key = accuracy_key(record["logs"])
    accuracies = [now["accuracy"] for _, _, now in heads(history)]
    gap = 0.0
    if key and len(accuracies) == 1 and math.isfinite(accuracies[0]):
        gap = record["logs"][key] - accuracies[0]
    if not far and gap < 0.1:
        return
    needed = 5 / rate
    yield Finding(
        None,
        record["epoch"],
        None,
        {"evaluated": fit["evaluated"], "loss": fit["loss"], "gap": gap},
        f"on training inputs the loss is {fit['loss']:.3g} in training mode "
        f"and {fit['evaluated']:.3g} in inference mode; the averages of "
        f"batch normalization saw {steps:,} steps of about {needed:,.0f} "
        f"that a momentum of {norms['momentum']:.10g} needs.",
        (
            "a lower momentum, such as "
            f"{max(0.5, 1 - 10 / max(steps, 20)):.2g}",
            "smaller batches or more epochs",
        ),
    )


def _validation(history):
    """Validation data that were prepared otherwise."""
    inputs = list(facts(history).get("inputs", {}).values())
    others = list(history[-1].get("validation", {}).values())
    if len(inputs) == len(others) == 1 and not inputs[0]["whole"]:
        train, other = inputs[0]["rms"], others[0]["rms"]
        if train > 0 and other > 0 and not 1 / 3 < other / train < 3:
            yield Finding(
                None,
                history[-1]["epoch"],
                None,
                {"training": train, "validation": other},
                f"the validation's inputs have a root mean square of "
                f"{other:.3g}, the training's of {train:.3g}.",
            )
            return
    first = history[0]
    fit = first.get("fit", {})
    constant = fit.get("constant", math.nan)
    losses = held_out(history)
    norms = facts(history).get("norms", {}).get("number")
    if norms or len(losses) < 2 or not constant > 0:
        return
    loss, late = losses[0], losses[-1]
    fits = fit["evaluated"] < constant
    if fits and loss > 2 * constant and late > 2 * constant:
        yield Finding(
            None,
            first["epoch"],
            None,
            {"validation": loss, "training": fit["evaluated"]},
            f"from the first epoch on the validation loss is {loss:.3g}; the "
            f"training's was {first['fit']['evaluated']:.3g}, that of a "
            f"constant prediction {constant:.3g}.",
        )

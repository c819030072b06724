"""Rules about what the model returns, and the loss that takes it."""

from zoo.callbacks._diagnosis import rule
from zoo.callbacks._heads import ENTROPIES
from zoo.callbacks._rules.records import (
    SYMPTOMS,
    accuracy_key,
    facts,
    heads,
    started,
)
from zoo.callbacks._rules.width import SOFT, finding

SQUEEZING = ("relu", "softmax", "sigmoid", "tanh")
SOME = 0.01  # share of targets that an output must be able to reach


@rule(
    "loss_activation_mismatch",
    "Loss and last activation do not fit",
    "error",
    hides=("nonfinite", *SYMPTOMS),
    remedies=("another loss or last activation",),
    source="NeuraLint, UMLAUT, TheDeepChecker",
)
def loss_activation_mismatch(history, thresholds):
    logs = history[-1]["logs"]
    start = facts(history).get("start", {})
    for name, fact, now in heads(history):
        found = (
            _one_softmax(fact, now)
            or _reversed(fact)
            or _twice(now)
            or _no_probabilities(fact, now)
            or _out_of_reach(fact, now)
            or _distance_of_classes(fact, now, accuracy_key(logs))
            or _dead_output(fact, now)
        )
        # Where steps do not grow with the loss, its scale is harmless.
        grows = fact["summed"] and not history[-1]["adaptive"]
        if (
            found is None
            and grows
            and start["batch"] > 1
            and not started(history)
        ):
            found = (
                {"batch": start["batch"]},
                "the loss is the sum over a batch, so that a step grows "
                f"with its {start['batch']} rows.",
                (
                    'the mean: reduction="sum_over_batch_size"',
                    f"a learning rate {start['batch']} times lower",
                ),
            )
        if found is not None:
            yield finding(history, name, *found)


def _one_softmax(fact, now):
    if now["activation"] != "softmax" or fact["width"] != 1:
        return None
    remedy = 'no activation, and a loss such as "mse"'
    if fact.get("distinct", 0) <= 2 or fact["kind"] in ENTROPIES:
        remedy = 'activation="sigmoid" with binary_crossentropy'
    return {"units": 1}, "a softmax over one unit is always 1.", (remedy,)


def _twice(now):
    last, inner = now["activation"], now.get("inner")
    if last not in ("softmax", "sigmoid") or inner not in SQUEEZING:
        return None
    return (
        {"low": now["low"], "high": now["high"]},
        f"a {last} behind a {inner}, which keeps it from giving what is sure: "
        f"its outputs range from {now['low']:.3g} to {now['high']:.3g}.",
        (f"no {inner} before the last {last}",),
    )


def _reversed(fact):
    if "perfect" not in fact:
        return None
    perfect, constant = fact["perfect"], fact["constant"]
    if fact.get("blind"):
        return (
            {"perfect": perfect, "constant": constant},
            "the loss of the same outputs is the same for other targets.",
            ("a loss that compares each prediction with its own target",),
        )
    if perfect < constant - 1e-3 * abs(constant):
        return None
    mirrored = fact["mirrored"]
    evidence = {"perfect": perfect, "constant": constant}
    if mirrored < perfect - 1e-3 * abs(perfect):
        if constant >= 0:
            return None  # small distances may stand for large targets
        text = (
            f"perfect predictions have a loss of {perfect:.3g}, wrong ones of "
            f"{mirrored:.3g}: the training goes away from the targets."
        )
        return evidence, text, ("the other sign of the loss",)
    text = (
        f"perfect predictions have a loss of {perfect:.3g}, no less than a "
        f"constant one ({constant:.3g}): it does not compare each prediction "
        "with its own target."
    )
    return (
        evidence,
        text,
        (
            "targets and predictions of one shape: (n,) and (n, 1) "
            "broadcast to (n, n)",
        ),
    )


def _no_probabilities(fact, now):
    kind, activation = fact["kind"], now["activation"]
    if kind not in ENTROPIES:
        return None
    loss = f"{kind} cross-entropy"
    good = "sigmoid" if kind == "binary" else "softmax"
    evidence = {"low": now["low"], "high": now["high"]}
    remedies = (f"no activation and from_logits=True, or a {good}",)
    if fact["logits"]:
        if activation in ("relu", "tanh") or (
            activation == "sigmoid" and kind != "binary"
        ):
            text = (
                f"the {loss} gets logits behind a {activation}, from "
                f"{now['low']:.3g} to {now['high']:.3g}: they cannot be any "
                "number."
            )
            return evidence, text, ("no activation in the last layer",)
        return None
    if activation == "softmax" and kind == "binary" and fact["width"] > 2:
        return (
            evidence,
            f"binary cross-entropy behind a softmax of {fact['width']} units "
            "judges each unit for itself.",
            ("categorical_crossentropy",),
        )
    if activation == "sigmoid" and kind != "binary":
        units = fact["width"]
        remedies = ('activation="softmax" in the last layer',)
        if units == 1:
            remedies = ("binary_crossentropy",)
        text = f"{loss} behind a sigmoid: its outputs do not sum to 1."
        return {"sum_error": now["sum_error"]}, text, remedies
    if activation == "softmax" and kind in SOFT and now["sum_error"] > 0.05:
        return (
            {"sum_error": now["sum_error"]},
            "the outputs of the last softmax do not sum to 1 for an input: it "
            "runs over another axis than that of the classes.",
            ("axis=-1 in the last softmax",),
        )
    if activation in ("relu", "tanh"):
        text = (
            f"{loss} expects probabilities and gets the outputs of a "
            f"{activation}, from {now['low']:.3g} to {now['high']:.3g}."
        )
        return evidence, text, remedies
    inside = now["low"] >= -1e-3 and now["high"] <= 1.001
    adds = kind == "binary" or fact["width"] == 1 or now["sum_error"] < 0.05
    outside = now["low"] < -1e-3 or now["high"] > 1.001
    if (activation == "linear" and not (inside and adds)) or outside:
        return _logits(evidence, loss, remedies)
    return None


def _logits(evidence, loss, remedies):
    text = (
        f"{loss} expects probabilities (from_logits=False) and gets outputs "
        f"from {evidence['low']:.3g} to {evidence['high']:.3g}."
    )
    return evidence, text, remedies


def _out_of_reach(fact, now):
    """Targets that the last activation cannot give."""
    if fact["kind"] == "sparse" or "low" not in fact:
        return None
    activation = now["activation"]
    outside = {
        "sigmoid": fact["negative"] + fact["above_one"],
        "softmax": fact["negative"] + fact["above_one"],
        "tanh": fact["below_minus_one"] + fact["above_one"],
        "relu": fact["negative"],
    }.get(activation, 0.0)
    reach = {
        "sigmoid": "0 to 1",
        "softmax": "0 to 1",
        "tanh": "-1 to 1",
        "relu": "0 upwards",
    }.get(activation, "")
    evidence = {"low": fact["low"], "high": fact["high"], "outside": outside}
    span = f"targets range from {fact['low']:.3g} to {fact['high']:.3g}"
    if fact["kind"] == "binary":
        outside = fact["negative"] + fact["above_one"]
        if outside > SOME:
            return (
                {**evidence, "outside": outside},
                f"binary cross-entropy expects targets of 0 to 1; {span}.",
                ("labels 0 and 1", "another loss, such as hinge for -1 and 1"),
            )
    if fact["kind"] not in (*ENTROPIES, "squared", "absolute", "relative"):
        return None
    if outside > SOME:
        return (
            evidence,
            f"{span}; a {activation} gives {reach}: {outside:.0%} of the "
            "targets cannot be reached.",
            ("no activation in the last layer", f"targets scaled to {reach}"),
        )
    wrong = fact.get("sums_not_one", 0.0)
    if activation == "softmax" and wrong > SOME and fact["width"] > 1:
        return (
            {"sums_not_one": wrong},
            f"{wrong:.0%} of the targets do not sum to 1, as the outputs of a "
            "softmax do.",
            ('activation="sigmoid" with binary_crossentropy',),
        )
    return None


def _distance_of_classes(fact, now, accuracy):
    kind, activation = fact["kind"], now["activation"]
    if kind not in ("squared", "absolute"):
        return None
    name = "the squared error" if kind == "squared" else "the absolute error"
    if activation == "softmax" and fact["width"] > 1 and "classes" in fact:
        return (
            {"units": fact["width"]},
            f"{name} behind a softmax: where it is sure and wrong, the "
            "gradient is near 0.",
            ("categorical_crossentropy",),
        )
    two = fact.get("distinct") == 2 and "classes" in fact
    if kind == "absolute" and two and (activation == "sigmoid" or accuracy):
        return (
            {"majority": fact["majority"]},
            "the absolute error of targets 0 and 1 is least for the more "
            "frequent of both, whatever the input.",
            ("binary_crossentropy",),
        )
    whole = fact.get("part_whole") == 1.0 and fact["low"] >= 0
    few = 3 <= fact.get("distinct", 0) <= 20
    if fact["width"] == 1 and whole and few and accuracy:
        top = int(fact["high"]) + 1
        return (
            {"classes": fact["distinct"]},
            f"{name} of class numbers ({fact['low']:.0f} to "
            f"{fact['high']:.0f}) takes class 1 for nearer to 2 than to 9.",
            (
                f'Dense({top}, activation="softmax") with '
                "sparse_categorical_crossentropy",
            ),
        )
    return None


def _dead_output(fact, now):
    if now["activation"] != "relu" or now["zeros"] < 0.999:
        return None
    if fact.get("distinct", 0) < 3:
        return None
    return (
        {"zeros": now["zeros"]},
        "the last ReLU is 0 for each input, and so is its gradient; targets "
        f"range from {fact['low']:.3g} to {fact['high']:.3g}.",
        ("no activation in the last layer",),
    )

"""Rules that turn records into a diagnosis.

A rule looks at the records of all epochs so far and answers with where it
fires and the evidence, or None. `RULES` stand in the order of cause before
consequence: a wholly dead layer has zero gradients too, so "vanishing" after
"dead_units" would tell nothing new, and `hides` leaves it out.
"""

import dataclasses
import math

from zoo.callbacks import _remedies


@dataclasses.dataclass(frozen=True)
class Issue:
    """One cause: where, by which evidence, and what helps.

    `epoch` and `step` count from 0, as the records do; `text` from 1, as
    `fit` shows them.
    """

    cause: str
    severity: str
    layer: str | None
    epoch: int
    step: int | None
    evidence: dict
    text: str
    remedies: list

    def as_dict(self):
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Rule:
    cause: str
    severity: str
    find: object
    # Consequences of this cause, not worth a line of their own.
    hides: tuple = ()


# What may be changed, with the source of each in docs/callbacks.md.
THRESHOLDS = {
    "explosion_ratio": 10.0,
    "explosion_norm": 100.0,
    "dead_share": 0.4,
    "saturated_share": 0.5,
    "vanishing_ratio": 1e-3,
    "vanishing_norm": 1e-3,
    "update_large": 0.1,
    "update_small": 1e-5,
    "collapse": 0.2,
    "overfitting_rise": 1.3,
    "overfitting_gap": 0.1,
    "overfitting_fall": 0.02,
    "overfitting_epochs": 3,
    "regularized_gap": 0.2,
    "dropout": 0.8,
    "plateau_change": 0.02,
    "plateau_epochs": 3,
    "learned_accuracy": 0.9,
    "learned_loss": 0.5,
}
T = THRESHOLDS


def diagnose(history):
    """List of `Issue`, causes first, for the records of a TrainingDoctor."""
    issues, hidden = [], set()
    for rule in RULES:
        if rule.cause in hidden or not history:
            continue
        found = rule.find(history)
        if found is None:
            continue
        where, evidence, says = found
        layer, epoch, step = where
        place = f"epoch {epoch + 1}"
        place += "" if step is None else f", step {step + 1}"
        place += f", {layer}" if layer else ""
        title, remedies = _remedies.REMEDIES[rule.cause]
        issues.append(
            Issue(
                rule.cause,
                rule.severity,
                layer,
                epoch,
                step,
                evidence,
                f"{title} ({place}): {says} Try: {'; '.join(remedies)}.",
                list(remedies),
            )
        )
        hidden.update(rule.hides)
    return issues


def nonfinite(history):
    for record in history:
        gradients = record["gradients"]
        loss = record["logs"].get("loss", 0.0)
        bad = gradients["grad_nonfinite_steps"]
        # A dynamic loss scale overflows now and then, by design.
        scaled = record["loss_scaled"] and math.isfinite(gradients["grad_norm"])
        if math.isfinite(loss) and (not bad or scaled):
            continue
        steps = [
            (entry["first_nonfinite_step"], path)
            for path, entry in gradients["variables"].items()
            if "first_nonfinite_step" in entry
        ]
        step, path = min(steps, default=(None, None))
        layer = next(
            (
                name
                for name, entry in record["activations"]["layers"].items()
                if not math.isfinite(entry["mean"])
            ),
            path,
        )
        source = (
            ""
            if record["probe_finite"]
            else " The input itself holds NaN or infinity."
        )
        return (
            (layer, record["epoch"], step),
            {
                "nonfinite_steps": bad,
                "loss": loss,
                "input_finite": record["probe_finite"],
            },
            f"{bad} steps had gradients that are not finite; the loss is "
            f"{loss:.3g}.{source}",
        )
    return None


def exploding(history):
    for record in history:
        relative, path = max(
            (
                (entry["norm"] / max(weight["norm"], 1e-12), path)
                for path, entry, weight in _kernels(record)
                if math.isfinite(entry["norm"])
            ),
            default=(0.0, None),
        )
        norm = record["gradients"]["grad_norm"]
        if relative > T["explosion_ratio"] or norm > T["explosion_norm"]:
            return (
                (path, record["epoch"], None),
                {"gradient_to_weight": relative, "grad_norm": norm},
                f"the gradients' norm is {norm:.3g}, at most {relative:.3g} "
                "times that of the kernel.",
            )
    return None


def dead_units(history):
    if vanishing(history) is not None:
        return None  # units that get no signal fall silent
    found = _last_sites(history, "relu", "dead", T["dead_share"])
    if found is None:
        return None
    name, epoch, entry = found
    dead = round(entry["dead"] * entry["channels"])
    return (
        (name, epoch, None),
        {"dead": entry["dead"], "channels": entry["channels"]},
        f"{dead} of {entry['channels']} channels never fire on the probe.",
    )


def saturated(history):
    found = _last_sites(
        history, ("tanh", "sigmoid"), "saturated", T["saturated_share"]
    )
    if found is None:
        return None
    name, epoch, entry = found
    return (
        (name, epoch, None),
        {"saturated": entry["saturated"]},
        f"{entry['saturated']:.0%} of its outputs are where the slope is "
        "below 0.01.",
    )


def vanishing(history):
    record = history[-1]
    if _learned(history):
        return None
    norms = {
        path: entry["norm"]
        for path, entry, _ in _kernels(record)
        if math.isfinite(entry["norm"]) and entry["norm_max"] > 0
    }
    every = [
        entry["norm"]
        for entry in record["gradients"]["variables"].values()
        if entry["norm"] is not None and math.isfinite(entry["norm"])
    ]
    if not norms:
        return None
    path = min(norms, key=norms.get)
    ratio = norms[path] / max(every)
    if ratio > T["vanishing_ratio"] or norms[path] > T["vanishing_norm"]:
        return None
    return (
        (path, record["epoch"], None),
        {"norm": norms[path], "to_largest": ratio},
        f"its gradient's norm is {norms[path]:.3g}, {ratio:.3g} of the "
        "largest variable's.",
    )


def update_too_large(history):
    for record in history:
        ratios = _update_ratios(record)
        if not ratios or _median(ratios.values()) <= T["update_large"]:
            continue
        path = max(ratios, key=ratios.get)
        median = _median(ratios.values())
        return (
            (path, record["epoch"], None),
            {"update_ratio": ratios[path], "median": median},
            f"a step changes a kernel by {median:.3g} of its norm in the "
            f"median, here by {ratios[path]:.3g}.",
        )
    return None


def update_too_small(history):
    record = history[-1]
    ratios = _update_ratios(record)
    if not ratios or _learned(history):
        return None
    largest = max(ratios.values())
    if largest >= T["update_small"]:
        return None
    return (
        (None, record["epoch"], None),
        {"update_ratio": largest, "learning_rate": record["learning_rate"]},
        f"no kernel changes by more than {largest:.3g} of its norm in a "
        "step, and the loss is still high.",
    )


def collapsing_weights(history):
    first = history[0]["initial_weights"]
    record = history[-1]
    ratios = {
        path: weight["norm"] / first[path]["norm"]
        for path, _, weight in _kernels(record)
        if first.get(path, {}).get("norm")
    }
    if not ratios or _median(ratios.values()) >= T["collapse"]:
        return None
    path = min(ratios, key=ratios.get)
    return (
        (path, record["epoch"], None),
        {
            "to_initial": ratios[path],
            "median": _median(ratios.values()),
        },
        f"kernels have shrunk to {_median(ratios.values()):.3g} of their "
        "initial norm in the median.",
    )


def not_learning(history):
    record = history[-1]
    idle = [
        path
        for path, entry in record["gradients"]["variables"].items()
        if not entry["norm"] and not entry["norm_max"]
    ]
    frozen = _frozen_behind_trainable(record)
    if not idle and not frozen:
        return None
    if idle:
        return (
            (idle[0], record["epoch"], None),
            {"without_gradient": len(idle), "frozen": len(frozen)},
            f"{len(idle)} variables get no gradient, or only zeros.",
        )
    return (
        (frozen[0], record["epoch"], None),
        {"without_gradient": 0, "frozen": len(frozen)},
        f"{len(frozen)} kernels are frozen although layers before them train.",
    )


def overfitting(history):
    history = [r for r in history if r.get("settled", True)]
    losses = _values(history, "loss")
    validation = _values(history, "val_loss")
    if len(validation) <= T["overfitting_epochs"]:
        return None
    if len(validation) != len(losses):
        return None
    recent = T["overfitting_epochs"]
    best = min(validation)
    at = validation.index(best)
    now = min(validation[-recent:])
    rises = now > T["overfitting_rise"] * best and losses[-1] < losses[at]
    gap = _accuracy_gap(history[-1]["logs"])
    falls = (1 - T["overfitting_fall"]) * min(validation[:-recent])
    stands = now > falls
    if not rises and not (gap > T["overfitting_gap"] and stands):
        return None
    return (
        (None, history[at]["epoch"], None),
        {"best": best, "now": now, "loss": losses[-1], "gap": gap},
        f"the validation loss was best, {best:.3g}, in epoch "
        f"{history[at]['epoch'] + 1} and is {now:.3g} now; the training loss "
        f"is {losses[-1]:.3g}.",
    )


def over_regularized(history):
    record = history[-1]
    logs = record["logs"]
    if len(history) < T["plateau_epochs"] or _learned(history):
        return None
    rates = {
        name: entry["rate"] for name, entry in record.get("dropout", {}).items()
    }
    name = max(rates, key=rates.get, default=None)
    if name is not None and rates[name] > T["dropout"]:
        return (
            (name, record["epoch"], None),
            {"rate": rates[name]},
            f"it drops {rates[name]:.0%} of its inputs, and the network has "
            "not learned.",
        )
    gap = -_accuracy_gap(logs)
    if gap < T["regularized_gap"]:
        return None
    return (
        (None, record["epoch"], None),
        {"gap": gap},
        f"the validation accuracy is {gap:.3g} above that of the training: "
        "what is switched off in validation keeps the network from fitting.",
    )


def plateau(history):
    losses = _values(history, "loss")
    epochs = T["plateau_epochs"]
    if len(losses) <= epochs or _learned(history):
        return None
    before = losses[-1 - epochs]
    change = (before - losses[-1]) / max(abs(before), 1e-12)
    if change > T["plateau_change"]:
        return None
    return (
        (None, history[-1 - epochs]["epoch"], None),
        {"change": change, "loss": losses[-1]},
        f"in {epochs} epochs the loss changed by {change:.2%}, to "
        f"{losses[-1]:.3g}.",
    )


RULES = (
    Rule(
        "nonfinite",
        "error",
        nonfinite,
        hides=(
            "exploding",
            "dead_units",
            "saturated",
            "vanishing",
            "update_too_large",
            "update_too_small",
            "collapsing_weights",
            "not_learning",
            "overfitting",
            "over_regularized",
            "plateau",
        ),
    ),
    Rule(
        "exploding",
        "error",
        exploding,
        hides=("update_too_small", "over_regularized", "plateau"),
    ),
    Rule(
        "collapsing_weights",
        "error",
        collapsing_weights,
        hides=(
            "dead_units",
            "vanishing",
            "update_too_small",
            "not_learning",
            "over_regularized",
            "plateau",
        ),
    ),
    Rule(
        "dead_units",
        "error",
        dead_units,
        hides=("vanishing", "update_too_small", "not_learning", "plateau"),
    ),
    Rule("saturated", "error", saturated, hides=("vanishing", "plateau")),
    Rule(
        "update_too_large",
        "error",
        update_too_large,
        hides=("over_regularized", "plateau"),
    ),
    Rule(
        "vanishing",
        "error",
        vanishing,
        hides=("update_too_small", "not_learning", "plateau"),
    ),
    Rule("update_too_small", "warning", update_too_small, hides=("plateau",)),
    Rule("not_learning", "warning", not_learning),
    Rule("overfitting", "warning", overfitting),
    Rule("over_regularized", "warning", over_regularized, hides=("plateau",)),
    Rule("plateau", "warning", plateau),
)


def _kernels(record):
    """(path, gradient's entry, weight's entry) of kernels with gradient."""
    for path, entry in record["gradients"]["variables"].items():
        weight = record["weights"].get(path)
        if weight is not None and entry["norm"] is not None:
            yield path, entry, weight


def _last_sites(history, kinds, statistic, bound):
    """The worst site beyond `bound` now, and since when it has been so."""
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


def _update_ratios(record):
    return {
        path: entry["update_ratio"]
        for path, entry in record["gradients"]["variables"].items()
        if math.isfinite(entry.get("update_ratio", math.nan))
    }


def _frozen_behind_trainable(record):
    """Kernels frozen behind trainable ones; a frozen start is transfer."""
    trains = False
    frozen = []
    for path, weight in record["weights"].items():
        trains = trains or weight["trainable"]
        if trains and not weight["trainable"]:
            frozen.append(path)
    return frozen


def _learned(history):
    """Whether the loss is already low, where all gradients are small."""
    logs = history[-1]["logs"]
    accuracy = next((k for k in logs if _is_accuracy(k)), None)
    if accuracy is not None:
        return logs[accuracy] > T["learned_accuracy"]
    losses = _values(history, "loss")
    return bool(losses) and losses[-1] < T["learned_loss"] * losses[0]


def _accuracy_gap(logs):
    """Training minus validation accuracy; 0 where they are not known."""
    key = next((k for k in logs if _is_accuracy(k)), None)
    return logs[key] - logs.get(f"val_{key}", logs[key]) if key else 0.0


def _is_accuracy(key):
    return "acc" in key and not key.startswith("val_")


def _values(history, key):
    values = [r["logs"][key] for r in history if key in r["logs"]]
    return values if all(map(math.isfinite, values)) else []


def _median(values):
    values = sorted(values)
    return values[len(values) // 2]

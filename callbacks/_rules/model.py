"""Rules about how the model is made."""

from zoo.callbacks._diagnosis import EVERYTHING, Finding, rule
from zoo.callbacks._rules.records import (
    SYMPTOMS,
    accuracy_gap,
    facts,
    is_late,
    learned,
    several,
)

ALIKE = 1e-3  # of the largest weight


@rule(
    "nothing_trainable",
    "Nothing trains",
    "error",
    hides=EVERYTHING,
    remedies=(
        "layer.trainable = True for what is to learn, then compile again",
    ),
    source="ours",
)
def nothing_trainable(history, thresholds):
    record = history[-1]
    kernels = record["weights"]
    if record["gradients"]["variables"] or not kernels:
        return
    yield Finding(
        None,
        record["epoch"],
        None,
        {"frozen": len(kernels)},
        f"the model has no trainable weights; its "
        f"{several(len(kernels), 'kernel')} stay as they are.",
    )


@rule(
    "symmetric_units",
    "Units that are all alike",
    "error",
    hides=SYMPTOMS,
    remedies=(
        "a random initialization: glorot_uniform, he_normal for ReLU "
        "(He et al. 2015, arXiv:1502.01852)",
    ),
    source="TheDeepChecker, NeuraLint",
)
def symmetric_units(history, thresholds):
    first, record = history[0]["initial_weights"], history[-1]
    alike = [
        path
        for path, weight in record["weights"].items()
        if weight.get("unit_spread", 1.0) < ALIKE
        and first.get(path, {}).get("unit_spread", 1.0) < ALIKE
    ]
    if alike:
        yield Finding(
            alike[0],
            history[0]["epoch"],
            None,
            {"kernels": len(alike)},
            f"in {several(len(alike), 'kernel')} all units had the same "
            "weights and still have: they learn the same.",
        )


@rule(
    "missing_activation",
    "Layers without activation between them",
    hides=("slow_learning", "plateau", "worse_than_constant"),
    remedies=('activation="relu" in the first of each pair',),
    source="UMLAUT, NeuraLint",
)
def missing_activation(history, thresholds):
    chains = facts(history).get("chains", {})
    if chains and not _reconstructs(history):
        second, entry = next(iter(chains.items()))
        yield Finding(
            entry["after"],
            history[0]["epoch"],
            None,
            {"pairs": len(chains)},
            f"nothing nonlinear stands between it and {second}: together "
            "they are one linear layer.",
        )


def _reconstructs(history):
    """Whether targets are the inputs: a linear one finds their subspace."""
    inputs = facts(history)["inputs"].values()
    targets = facts(history)["targets"].values()
    return any(
        a["columns"] == b["columns"] > 1
        and abs(a["rms"] - b["rms"]) < 1e-3 * a["rms"]
        and abs(a["mean"] - b["mean"]) < 1e-3 * a["rms"]
        for a in inputs
        for b in targets
    )


@rule(
    "dropout_too_high",
    "Dropout too high",
    hides=("over_regularized", *SYMPTOMS),
    remedies=(
        "a rate of 0.5 at most in hidden layers, 0.2 of inputs "
        "(Srivastava et al. 2014)",
        "a wider layer",
    ),
    source="UMLAUT; Srivastava et al. 2014",
)
def dropout_too_high(history, thresholds):
    record = history[-1]
    rates = {
        name: entry["rate"] for name, entry in record.get("dropout", {}).items()
    }
    name = max(rates, key=rates.__getitem__, default=None)
    if name is None or len(history) < 2 or learned(history, thresholds):
        return
    gap = -accuracy_gap(record["logs"])
    much = rates[name] >= thresholds.dropout
    some = rates[name] >= 0.6 and gap > 0.1 and is_late(history)
    if much or some:
        yield Finding(
            name,
            record["epoch"],
            None,
            {"rate": rates[name], "gap": gap},
            f"it drops {rates[name]:.0%} of its inputs, and the network has "
            "not learned.",
        )


@rule(
    "batch_too_small_for_batch_norm",
    "Batch too small for batch normalization",
    hides=("over_regularized", "plateau"),
    remedies=(
        "a batch of 16 or more",
        "layer or group normalization (Wu and He 2018, arXiv:1803.08494)",
    ),
    source="Wu and He 2018",
)
def batch_too_small_for_batch_norm(history, thresholds):
    found = facts(history)
    batch = found.get("start", {}).get("batch", 0)
    if found.get("norms", {}).get("number") and 0 < batch <= (
        thresholds.norm_batch
    ):
        yield Finding(
            None,
            history[0]["epoch"],
            None,
            {"batch": batch},
            f"each batch has {several(batch, 'row')}, too few to tell mean "
            "and deviation.",
        )


@rule(
    "not_learning",
    "Weights that do not learn",
    remedies=(
        "set layer.trainable = True where it was not meant to be frozen, "
        "then compile again",
        "connect the branch to the loss, or remove it",
        "look for stop_gradient, argmax or rounding on its way",
    ),
    source="ours",
)
def not_learning(history, thresholds):
    record = history[-1]
    entries = record["gradients"]["variables"]
    if not any(entry["norm"] for entry in entries.values()):
        return  # nothing is known of how this model is trained
    idle = [
        path
        for path in record["weights"]
        if path in entries
        and not entries[path]["norm"]
        and not entries[path]["norm_max"]
    ]
    frozen = _frozen_among_trainable(record)
    if not idle and not frozen:
        return
    evidence = {"without_gradient": len(idle), "frozen": len(frozen)}
    if idle:
        get = "gets" if len(idle) == 1 else "get"
        text = f"{several(len(idle), 'kernel')} {get} no gradient, or only "
        text += "zeros."
    else:
        are = "is" if len(frozen) == 1 else "are"
        text = f"{several(len(frozen), 'kernel')} {are} frozen although "
        text += "layers before and behind them train."
    yield Finding((idle or frozen)[0], record["epoch"], None, evidence, text)


def _frozen_among_trainable(record):
    """Kernels frozen between trainable ones, and the smaller part.

    A frozen start or end, and a frozen network with small trained adapters,
    are so on purpose.
    """
    weights = list(record["weights"].items())
    trained = [i for i, (_, w) in enumerate(weights) if w["trainable"]]
    if not trained:
        return []
    frozen = [
        (path, weight.get("size", 0))
        for i, (path, weight) in enumerate(weights)
        if trained[0] < i < trained[-1]
        and not weight["trainable"]
        and not path.endswith("embeddings")  # learned elsewhere
    ]
    size = sum(w.get("size", 0) for _, w in weights if not w["trainable"])
    whole = sum(w.get("size", 0) for _, w in weights)
    return [path for path, _ in frozen] if size < 0.5 * whole else []

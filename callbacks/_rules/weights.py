"""Rules about weights and their updates."""

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import (
    kernels,
    learned,
    median,
    several,
    update_ratios,
)


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
    hides=("over_regularized", "plateau"),
    remedies=(
        "a learning rate 3 to 10 times lower",
        "warm-up (Goyal et al. 2017, arXiv:1706.02677)",
        "clipping",
        "a larger batch",
    ),
    source="DeepDiagnosis, TheDeepChecker",
)
def update_too_large(history, thresholds):
    for record in history:
        ratios = update_ratios(record["gradients"])
        if not ratios or median(ratios.values()) <= thresholds.update_large:
            continue
        path = max(ratios, key=ratios.__getitem__)
        middle = median(ratios.values())
        yield Finding(
            path,
            record["epoch"],
            None,
            {"update_ratio": ratios[path], "median": middle},
            f"a step changes a kernel by {middle:.3g} of its norm in the "
            f"median, here by {ratios[path]:.3g}.",
        )
        return


@rule(
    "update_too_small",
    "Updates too small",
    hides=("plateau",),
    remedies=(
        "a learning rate 10 times higher, found by a range test "
        "(Smith 2017, arXiv:1506.01186)",
        "Adam in place of SGD",
    ),
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
    yield Finding(
        None,
        record["epoch"],
        None,
        {"update_ratio": largest, "learning_rate": record["learning_rate"]},
        f"no kernel changes by more than {largest:.3g} of its norm in a "
        "step, and the loss is still high.",
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
    idle = [
        path
        for path, entry in record["gradients"]["variables"].items()
        if not entry["norm"] and not entry["norm_max"]
    ]
    frozen = _frozen_behind_trainable(record)
    if not idle and not frozen:
        return
    evidence = {"without_gradient": len(idle), "frozen": len(frozen)}
    if idle:
        get = "gets" if len(idle) == 1 else "get"
        text = f"{several(len(idle), 'variable')} {get} no gradient, or only "
        text += "zeros."
    else:
        are = "is" if len(frozen) == 1 else "are"
        text = f"{several(len(frozen), 'kernel')} {are} frozen although "
        text += "layers before them train."
    yield Finding((idle or frozen)[0], record["epoch"], None, evidence, text)


def _frozen_behind_trainable(record):
    """Kernels frozen behind trainable ones; a frozen start is transfer."""
    trains = False
    frozen = []
    for path, weight in record["weights"].items():
        trains = trains or weight["trainable"]
        if trains and not weight["trainable"]:
            frozen.append(path)
    return frozen

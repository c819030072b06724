"""Rules about signals: values and gradients that are lost on their way."""

import math

from zoo.callbacks._diagnosis import Finding, rule
from zoo.callbacks._rules.records import (
    falls,
    is_late,
    kernels,
    learned,
    started,
    stuck,
    worst_site,
)


@rule(
    "dead_units",
    "Dead units",
    "error",
    hides=(
        "vanishing",
        "update_too_small",
        "not_learning",
        "constant_output",
        "slow_learning",
        "few_updates",
        "worse_than_constant",
        "plateau",
    ),
    remedies=(
        "a lower learning rate",
        "a leaky activation, such as PReLU or RReLU "
        "(Xu et al. 2015, arXiv:1505.00853)",
        "He initialization with zero biases",
        "a normalizer before the activation (Lu et al. 2019, arXiv:1903.06733)",
    ),
    source="between keras-contrib and SageMaker Debugger",
)
def dead_units(history, thresholds):
    if any(vanishing.find(history, thresholds)):
        return  # units that get no signal fall silent
    if learned(history, thresholds):
        return
    # A layer without any signal says so at once; of a part, only a training
    # that stands still: on few inputs many units are idle from the start.
    stands = stuck(history) and is_late(history)
    bound = thresholds.dead_share if stands else 0.9
    found = worst_site(history, ("relu",), "dead", bound)
    if found is None:
        return
    name, epoch, entry = found
    dead = round(entry["dead"] * entry["channels"])
    yield Finding(
        name,
        epoch,
        None,
        {"dead": entry["dead"], "channels": entry["channels"]},
        f"{dead} of {entry['channels']} channels never fire on the probe.",
    )


@rule(
    "saturated",
    "Saturated units",
    "error",
    hides=(
        "vanishing",
        "not_learning",
        "constant_output",
        "slow_learning",
        "worse_than_constant",
        "plateau",
    ),
    remedies=(
        "inputs scaled to mean 0 and deviation 1 (LeCun et al. 1998)",
        "Glorot initialization (Glorot and Bengio 2010)",
        "a ReLU",
        "a normalizer before the activation",
    ),
    source="SageMaker Debugger",
)
def saturated(history, thresholds):
    if learned(history, thresholds) or (started(history) and falls(history)):
        return
    found = worst_site(
        history, ("tanh", "sigmoid"), "saturated", thresholds.saturated_share
    )
    if found is None:
        return
    name, epoch, entry = found
    yield Finding(
        name,
        epoch,
        None,
        {"saturated": entry["saturated"]},
        f"{entry['saturated']:.0%} of its outputs are where the slope is "
        "below 0.01.",
    )


@rule(
    "vanishing",
    "Vanishing gradients",
    "error",
    hides=(
        "update_too_small",
        "not_learning",
        "constant_output",
        "slow_learning",
        "few_updates",
        "worse_than_constant",
        "plateau",
    ),
    remedies=(
        "ReLU in place of sigmoid or tanh",
        "He initialization (arXiv:1502.01852)",
        "batch normalization (arXiv:1502.03167)",
        "residual connections (He et al. 2016, arXiv:1512.03385)",
        "fewer layers",
    ),
    source="AutoTrainer",
)
def vanishing(history, thresholds):
    record = history[-1]
    loss = record.get("fit", {}).get("loss", math.nan)
    loss = loss if math.isfinite(loss) and loss > 0 else 1.0
    if started(history):
        return
    norms = {
        path: entry["norm"]
        for path, entry, _ in kernels(record)
        if math.isfinite(entry["norm"]) and entry["norm_max"] > 0
    }
    every = [
        entry["norm"]
        for entry in record["gradients"]["variables"].values()
        if entry["norm"] is not None and math.isfinite(entry["norm"])
    ]
    if not norms:
        return
    path = min(norms, key=norms.__getitem__)
    weight = record["weights"][path]["norm"]
    ratio = norms[path] / max(every)
    elasticity = norms[path] * weight / loss
    # A slow start has small gradients, too, and comes out of it.
    bound = thresholds.vanishing_ratio
    if not stuck(history):
        bound *= 1e-2
    if ratio > bound or elasticity > thresholds.vanishing_elasticity:
        return
    yield Finding(
        path,
        record["epoch"],
        None,
        {"norm": norms[path], "to_largest": ratio, "elasticity": elasticity},
        f"its gradient's norm is {norms[path]:.3g}, {ratio:.3g} of the "
        "largest variable's.",
    )

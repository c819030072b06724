"""Rules about signals: values and gradients that are lost on their way."""

import math

from zoo.callbacks._diagnosis import EVERYTHING, Finding, rule
from zoo.callbacks._rules.records import (
    kernels,
    learned,
    several,
    worst_site,
)


@rule(
    "nonfinite",
    "Non-finite values",
    "error",
    hides=EVERYTHING,
    remedies=(
        "check the input for NaN and the loss for log(0) or 0/0",
        "a learning rate 10 times lower",
        "clipping, such as global_clipnorm=1.0 "
        "(Pascanu et al. 2013, arXiv:1211.5063)",
    ),
    source="SageMaker Debugger",
)
def nonfinite(history, thresholds):
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
        text = (
            f"{several(bad, 'step')} had gradients that are not finite; the "
            f"loss is {loss:.3g}."
        )
        if not record["probe_finite"]:
            text += " The input itself holds NaN or infinity."
        yield Finding(
            layer,
            record["epoch"],
            step,
            {
                "nonfinite_steps": bad,
                "loss": loss,
                "input_finite": record["probe_finite"],
            },
            text,
        )
        return


@rule(
    "exploding",
    "Exploding gradients",
    "error",
    hides=("update_too_small", "over_regularized", "plateau"),
    remedies=(
        "He or Glorot initialization (He et al. 2015, arXiv:1502.01852)",
        "clipping, such as global_clipnorm=1.0 "
        "(Pascanu et al. 2013, arXiv:1211.5063)",
        "a normalizer after each layer "
        "(Ioffe and Szegedy 2015, arXiv:1502.03167)",
        "a lower learning rate",
    ),
    source="ours",
)
def exploding(history, thresholds):
    for record in history:
        relative, path = max(
            (
                (entry["norm"] / max(weight["norm"], 1e-12), path)
                for path, entry, weight in kernels(record)
                if math.isfinite(entry["norm"])
            ),
            default=(0.0, None),
        )
        norm = record["gradients"]["grad_norm"]
        if (
            relative > thresholds.explosion_ratio
            or norm > thresholds.explosion_norm
        ):
            yield Finding(
                path,
                record["epoch"],
                None,
                {"gradient_to_weight": relative, "grad_norm": norm},
                f"the gradients' norm is {norm:.3g}, at most {relative:.3g} "
                "times that of the kernel.",
            )
            return


@rule(
    "dead_units",
    "Dead units",
    "error",
    hides=("vanishing", "update_too_small", "not_learning", "plateau"),
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
    found = worst_site(history, ("relu",), "dead", thresholds.dead_share)
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
    hides=("vanishing", "plateau"),
    remedies=(
        "inputs scaled to mean 0 and deviation 1 (LeCun et al. 1998)",
        "Glorot initialization (Glorot and Bengio 2010)",
        "a ReLU",
        "a normalizer before the activation",
    ),
    source="SageMaker Debugger",
)
def saturated(history, thresholds):
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
    hides=("update_too_small", "not_learning", "plateau"),
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
    if learned(history, thresholds):
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
    ratio = norms[path] / max(every)
    if (
        ratio > thresholds.vanishing_ratio
        or norms[path] > thresholds.vanishing_norm
    ):
        return
    yield Finding(
        path,
        record["epoch"],
        None,
        {"norm": norms[path], "to_largest": ratio},
        f"its gradient's norm is {norms[path]:.3g}, {ratio:.3g} of the "
        "largest variable's.",
    )

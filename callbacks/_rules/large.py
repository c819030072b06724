"""Rules about values that are too large: losses, gradients, infinity."""

import math

from zoo.callbacks._diagnosis import EVERYTHING, Finding, rule
from zoo.callbacks._rules.records import (
    classifies,
    facts,
    falls,
    first_loss,
    is_outweighed,
    kernels,
    learned,
    several,
    share,
    started,
    uninformed,
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
    hides=(
        "bad_initial_loss",
        "update_too_small",
        "over_regularized",
        "constant_output",
        "worse_than_constant",
        "plateau",
    ),
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
    """Elasticity ‖g‖·‖w‖ / L: how much of the loss a kernel moves.

    It has no unit: that of the loss, of the targets, cancels.
    """
    record = history[-1]
    first = history[0]["logs"].get("loss", math.nan)
    loss = record.get("fit", {}).get("loss", math.nan)
    if not loss > 0 or started(history):
        return
    # Targets far from 0 begin far above the loss of their mean.
    near = 2 if classifies(history) else 10
    if len(history) > 1 and falls(history) and share(record) < near:
        return
    evaluated = record["fit"].get("evaluated", math.nan)
    if len(history) == 1 and evaluated < 0.5 * first_loss(history):
        return  # the steps since the first have halved it
    elasticity, path = max(
        (
            (entry["norm"] * weight["norm"] / loss, path)
            for path, entry, weight in kernels(record)
            if math.isfinite(entry["norm"])
        ),
        default=(0.0, None),
    )
    norm = record["gradients"]["grad_norm"]
    grows = len(history) > 1 and loss > 10 * first > 0
    known = math.isfinite(share(record))
    if not (known and elasticity > thresholds.elasticity) and not grows:
        return
    text = (
        f"the gradients' norm is {norm:.3g}; a kernel's, times its weights' "
        f"norm, is {elasticity:.3g} times the loss"
    )
    if grows:
        text += f"; the loss rose from {first:.3g} to {loss:.3g}"
    yield Finding(
        path,
        record["epoch"],
        None,
        {"elasticity": elasticity, "grad_norm": norm, "loss": loss},
        text + ".",
        (
            "a learning rate 10 times lower",
            "clipping, such as global_clipnorm=1.0 "
            "(Pascanu et al. 2013, arXiv:1211.5063)",
        )
        if grows
        else (),
    )


@rule(
    "bad_initial_loss",
    "Loss of the first step",
    hides=("worse_than_constant", "plateau"),
    remedies=(
        "smaller initial weights, above all in the last layer "
        "(Glorot and Bengio 2010)",
        "a normalizer before the last layer",
    ),
    source="TheDeepChecker; Karpathy 2019",
)
def bad_initial_loss(history, thresholds):
    start = first_loss(history)
    constant = uninformed(history)
    if facts(history).get("start", {}).get("weighted"):
        return  # the loss is in other units
    if is_outweighed(history):
        return  # and it is not the network's
    if not classifies(history) or not start > 0 or not constant > 0:
        return
    ratio = start / constant
    slow = ratio > 1.5 and len(history) > 2 and not started(history)
    far = ratio > thresholds.initial_loss
    if not (far and not learned(history, thresholds)) and not slow:
        return
    yield Finding(
        None,
        history[0]["epoch"],
        0,
        {"loss": start, "constant": constant},
        f"it is {start:.3g}; that of a network that knows nothing is "
        f"{constant:.3g}.",
    )

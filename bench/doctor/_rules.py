"""The rules of four published tools, on what _published.py records.

Each maps the records of a training to the causes that the tool would report,
in the words of zoo.callbacks. Thresholds are the tools' defaults. All look at
each epoch, which is oftener than some of them would.
"""

import itertools
import math


def auto_trainer(records):
    """Zhang et al., AutoTrainer, ICSE 2021."""
    causes = set()
    for record in records:
        norms = record.get("gradient_norm", [])
        if not all(map(math.isfinite, norms)) or not record["finite_weights"]:
            causes |= {"exploding", "nonfinite"}
            continue
        first, last = (norms[0], norms[-1]) if norms else (1, 1)
        if last and first / last < 1e-3 and first < 1e-4:
            causes.add("vanishing")
        if last and first / last > 70:
            causes.add("exploding")
        if record.get("zero_gradients", 0) >= 0.7:
            causes.add("dead_units")
    accuracy = _logs(records, "accuracy")
    falls = [b - a <= -0.03 for a, b in itertools.pairwise(accuracy)]
    if falls and sum(falls) >= 0.2 * len(accuracy):
        causes.add("oscillating_loss")
    moves = [abs(b - a) for a, b in itertools.pairwise(accuracy)]
    if moves and max(moves) < 0.01 and max(accuracy) < 0.6:
        causes.add("slow_learning")
    return causes


def deep_diagnosis(records):
    """Wardat et al., DeepDiagnosis, ICSE 2022."""
    causes = set()
    for record in records:
        loss = record["logs"].get("loss", 0.0)
        if not record["finite_weights"] or not math.isfinite(loss):
            causes |= {"exploding", "nonfinite"}
        if any(m < 1e-7 for m in record.get("mean_abs_gradient", [])):
            causes.add("vanishing")
        if any(1 - active >= 0.7 for active in record.get("active", [])):
            causes.add("dead_units")
        if any(share > 0.5 for share in record.get("above_095", [])):
            causes.add("saturated")
        if record["unchanged"]:
            causes.add("not_learning")
        norms = record.get("gradient_norm", [])
        ratios = [
            record["learning_rate"] * g / max(w, 1e-12)
            for g, w in zip(norms, record["weight_norm"], strict=False)
        ]
        if any(r > 1e-1 for r in ratios):
            causes.add("update_too_large")
        if any(r < 1e-5 for r in ratios):
            causes.add("update_too_small")
    losses = _logs(records, "loss")
    if len(losses) > 3 and losses[-1] >= losses[-4]:
        causes.add("plateau")
    return causes


def sagemaker(records):
    """Amazon SageMaker Debugger's built-in rules."""
    causes = set()
    for record in records:
        norms = record.get("gradient_norm", [])
        if not record["finite_weights"] or not all(map(math.isfinite, norms)):
            causes |= {"exploding", "nonfinite"}
        if any(m < 1e-7 for m in record.get("mean_abs_gradient", [])):
            causes.add("vanishing")
        if any(share > 0.5 for share in record.get("nearly_dead", [])):
            causes.add("dead_units")
        if any(share > 0.5 for share in record.get("saturated", [])):
            causes.add("saturated")
        if record["unchanged"]:
            causes |= {"not_learning", "update_too_small"}
        if any(r > 10 for r in record["update_ratios"]):
            causes.add("update_too_large")
        if any(r < 1e-8 for r in record["update_ratios"]):
            causes.add("update_too_small")
        logs = record["logs"]
        if logs.get("val_loss", -math.inf) > 1.1 * logs.get("loss", math.inf):
            causes.add("overfitting")
    losses = _logs(records, "loss")
    if any(b > a * 0.999 for a, b in itertools.pairwise(losses)):
        causes.add("plateau")
    return causes


def keras_contrib(records):
    """keras-contrib's DeadReluDetector: warns at 10 % of the channels."""
    if any(d >= 0.1 for record in records for d in record.get("dead", [])):
        return {"dead_units"}
    return set()


PUBLISHED = {
    "AutoTrainer": auto_trainer,
    "DeepDiagnosis": deep_diagnosis,
    "SageMaker": sagemaker,
    "keras-contrib": keras_contrib,
}


def _logs(records, key):
    return [record["logs"][key] for record in records if key in record["logs"]]

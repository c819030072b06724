"""The rules of four published tools, on the recordings of bench/diagnosis.py.

Each maps a recording to the causes that the tool would report, in the words
of callbacks. Thresholds are the tools' defaults. All look at each epoch,
which is oftener than some of them would.
"""

import itertools
import math


def auto_trainer(recording):
    """Zhang et al., AutoTrainer, ICSE 2021."""
    causes = set()
    accuracy = _logs(recording, "accuracy")
    for other in recording["others"]:
        norms = other["gradient_norm"]
        if not all(map(math.isfinite, norms)) or not other["finite_weights"]:
            causes |= {"exploding", "nonfinite"}
            continue
        first, last = norms[0], norms[-1]
        if last and first / last < 1e-3 and first < 1e-4:
            causes.add("vanishing")
        if last and first / last > 70:
            causes.add("exploding")
        if other["zero_gradients"] >= 0.7:
            causes.add("dead_units")
    falls = [b - a <= -0.03 for a, b in itertools.pairwise(accuracy)]
    if sum(falls) >= 0.2 * len(accuracy):
        causes.add("update_too_large")
    moves = [abs(b - a) for a, b in itertools.pairwise(accuracy)]
    if moves and max(moves) < 0.01 and max(accuracy) < 0.6:
        causes |= {"plateau", "update_too_small"}
    return causes


def deep_diagnosis(recording):
    """Wardat et al., DeepDiagnosis, ICSE 2022."""
    causes = set()
    for record, other in zip(
        recording["history"], recording["others"], strict=True
    ):
        if not other["finite_weights"] or not math.isfinite(
            record["logs"]["loss"]
        ):
            causes |= {"exploding", "nonfinite"}
        if any(m < 1e-7 for m in other["mean_abs_gradient"]):
            causes.add("vanishing")
        if any(1 - s["active"] >= 0.7 for s in _sites(record, "relu")):
            causes.add("dead_units")
        if any(share > 0.5 for share in other["above_095"]):
            causes.add("saturated")
        if other["unchanged"]:
            causes.add("not_learning")
        ratios = [
            record["learning_rate"] * g / max(w, 1e-12)
            for g, w in zip(
                other["gradient_norm"], other["weight_norm"], strict=True
            )
        ]
        if any(r > 1e-1 for r in ratios):
            causes.add("update_too_large")
        if any(r < 1e-5 for r in ratios):
            causes.add("update_too_small")
    losses = _logs(recording, "loss")
    if len(losses) > 3 and losses[-1] >= losses[-4]:
        causes.add("plateau")
    return causes


def sagemaker(recording):
    """Amazon SageMaker Debugger's built-in rules."""
    causes = set()
    for record, other in zip(
        recording["history"], recording["others"], strict=True
    ):
        if (
            not other["finite_weights"]
            or record["gradients"]["grad_nonfinite_steps"]
        ):
            causes |= {"exploding", "nonfinite"}
        if any(m < 1e-7 for m in other["mean_abs_gradient"]):
            causes.add("vanishing")
        if any(s["nearly_dead"] > 0.5 for s in _sites(record, "relu")):
            causes.add("dead_units")
        if any(share > 0.5 for share in other["saturated"]):
            causes.add("saturated")
        if other["unchanged"]:
            causes |= {"not_learning", "update_too_small"}
        ratios = [
            entry["update_ratio"]
            for entry in record["gradients"]["variables"].values()
            if "update_ratio" in entry
        ]
        if any(r > 10 for r in ratios):
            causes.add("update_too_large")
        if any(r < 1e-8 for r in ratios):
            causes.add("update_too_small")
        logs = record["logs"]
        if logs["val_loss"] > 1.1 * logs["loss"]:
            causes.add("overfitting")
    losses = _logs(recording, "loss")
    if any(b > a * 0.999 for a, b in itertools.pairwise(losses)):
        causes.add("plateau")
    return causes


def keras_contrib(recording):
    """keras-contrib's DeadReluDetector: warns at 10 % of the channels."""
    if any(
        site["dead"] >= 0.1
        for record in recording["history"]
        for site in _sites(record, "relu")
    ):
        return {"dead_units"}
    return set()


OTHERS = {
    "AutoTrainer": auto_trainer,
    "DeepDiagnosis": deep_diagnosis,
    "SageMaker": sagemaker,
    "keras-contrib": keras_contrib,
}


def _logs(recording, key):
    return [record["logs"][key] for record in recording["history"]]


def _sites(record, kind):
    sites = record["units"]["sites"].values()
    return [site for site in sites if site["kind"] == kind]

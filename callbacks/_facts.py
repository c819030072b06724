"""Facts about data, loss and model, as numbers for the rules.

`of_start` tells what holds for the whole training, `of_epoch` what the model
makes of the sample now.
"""

import math
from typing import Any

import keras
import numpy as np

from zoo.callbacks import _heads

CHUNK = 32  # rows over which the order of labels is looked at
MANY = 20  # classes from which on labels are a vocabulary
ROWS = 256  # of validation arrays that are looked at
RARE = 10  # times less often than the most frequent class
# What a last activation may take: no other one, or what is not known.
PLAIN = ("linear", "other")


def of_start(data, heads, probe, model):
    """Facts about a training that do not change.

    Args:
        data: `_ledger.Data`, or None.
        heads: `_heads.Head`s.
        probe: What `Probe.run` returned.
        model: The model.

    Returns:
        {inputs, targets, entries, heads, start, norms}: dicts of numbers.
    """
    facts = {"inputs": {}, "targets": {}, "heads": {}, "start": {}}
    facts["entries"] = {
        name: {
            **dict(zip(("low", "high", "rms", "column_rms"), r, strict=False)),
            "normalized": r[4],
        }
        for name, r in probe["entries"].items()
    }
    facts["norms"] = _norms(model)
    if data is None:
        return facts
    facts["inputs"] = {c.name: _of_columns(c) for c in data.inputs}
    facts["targets"] = {c.name: _of_columns(c) for c in data.targets}
    facts["start"] = {
        "batch": data.batch,
        "steps": data.steps,
        "weighted": data.weighted,
    }
    if len(data.losses):
        facts["start"]["loss"] = float(data.losses[0])
    for head in heads:
        y = head.y
        if head.index < len(data.labels) and len(data.labels) == len(heads):
            kept = data.labels[head.index]
            y = head.y if kept is None or not len(kept) else kept
        facts["heads"][head.name] = {
            "index": head.index,
            "width": head.width,
            "kind": head.kind,
            "logits": head.logits,
            "summed": head.summed,
            **_of_targets(head, y),
            "columns": _columns(head, probe["outputs"][head.index]),
            "constant_loss": _heads.constant_loss(
                head, y, probe["outputs"][head.index]
            ),
            **_of_loss(head, probe["outputs"][head.index]),
        }
    return facts


def of_epoch(heads, outputs, structure):
    """What the outputs on the sample are like now, {head: numbers}."""
    facts = {}
    for head in heads:
        output = outputs[head.index]
        rows = min(len(output), len(head.y))
        output, y = output[:rows], head.y[:rows]
        numbers = output.astype(np.float64)
        sums = numbers.sum(-1) if numbers.ndim > 1 else np.ones(1)
        facts[head.name] = {
            "activation": structure.activations[head.index],
            "low": float(numbers.min()),
            "high": float(numbers.max()),
            "zeros": float(np.mean(numbers == 0)),
            "sum_error": float(np.median(np.abs(sums - 1))),
            "loss": head.value(y, output) / (rows if head.summed else 1),
            "accuracy": _heads.accuracy(head, y, output),
            "spread": _spread(head, y, numbers),
            **_rare_recall(head, y, output),
        }
        if structure.inner and structure.inner[head.index] not in PLAIN:
            facts[head.name]["inner"] = structure.inner[head.index]
    return facts


def penalty(model):
    """What weight regularization adds to the loss."""
    return sum(
        float(v.regularizer(v))
        for v in model.trainable_variables
        if getattr(v, "regularizer", None) is not None
    )


def of_validation(model):
    """Root mean square of the validation's inputs, where they are arrays."""
    iterator = getattr(model, "_eval_epoch_iterator", None)
    adapter = getattr(iterator, "data_adapter", None)
    inputs = getattr(adapter, "_inputs", None)
    if inputs is None:
        return {}
    try:
        x, _, _ = keras.utils.unpack_x_y_sample_weight(inputs)
        arrays = [np.asarray(a[:ROWS], float) for a in keras.tree.flatten(x)]
        return {
            str(number): {
                "rms": float(np.sqrt(np.mean(np.square(array)))),
                "mean": float(np.mean(array)),
            }
            for number, array in enumerate(arrays)
        }
    except (TypeError, ValueError):  # strings and the like
        return {}


def _of_columns(columns):
    scale = np.sqrt(columns.mean**2 + columns.std**2)
    return {
        "rank": columns.rank,
        "rows": columns.rows,
        "columns": len(columns.mean),
        "whole": columns.dtype.startswith(("int", "uint")),
        "bad": int(columns.bad.sum()),
        "bad_column": int(np.argmax(columns.bad)),
        "bad_step": columns.bad_step,
        "low": float(columns.low.min()),
        "high": float(columns.high.max()),
        "mean": float(columns.mean.mean()),
        "rms": float(np.sqrt(np.mean(scale**2))),
        "std": float(np.sqrt(np.mean(columns.std**2))),
        "column_rms": float(scale.max()),
        "column": int(scale.argmax()),
        "constant": float(np.mean(columns.low == columns.high)),
    }


def _norms(model):
    """Of the batch normalizations that train."""
    found = [
        layer
        for layer in model._flatten_layers()
        if hasattr(layer, "moving_mean")
        and hasattr(layer, "momentum")
        and layer.trainable
    ]
    momenta = [float(layer.momentum) for layer in found]
    return {"number": len(found), "momentum": max(momenta, default=0.0)}


def _of_targets(head, y):
    y = np.asarray(y)
    facts: dict[str, Any] = {"rows": len(y), "size": int(np.prod(y.shape[1:]))}
    if y.dtype.kind not in "iufb":
        return facts
    flat = y.reshape(-1).astype(np.float64)
    flat = flat[np.isfinite(flat)]
    if not flat.size:
        return facts
    distinct = np.unique(flat)
    facts.update(
        low=float(flat.min()),
        high=float(flat.max()),
        std=float(flat.std()),
        rms=float(np.sqrt(np.mean(flat**2))),
        distinct=len(distinct),
        part_whole=float(np.mean(flat == np.round(flat))),
        negative=float(np.mean(flat < -1e-3)),
        above_one=float(np.mean(flat > 1 + 1e-3)),
        below_minus_one=float(np.mean(flat < -1 - 1e-3)),
    )
    if y.ndim > 1 and y.shape[-1] > 1:
        sums = y.reshape(-1, y.shape[-1]).sum(-1)
        facts["sums_not_one"] = float(np.mean(np.abs(sums - 1) > 0.02))
    classes = _heads.labels(head, y)
    if classes is None or not classes.size:
        return facts
    _, counts = np.unique(classes, return_counts=True)
    facts.update(
        classes=len(counts),
        top_class=int(classes.max()),
        low_class=int(classes.min()),
        majority=float(counts.max() / counts.sum()),
        minority=float(counts.min() / counts.sum()),
        per_row=int(classes.size // len(y)),
        order=_order(classes) if classes.size == len(y) else 1.0,
    )
    return facts


def _of_loss(head, output):
    """Loss of perfect and of mirrored predictions, where it is unknown."""
    if head.kind != "other":
        return {}
    rows = min(len(output), len(head.y))
    y, output = np.asarray(head.y[:rows]), output[:rows]
    if y.dtype.kind not in "iufb":
        return {}
    value = head.value(y, output)
    idle = np.std(y.astype(float)) == 0
    if value == head.value(1 - y, output) and (
        idle or np.isclose(value, [0, output.mean()]).any()
    ):
        return {"unused": True}  # the model computes its loss itself
    if idle:
        return {}
    shape = output.shape[1:]
    hot = _heads.perfect(head, y, shape)
    if hot is None:
        return {}
    perfect = head.value(y, hot.astype("float32"))
    constant = _heads.best_constant(head, y, shape)
    if not math.isfinite(perfect + constant):
        return {}
    middle = hot.mean(0, keepdims=True)
    if _heads.labels(head, y) is not None:
        middle = np.full_like(middle, 0.0 if head.logits else 0.5)
    mirrored = 2 * middle - hot
    return {
        "perfect": perfect,
        "constant": constant,
        "mirrored": head.value(y, mirrored.astype("float32")),
        # Of the same predictions for the targets of other inputs.
        "blind": head.value(np.roll(y, len(y) // 2, 0), output) == value,
    }


def _columns(head, output):
    """Columns of the targets, where they are compared with the outputs'."""
    y = np.asarray(head.y)
    same = head.kind != "sparse" and y.ndim == output.ndim > 1
    return int(y.shape[-1]) if same else head.width


def _order(classes):
    """How much more chunks differ than by chance: about 1 if shuffled."""
    number = len(classes) // CHUNK
    if number < 6:
        return 1.0
    chunks = classes[: number * CHUNK].reshape(number, CHUNK).astype(float)
    within = chunks.var(1, ddof=1).mean()
    between = CHUNK * chunks.mean(1).var(ddof=1)
    return float(min(between / max(within, 1e-3), 1e6))


def _spread(head, y, numbers):
    """Deviation of the outputs over inputs: of probabilities, or over y's."""
    rows = len(numbers)
    if rows < 2:
        return math.nan
    if head.kind in _heads.ENTROPIES:
        if head.logits and head.width > 1:
            shifted = numbers - numbers.max(-1, keepdims=True)
            numbers = np.exp(shifted)
            numbers = numbers / numbers.sum(-1, keepdims=True)
        elif head.logits:
            numbers = 1 / (1 + np.exp(-np.clip(numbers, -50, 50)))
        return float(numbers.reshape(rows, -1).std(0).max())
    scale = np.asarray(y, float).reshape(rows, -1).std(0).max()
    spread = numbers.reshape(rows, -1).std(0).max()
    return float(spread / scale) if scale else math.nan


def _rare_recall(head, y, output):
    """How many inputs of rare classes are told rightly."""
    classes = _heads.labels(head, y)
    if classes is None or classes.size != len(y):
        return {}
    kinds, counts = np.unique(classes, return_counts=True)
    rare = kinds[counts * RARE <= counts.max()]
    if not rare.size or len(kinds) > MANY:
        return {}
    named = _heads.predicted(head, output)
    which = np.isin(classes, rare)
    if named.shape != classes.shape:
        return {}
    return {
        "rare": int(which.sum()),
        "rare_classes": len(rare),
        "rare_recall": float(np.mean(named[which] == classes[which])),
    }

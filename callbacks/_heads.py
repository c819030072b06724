"""What the compiled loss asks of each output, tried out on a sample.

A loss is understood by its name where it is Keras's, and by its values where
it is not: what it gives to perfect, constant and present predictions.
"""

import dataclasses
import math
from typing import Any

import keras
import numpy as np

NAMES = {
    "categorical_crossentropy": "categorical",
    "categorical_focal_crossentropy": "categorical",
    "sparse_categorical_crossentropy": "sparse",
    "binary_crossentropy": "binary",
    "binary_focal_crossentropy": "binary",
    "mean_squared_error": "squared",
    "mean_absolute_error": "absolute",
    "mean_absolute_percentage_error": "relative",
    "mean_squared_logarithmic_error": "relative",
    "huber": "squared",
    "log_cosh": "squared",
}
ENTROPIES = ("categorical", "sparse", "binary")
DISTANCES = ("squared", "absolute")
ROWS = 1024  # of the targets, for the losses of constant predictions
LOGIT = 4.0  # of a class that is likely, also under label smoothing
TINY = 1e-7


@dataclasses.dataclass
class Head:
    """One output and its loss.

    Attributes:
        name: Name of the output.
        index: Its place among the outputs.
        kind: Kind of the loss: "categorical", "sparse", "binary", "squared",
            "absolute", "relative", or "other".
        logits: Whether the loss is told that it gets logits.
        summed: Whether it adds up a batch where others take the mean.
        weight: Its share in the whole loss.
        loss: The `keras.losses.Loss`.
        width: Units of the output.
        y: Targets of the sample, or None.
    """

    name: str
    index: int
    kind: str
    logits: bool
    summed: bool
    weight: float
    loss: Any
    width: int
    y: Any

    def value(self, y, predictions) -> float:
        """The loss of `predictions`; NaN where it cannot be had."""
        try:
            value = self.loss(
                keras.ops.convert_to_tensor(y),
                keras.ops.convert_to_tensor(predictions),
            )
            value = float(np.mean(keras.ops.convert_to_numpy(value)))
        except Exception:  # a loss of the user's that wants something else
            return math.nan
        return value


def heads(model, targets, outputs, activations):
    """The `Head`s of a compiled model; none where its loss is not understood.

    Args:
        model: A model that has trained.
        targets: Structure of the sample's targets.
        outputs: The model's outputs on it, flat.
        activations: The last activation of each.
    """
    compiled = getattr(model, "_compile_loss", None)
    losses = getattr(compiled, "_flat_losses", None)
    if not losses or targets is None:
        return []
    flat = keras.tree.flatten(targets)
    if len(flat) != len(outputs) or len(losses) > len(flat):
        return []
    found = []
    for number, (path, loss, weight, name) in enumerate(losses):
        index = number
        if len(losses) < len(flat):
            if not path or not isinstance(path[-1], int):
                return []
            index = path[-1]
        shape = outputs[index].shape
        kwargs = getattr(loss, "_fn_kwargs", {})
        fn = getattr(loss, "fn", None)
        found.append(
            Head(
                str(name),
                index,
                NAMES.get(getattr(fn, "__name__", ""), "other"),
                bool(kwargs.get("from_logits", False)),
                False,
                1.0 if weight is None else float(weight),
                loss,
                int(shape[-1]) if len(shape) > 1 else 1,
                flat[index],
            )
        )
    for head in found:
        head.summed = _grows(head, outputs[head.index])
        if head.kind == "other":  # it takes what the model gives
            bounded = activations[head.index] in ("softmax", "sigmoid")
            head.logits = not bounded and labels(head, head.y) is not None
    return found


def _grows(head, outputs):
    """Whether the loss of a batch twice as large is twice as large."""
    rows = min(len(outputs), len(head.y), 8)
    y, p = head.y[:rows], outputs[:rows]
    one = head.value(y, p)
    two = head.value(np.concatenate([y, y]), np.concatenate([p, p]))
    if not math.isfinite(one + two) or abs(one) < TINY:
        return False
    return abs(two / one - 2) < 0.01


def labels(head, y):
    """Class of each target as a flat array of ints; None of a regression.

    One-hot rows count as classes, and whole numbers that the loss, or the
    number of outputs, takes for such.
    """
    y = np.asarray(y)
    if y.size == 0 or y.dtype.kind not in "iufb":
        return None
    if head.kind == "sparse":
        return _whole(y.reshape(-1))
    if y.ndim > 1 and y.shape[-1] > 1:
        rows = y.reshape(-1, y.shape[-1])
        hot = np.isin(rows, (0, 1)).all() and (rows.sum(1) == 1).all()
        return rows.argmax(1) if hot else None
    if head.kind == "binary" or np.isin(y, (0, 1)).all():
        return _whole(y.reshape(-1))
    if head.kind == "other" and head.width > 1:
        classes = _whole(y.reshape(-1))
        fits = classes is not None and classes.min() >= 0
        return classes if fits and classes.max() < head.width else None
    return None


def _whole(values):
    if not np.isfinite(values).all() or (values != np.round(values)).any():
        return None
    return values.astype(np.int64)


def frequencies(classes, width):
    """Share of each class."""
    classes = classes[(classes >= 0) & (classes < max(width, 2))]
    counts = np.bincount(classes, minlength=max(width, 2))
    return counts / max(counts.sum(), 1)


def constants(head, y, shape):
    """Predictions that are the same for each input, good ones first.

    Args:
        head: The `Head`.
        y: Targets.
        shape: Shape of an output for one input.
    """
    classes = labels(head, y)
    exclusive = head.kind in ("sparse", "categorical", "other")
    if classes is not None and head.width > 1 and exclusive:
        share = np.maximum(frequencies(classes, head.width), TINY)
        share = share / share.sum()
        yield np.broadcast_to(share, (len(y), *shape)), False
        yield np.broadcast_to(np.log(share), (len(y), *shape)), True
        return
    flat = y.reshape(len(y), -1).astype(np.float64)
    if flat.shape[1] != int(np.prod(shape)):
        return
    axis = 0 if len(shape) < 2 else None
    for middle in (flat.mean(axis), np.median(flat, axis)):
        if axis is None and shape[-1] > 1:
            middle = y.reshape(-1, shape[-1]).mean(0)
        full = np.broadcast_to(middle, (len(y), *shape))
        yield full, False
        if head.logits:
            p = np.clip(full, TINY, 1 - TINY)
            yield np.log(p / (1 - p)), True


def constant_loss(head, y, output):
    """The least loss that a constant prediction gives on `y`; or NaN."""
    y = y[:: -(-len(y) // ROWS)] if len(y) > ROWS else y
    value = best_constant(head, y, output.shape[1:])
    return value / len(y) if head.summed else value


def best_constant(head, y, shape):
    """The least value of the loss itself over `constants`; or NaN."""
    values = [
        head.value(y, p.astype("float32"))
        for p, is_logit in constants(head, y, shape)
        if is_logit == head.logits
    ]
    return min(filter(math.isfinite, values), default=math.nan)


def perfect(head, y, shape):
    """The targets themselves as a prediction, or None."""
    y = np.asarray(y)
    if int(np.prod(y.shape[1:])) == int(np.prod(shape)) and (
        head.kind != "sparse" or head.width == 1
    ):
        p = y.reshape((len(y), *shape)).astype("float32")
        if head.logits:
            p = np.where(p > 0.5, LOGIT, -LOGIT).astype("float32")
        return p
    classes = labels(head, y)
    if classes is None or head.width < 2 or classes.max() >= head.width:
        return None
    if classes.size != len(y) * int(np.prod(shape[:-1])):
        return None
    hot = np.eye(head.width, dtype="float32")[np.maximum(classes, 0)]
    hot = hot.reshape((len(y), *shape))
    return hot * 2 * LOGIT - LOGIT if head.logits else hot


def accuracy(head, y, predictions):
    """Share of the targets' classes that `predictions` name; or NaN."""
    classes = labels(head, y)
    if classes is None:
        return math.nan
    named = predicted(head, predictions)
    return (
        float(np.mean(named == classes))
        if named.shape == classes.shape
        else math.nan
    )


def predicted(head, predictions):
    """The class that each prediction names."""
    if head.width > 1:
        return predictions.reshape(-1, head.width).argmax(1)
    return (predictions.reshape(-1) > (0.0 if head.logits else 0.5)).astype(int)

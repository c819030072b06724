"""Remedies that need no other architecture, and what each does to a training.

A remedy is made for an `Issue`; where it does not fit (no schedule can be
multiplied, a clipped training needs no clipping), there is none.
"""

import collections.abc
import dataclasses
from typing import Any

import keras
import numpy as np

from zoo.callbacks import _naming, _scaling, _watched
from zoo.callbacks._quantities import UNITS
from zoo.callbacks._tap import inner

USUAL = 1e-3  # change of a kernel in a step, of its norm
MOST = 1e6  # times that a rate is changed at once
CLIP = 1.0
WEAKER = 0.01
DECAY = 0.05  # decoupled, of AdamW; multiplied by the rate
SEED = 20


def nothing():
    """What needs no more than the weights of before."""


@dataclasses.dataclass(frozen=True)
class Remedy:
    """Something to try.

    Attributes:
        text: What it does, with its numbers.
        apply: Does it.
        undo: Takes back what is no variable of model or optimizer.
        finish: What is to be done once the training has ended with it.
        traced: Whether the step has to be traced anew.
    """

    text: str
    apply: collections.abc.Callable[[], Any]
    undo: collections.abc.Callable[[], Any] = nothing
    finish: collections.abc.Callable[[], Any] = nothing
    traced: bool = True


def rate(factor=None):
    """A learning rate `factor` times as high; None: as was measured."""

    def make(case):
        optimizer = inner(case.model.optimizer)
        if not isinstance(
            getattr(optimizer, "_learning_rate", None), keras.Variable
        ):
            return None  # a schedule, or several
        times = factor or _measured(case.issue)
        if times is None:
            return None
        old = float(keras.ops.convert_to_numpy(optimizer.learning_rate))
        new = old * times
        return Remedy(
            f"a learning rate of {new:.2g} in place of {old:.2g}",
            lambda: optimizer.learning_rate.assign(new),
            traced=False,
        )

    return make


def _measured(issue):
    """How many times the rate, so that a step changes kernels as usual."""
    ratio = issue.evidence.get("median", issue.evidence.get("update_ratio"))
    if not ratio or not np.isfinite(ratio):
        return None
    times = float(np.clip(USUAL / ratio, 1 / MOST, MOST))
    return float(f"{times:.1g}")


def clipping(case):
    """The norm of all gradients together is clipped."""
    optimizer = inner(case.model.optimizer)
    names = ("clipnorm", "clipvalue", "global_clipnorm")
    if any(getattr(optimizer, name, None) for name in names):
        return None
    return _attribute(
        optimizer, "global_clipnorm", CLIP, f"global_clipnorm={CLIP}"
    )


def weaker_regularization(case):
    """Penalties and weight decay of a hundredth."""
    optimizer = inner(case.model.optimizer)
    decay = getattr(optimizer, "weight_decay", None)
    regularizers = {
        id(r): r
        for v in case.model.trainable_variables
        if (r := getattr(v, "regularizer", None)) is not None
    }
    held = [
        (r, name, getattr(r, name))
        for r in regularizers.values()
        for name in ("l1", "l2", "factor")
        if getattr(r, name, None) is not None
    ]
    if not decay and not held:
        return None

    def scale(factor):
        if decay:
            optimizer.weight_decay = decay * factor
        for regularizer, name, value in held:
            setattr(regularizer, name, value * factor)

    return Remedy(
        f"weight regularization multiplied by {WEAKER}",
        lambda: scale(WEAKER),
        lambda: scale(1.0),
    )


def weight_decay(case):
    """Decoupled weight decay."""
    optimizer = inner(case.model.optimizer)
    if not hasattr(optimizer, "weight_decay") or optimizer.weight_decay:
        return None
    return _attribute(optimizer, "weight_decay", DECAY, f"weight_decay={DECAY}")


def class_weights(case):
    """Each class counts as much as the others, whatever its frequency."""
    shares = case.frequencies()
    if shares is None:
        return None
    shares = np.asarray(shares, "float32")
    number = np.count_nonzero(shares)
    weights = np.where(shares > 0, 1 / (number * np.maximum(shares, 1e-9)), 0)
    weights = weights.astype("float32")

    def weigh(data):
        x, y, given = keras.utils.unpack_x_y_sample_weight(data)
        if given is not None:
            return data
        ops = keras.ops
        if y.shape[-1] == len(weights) and len(y.shape) > 1:
            given = ops.sum(ops.cast(y, "float32") * weights, -1)
        else:
            numbers = ops.cast(y, "int32")
            if len(y.shape) > 1 and y.shape[-1] == 1:
                numbers = numbers[..., 0]
            given = ops.take(ops.convert_to_tensor(weights), numbers)
        return x, y, given

    changes = _watched.of(case.model).changes

    def stop():
        if weigh in changes:
            changes.remove(weigh)

    shown = ", ".join(f"{i}: {w:.3g}" for i, w in enumerate(weights[:5]))
    return Remedy(
        f"class_weight={{{shown}{', …' if len(weights) > 5 else ''}}}",
        lambda: changes.append(weigh),
        stop,
        stop,
    )


def scaled_inputs(case):
    """Mean 0 and deviation 1 of what the first layers take."""
    layers = {
        _naming.layer_name(layer): layer
        for layer in case.model._flatten_layers()
    }
    columns = case.columns()
    entries = case.facts.get("entries", {})
    if len(columns) != 1 or len(entries) != 1:
        return None
    (column,), ((name, entry),) = columns, entries.items()
    layer = layers.get(name)
    if layer is None or not case.takes_inputs(entry, column):
        return None
    scaling = _scaling.scaling(layer, column.mean, column.std)
    if scaling is None:
        return None
    scaling.remove()
    return Remedy(
        "inputs scaled to mean 0 and deviation 1 while it trains; at the "
        f"end {layer.name}'s weights take that over",
        scaling.put,
        scaling.remove,
        scaling.fold,
    )


def averages(case):
    """Moving averages that follow within an epoch."""
    layers = [
        layer
        for layer in case.model._flatten_layers()
        if hasattr(layer, "moving_mean") and hasattr(layer, "momentum")
    ]
    old = [layer.momentum for layer in layers]
    steps = max(case.steps, 1)
    new = float(np.clip(1 - 5 / steps, 0.5, 0.9))
    if not layers or max(old) <= new:
        return None

    def put(values):
        for layer, value in zip(layers, values, strict=True):
            layer.momentum = value

    return Remedy(
        f"momentum={new:.2g} of the moving averages",
        lambda: put([min(m, new) for m in old]),
        lambda: put(old),
    )


def initialization(case):
    """New weights: He normal, which is made for ReLUs, or Glorot uniform."""
    layers = [
        layer
        for layer in case.model._flatten_layers()
        if isinstance(layer, UNITS) and layer.built and layer.trainable
    ]
    if not layers:
        return None

    def apply():
        for seed, layer in enumerate(layers, SEED):
            kinds = keras.initializers
            makes = kinds.HeNormal if _fires(layer) else kinds.GlorotUniform
            layer.kernel.assign(makes(seed)(layer.kernel.shape))
            if layer.use_bias:
                layer.bias.assign(keras.ops.zeros_like(layer.bias))

    return Remedy(
        "weights drawn anew (he_normal before ReLUs, else glorot_uniform; "
        "zero biases)",
        apply,
        traced=False,
    )


def _fires(layer):
    """Whether a ReLU, or a function like one, may stand behind it."""
    name = getattr(layer.activation, "__name__", "")
    return name not in ("sigmoid", "tanh", "softmax")


def unfreezing(case):
    """What is frozen trains, with an optimizer of the same settings."""
    frozen = [
        layer
        for layer in case.model._flatten_layers(include_self=False)
        if not layer.trainable and layer._trainable_variables
    ]
    if not frozen:
        return None
    model, old = case.model, case.model.optimizer

    def apply():
        for layer in frozen:
            layer.trainable = True
        model.optimizer = type(old).from_config(old.get_config())
        model.optimizer.build(model.trainable_variables)

    def undo():
        model.optimizer = old
        for layer in frozen:
            layer.trainable = False

    names = ", ".join(layer.name for layer in frozen[:3])
    more = ", …" if len(frozen) > 3 else ""
    return Remedy(f"trainable = True of {names}{more}", apply, undo)


def _attribute(thing, name, value, text):
    old = getattr(thing, name, None)
    return Remedy(
        text,
        lambda: setattr(thing, name, value),
        lambda: setattr(thing, name, old),
    )

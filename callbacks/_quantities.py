"""Quantities: what is read off the model itself after each epoch."""

import collections.abc
import dataclasses
import math

import keras
import numpy as np

from zoo.callbacks import _naming

# After so many time constants a moving average has followed the training.
SETTLED_AFTER = 5


@dataclasses.dataclass(frozen=True)
class Quantity:
    """Something that a TrainingDoctor reads off the model after each epoch.

    Args:
        name: Its key in the records. Rules find it there, `path` and
            `log_dir` write it.
        read: Function of the model that returns {statistic: number}, or
            {name: {statistic: number}} for a quantity of each layer, weight
            or the like.

    Example:
        >>> from zoo.callbacks import Quantity
        >>> size = Quantity("size", lambda model: {"layers": len(model.layers)})
        >>> size.name
        'size'
    """

    name: str
    read: collections.abc.Callable[[keras.Model], dict]


def quantity(name: str):
    """Decorator that makes a `Quantity` of a function of the model.

    Example:
        >>> import keras
        >>> from zoo.callbacks import TrainingDoctor, quantity
        >>> @quantity("biases")
        ... def biases(model):
        ...     return {v.path: {"largest": float(abs(v.numpy()).max())}
        ...             for v in model.weights if v.name == "bias"}
        >>> doctor = TrainingDoctor(quantities=[biases])
    """
    return lambda read: Quantity(name, read)


def read(quantities, model):
    """{name: what it reads} of each quantity.

    Raises:
        TypeError: A quantity returned something else than numbers by name.
    """
    return {q.name: _checked(q.name, q.read(model)) for q in quantities}


@quantity("weights")
def weights(model):
    """Norm of each kernel; frozen ones too, for they may be so by mistake.

    Of dense layers and convolutions that train also `unit_spread`: how far
    the weights of units differ from those of the first, over the largest.
    """
    owners = {
        id(v): layer
        for layer in model._flatten_layers()
        for v in layer._trainable_variables
        if _naming.is_kernel(layer, v)
    }
    trainable = model.trainable_variables
    named = {id(v) for v in trainable}
    # Names that the gradients have, too.
    every = [*trainable, *(v for v in model.weights if id(v) not in named)]
    paths = dict(zip(map(id, every), _naming.unique_paths(every), strict=True))
    entries = {}
    for variable in model.weights:
        if id(variable) not in owners or "float" not in str(variable.dtype):
            continue
        value = np.asarray(keras.ops.convert_to_numpy(variable), "float32")
        entry = {
            "norm": float(np.linalg.norm(value)),
            "trainable": bool(variable.trainable),
            "size": int(value.size),
        }
        layer = owners[id(variable)]
        if entry["trainable"] and isinstance(layer, UNITS):
            units = value.reshape(-1, value.shape[-1])
            if units.shape[1] > 1:
                apart = np.abs(units - units[:, :1]).max()
                largest = np.abs(units).max()
                entry["unit_spread"] = (
                    float(apart / largest) if largest else 0.0
                )
        entries[paths[id(variable)]] = entry
    return entries


UNITS = (
    keras.layers.Dense,
    keras.layers.Conv1D,
    keras.layers.Conv2D,
    keras.layers.Conv3D,
)
DROPOUTS = (
    keras.layers.Dropout,
    keras.layers.SpatialDropout1D,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
    keras.layers.AlphaDropout,
    keras.layers.GaussianDropout,
)


@quantity("dropout")
def dropout(model):
    """Rate of each layer that drops units, recurrent and attention too."""
    rates = [(x, _rate(x)) for x in model._flatten_layers()]
    rates = [(layer, rate) for layer, rate in rates if rate is not None]
    names = _naming.unique([_naming.layer_name(layer) for layer, _ in rates])
    return {
        name: {"rate": rate}
        for name, (_, rate) in zip(names, rates, strict=True)
    }


def _rate(layer):
    if isinstance(layer, DROPOUTS):
        return float(layer.rate)
    if not isinstance(
        layer, (keras.layers.LSTM, keras.layers.GRU, keras.layers.SimpleRNN)
    ):
        return None
    rates = (layer.dropout, layer.recurrent_dropout)
    return float(max(rates)) if any(rates) else None


def learning_rate(optimizer):
    """The learning rate, or NaN where there is no single one."""
    try:
        return float(keras.ops.convert_to_numpy(optimizer.learning_rate))
    except (AttributeError, TypeError, ValueError):
        return math.nan


def settled(model):
    """Whether moving averages have followed the training.

    Until then validation shows old averages, not the network.
    """
    iterations = getattr(model.optimizer, "iterations", None)
    steps = (
        0 if iterations is None else int(keras.ops.convert_to_numpy(iterations))
    )
    return all(
        steps * (1 - layer.momentum) >= SETTLED_AFTER
        for layer in model._flatten_layers()
        if hasattr(layer, "moving_mean") and hasattr(layer, "momentum")
    )


def _checked(name, values, depth=2):
    """`values` as plain numbers."""
    if isinstance(values, dict) and depth:
        return {
            str(key): _checked(name, value, depth - 1)
            for key, value in values.items()
        }
    if isinstance(values, (bool, int)):
        return values
    try:
        return float(values)  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError):
        raise TypeError(
            f"The quantity {name!r} must return {{statistic: number}} or "
            "{name: {statistic: number}}; received "
            f"{type(values).__name__}: {values!r:.60}."
        ) from None

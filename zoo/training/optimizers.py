"""Optimizers and learning rates by name."""

import ast
import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import keras

from zoo._choices import did_you_mean
from zoo.training import (
    adaptive_clipping,
    l2 as penalties,
    layer_rates,
    schedules,
)
from zoo.training.errors import UserError

ADAM_RATE = 0.003  # trains the small networks here faster than Keras's 0.001
# Arguments that other options give.
_TAKEN = (
    "learning_rate", "weight_decay", "global_clipnorm", "use_ema",
    "ema_momentum", "gradient_accumulation_steps", "name", "kwargs",
)  # fmt: skip
_NO_OPTIMIZERS = ("Optimizer", "LossScaleOptimizer", "MultiOptimizer")

OPTIMIZERS = {
    name.lower(): value
    for name, value in vars(keras.optimizers).items()
    if isinstance(value, type)
    and issubclass(value, keras.optimizers.Optimizer)
    and name not in _NO_OPTIMIZERS
}
# Names for what is an argument in Keras.
_ARGUMENTS = {
    "momentum": ("sgd", {"momentum": 0.9}),
    "nesterov": ("sgd", {"momentum": 0.9, "nesterov": True}),
}


def names() -> list[str]:
    """What `make` accepts, sorted."""
    return sorted([*OPTIMIZERS, *_ARGUMENTS])


def check(name: str) -> None:
    """Raises a UserError with the nearest names if there is no `name`."""
    if name not in names():
        raise UserError(
            f"--optimizer={name} is not one of {', '.join(names())}."
            f"{did_you_mean(name, names(), most=3, show=str)}"
        )


def _class(name):
    """(class of Keras, its arguments) that a name stands for."""
    name, options = _ARGUMENTS.get(name, (name, {}))
    return OPTIMIZERS[name], options


def rate(name: str, given: float | None = None) -> float:
    """The learning rate that is given, or else an optimizer's default."""
    check(name)
    if given is not None:
        return given
    kind, _ = _class(name)
    if kind is keras.optimizers.Adam:
        return ADAM_RATE
    return float(keras.ops.convert_to_numpy(kind().learning_rate))


def make(
    name: str,
    *,
    steps: int,
    learning_rate: float | None = None,
    schedule: str = "constant",
    warmup_steps: int = 0,
    step_at: Sequence[int] = (),
    step_factor: float = 0.1,
    weight_decay: float | None = None,
    l2: float = 0.0,
    clip_norm: float | None = None,
    adaptive_clip: float | None = None,
    unclipped: Iterable[keras.Variable] = (),
    frozen: Iterable[keras.Variable] = (),
    rates: Mapping[str, float] | None = None,
    ema: float = 0.0,
    accumulate: int = 1,
    arguments: Mapping[str, Any] | None = None,
) -> keras.optimizers.Optimizer:
    """A new optimizer.

    Args:
        name: One of `names()`: Keras's, "momentum" or "nesterov".
        steps: Steps of the whole training, which the schedule spans.
        learning_rate: Highest learning rate. None: 0.003 for adam, else
            Keras's default.
        schedule, warmup_steps, step_at, step_factor: What `schedules.make`
            calls kind, warmup, at and factor.
        weight_decay: Weight decay. None: Keras's default.
        l2: Weight of the L2 penalty, which is added to the gradient.
        clip_norm: Norm to which longer gradients, of all weights together,
            are cut. None: no bound.
        adaptive_clip: Norm to which the longer gradient of a unit, such as a
            filter, is cut, as a share of that of its weights. None: no bound.
        unclipped: Variables whose gradients `adaptive_clip` leaves alone.
        frozen: Variables that weight decay and the penalty leave alone.
        rates: {path of a variable: its rate as a share of the learning
            rate}. None: all have it.
        ema: Share of the old value in moving averages of the weights, which
            the optimizer keeps beside them; 0: none.
        accumulate: Steps whose gradients are averaged for one update.
        arguments: Further arguments of the optimizer's class.

    Returns:
        A `keras.optimizers.Optimizer`.

    Raises:
        UserError: There is no such optimizer; names the nearest.

    Example:
        >>> from zoo.training import optimizers
        >>> optimizers.make("nesterov", steps=100, learning_rate=0.1).nesterov
        True
    """
    learning_rate = rate(name, learning_rate)
    kind, options = _class(name)
    options = {**options, **(arguments or {})}
    if rates is not None:
        kind = layer_rates.with_rates(kind)
        options["rates"] = rates
    if l2:
        kind = penalties.with_l2(kind)
        options["l2"] = l2
    if adaptive_clip is not None:
        kind = adaptive_clipping.with_clipping(kind)
        options["adaptive_clip"] = adaptive_clip
        options["unclipped"] = [variable.path for variable in unclipped]
    if ema:
        options |= {"use_ema": True, "ema_momentum": ema}
    if accumulate > 1:
        options["gradient_accumulation_steps"] = accumulate
    if weight_decay is not None:
        options["weight_decay"] = weight_decay
    optimizer = kind(
        schedules.make(
            schedule, learning_rate, steps, warmup_steps, step_at, step_factor
        ),
        global_clipnorm=clip_norm,
        **options,
    )
    frozen = list(frozen)
    if (optimizer.weight_decay or l2) and frozen:
        optimizer.exclude_from_weight_decay(var_list=frozen)
    return optimizer


def arguments(name: str, text: str) -> dict[str, Any]:
    """The arguments of an optimizer that a text such as "rho=0.9" gives.

    Args:
        name: One of `names()`.
        text: NAME=VALUE with commas between them; may be empty.

    Raises:
        UserError: The optimizer has no such argument, another option gives
            it, or its value is no number or truth value.

    Example:
        >>> from zoo.training import optimizers
        >>> optimizers.arguments("rmsprop", "rho=0.9,epsilon=1.0,centered=True")
        {'rho': 0.9, 'epsilon': 1.0, 'centered': True}
    """
    check(name)
    kind, _ = _class(name)
    known = [n for n in inspect.signature(kind).parameters if n not in _TAKEN]
    found = {}
    for part in filter(None, text.split(",")):
        key, _, value = (word.strip() for word in part.partition("="))
        if key not in known:
            raise UserError(
                f"--optimizer_arguments={text}: {name} has no argument {key!r} "
                f"to set here; it has {', '.join(known)}."
                f"{did_you_mean(key, known)}"
            )
        try:
            found[key] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            found[key] = None
        if not isinstance(found[key], (bool, int, float)):
            raise UserError(
                f"--optimizer_arguments={text}: {key} must be a number, True "
                f"or False; received {value!r}."
            )
    return found

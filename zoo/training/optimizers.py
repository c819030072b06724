"""Optimizers and learning rates by name."""

import math
from collections.abc import Iterable, Mapping

import keras

from zoo._choices import did_you_mean
from zoo.training import layer_rates
from zoo.training.errors import UserError

SCHEDULES = ("cosine", "restarts", "step", "constant")
CYCLES = 3  # of "restarts"
ADAM_RATE = 0.003  # trains the small networks here faster than Keras's 0.001
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


def rate(name: str, given: float | None = None) -> float:
    """The learning rate that is given, or else an optimizer's default."""
    check(name)
    if given is not None:
        return given
    kind = OPTIMIZERS[_ARGUMENTS.get(name, (name,))[0]]
    adam = kind is keras.optimizers.Adam
    return ADAM_RATE if adam else float(kind().learning_rate)


def make(
    name: str,
    *,
    steps: int,
    learning_rate: float | None = None,
    schedule: str = "constant",
    warmup_steps: int = 0,
    weight_decay: float | None = None,
    clip_norm: float | None = None,
    frozen: Iterable[keras.Variable] = (),
    rates: Mapping[str, float] | None = None,
    ema: float = 0.0,
    accumulate: int = 1,
) -> keras.optimizers.Optimizer:
    """A new optimizer.

    Args:
        name: One of `names()`: Keras's, "momentum" or "nesterov".
        steps: Steps of the whole training, which the schedule spans.
        learning_rate: Highest learning rate. None: 0.003 for adam, else
            Keras's default.
        schedule: "constant", "cosine" (to 0), "restarts" (three cosines, each
            twice as long as the one before), or "step" (to a tenth after 1/2
            and after 3/4 of the training).
        warmup_steps: Steps during which the rate rises linearly from 0; with
            "step" it is a tenth of the rate, as He et al. 2015 begin.
        weight_decay: Weight decay. None: Keras's default.
        clip_norm: Norm to which longer gradients, of all weights together,
            are cut. None: no bound.
        frozen: Variables that weight decay leaves alone.
        rates: {path of a variable: its rate as a share of the learning
            rate}. None: all have it.
        ema: Share of the old value in moving averages of the weights, which
            the optimizer keeps beside them; 0: none.
        accumulate: Steps whose gradients are averaged for one update.

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
    name, options = _ARGUMENTS.get(name, (name, {}))
    kind = OPTIMIZERS[name]
    if rates is not None:
        kind = layer_rates.with_rates(kind)
        options = {**options, "rates": rates}
    if ema:
        options = {**options, "use_ema": True, "ema_momentum": ema}
    if accumulate > 1:
        options = {**options, "gradient_accumulation_steps": accumulate}
    if weight_decay is not None:
        options = {**options, "weight_decay": weight_decay}
    optimizer = kind(
        _schedule(schedule, learning_rate, steps, warmup_steps),
        global_clipnorm=clip_norm,
        **options,
    )
    frozen = list(frozen)
    if optimizer.weight_decay and frozen:
        optimizer.exclude_from_weight_decay(var_list=frozen)
    return optimizer


def _schedule(kind, rate, steps, warmup):
    schedules = keras.optimizers.schedules
    if kind == "step":
        warm = [warmup] if warmup else []
        return schedules.PiecewiseConstantDecay(
            [*warm, steps // 2, steps * 3 // 4],
            [*([rate / 10] * len(warm)), rate, rate / 10, rate / 100],
        )
    if kind == "restarts":
        if warmup:
            raise UserError("--schedule=restarts goes without --warmup_epochs.")
        first = max(1, math.ceil(steps / sum(2**i for i in range(CYCLES))))
        return schedules.CosineDecayRestarts(rate, first, t_mul=2.0)
    if kind == "constant" and not warmup:
        return rate
    return schedules.CosineDecay(
        0.0 if warmup else rate,
        max(1, steps - warmup),
        alpha=1.0 if kind == "constant" else 0.0,
        warmup_target=rate if warmup else None,
        warmup_steps=warmup,
    )

"""Optimizers and learning rates by name."""

from collections.abc import Iterable

import keras

from zoo._choices import did_you_mean
from zoo.training.errors import UserError

SCHEDULES = ("cosine", "constant", "step")
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
) -> keras.optimizers.Optimizer:
    """A new optimizer.

    Args:
        name: One of `names()`: Keras's, "momentum" or "nesterov".
        steps: Steps of the whole training, which the schedule spans.
        learning_rate: Highest learning rate. None: 0.003 for adam, else
            Keras's default.
        schedule: "constant", "cosine" (to 0), or "step" (to a tenth after 1/2
            and after 3/4 of the training).
        warmup_steps: Steps during which the rate rises linearly from 0; with
            "step" it is a tenth of the rate, as He et al. 2015 begin.
        weight_decay: Weight decay. None: Keras's default.
        clip_norm: Norm to which longer gradients, of all weights together,
            are cut. None: no bound.
        frozen: Variables that weight decay leaves alone.

    Returns:
        A `keras.optimizers.Optimizer`.

    Raises:
        UserError: There is no such optimizer; names the nearest.

    Example:
        >>> from zoo.training import optimizers
        >>> optimizers.make("nesterov", steps=100, learning_rate=0.1).nesterov
        True
    """
    check(name)
    name, options = _ARGUMENTS.get(name, (name, {}))
    kind = OPTIMIZERS[name]
    if learning_rate is None:
        adam = kind is keras.optimizers.Adam
        learning_rate = ADAM_RATE if adam else float(kind().learning_rate)
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
    if kind == "constant" and not warmup:
        return rate
    return schedules.CosineDecay(
        0.0 if warmup else rate,
        max(1, steps - warmup),
        alpha=1.0 if kind == "constant" else 0.0,
        warmup_target=rate if warmup else None,
        warmup_steps=warmup,
    )

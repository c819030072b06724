"""The course of the learning rate, by name."""

import math
from collections.abc import Sequence

import keras

from zoo.training.errors import UserError

CYCLES = 3  # of "restarts"


@keras.saving.register_keras_serializable(package="zoo")
class Warmup(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that rises linearly from 0, and then follows a schedule.

    The schedule counts its steps from the first one of the training, so that
    it stands where it would stand without the warmup.

    Args:
        schedule: A `keras.optimizers.schedules.LearningRateSchedule`.
        steps: Number of steps that the rise takes, at least 1.

    Example:
        >>> import keras
        >>> from zoo.training import schedules
        >>> decay = keras.optimizers.schedules.ExponentialDecay
        >>> falls = decay(1.0, 4, 0.5, staircase=True)
        >>> warm = schedules.Warmup(falls, 2)
        >>> [float(warm(step)) for step in range(5)]
        [0.0, 0.5, 1.0, 1.0, 0.5]
    """

    def __init__(self, schedule, steps: int):
        super().__init__()
        self.schedule, self.steps = schedule, steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        share = keras.ops.minimum(step / self.steps, 1.0)
        return share * keras.ops.cast(self.schedule(step), "float32")

    def get_config(self):
        schedule = keras.saving.serialize_keras_object(self.schedule)
        return {"schedule": schedule, "steps": self.steps}

    @classmethod
    def from_config(cls, config):
        schedule = keras.saving.deserialize_keras_object(config["schedule"])
        return cls(schedule, config["steps"])


def make(
    kind: str,
    rate: float,
    steps: int,
    warmup: int = 0,
    at: Sequence[int] = (),
    factor: float = 0.1,
):
    """The schedule of a name, or the rate itself where it never changes.

    Args:
        kind: "constant", "cosine" or "linear" (to 0), "restarts" (three
            cosines, each twice as long as the one before), "step" (times
            `factor` after each of the steps `at`; default: after 1/2 and
            after 3/4 of the training) or "exponential" (times `factor` after
            every `at[0]` steps).
        rate: Highest learning rate.
        steps: Steps of the whole training.
        warmup: Steps during which the rate rises linearly from 0; with "step"
            it is a tenth of the rate, as He et al. 2015 begin.
        at, factor: See `kind`.

    Raises:
        UserError: The kind goes without a warmup, or needs `at`.
    """
    schedules = keras.optimizers.schedules
    if kind == "step":
        at = list(at or (steps // 2, steps * 3 // 4))
        rates = [rate * factor**n for n in range(len(at) + 1)]
        while at and at[0] <= warmup:  # before this phase of the training
            del at[0], rates[0]
        if warmup:
            at, rates = [warmup, *at], [rate / 10, *rates]
        return schedules.PiecewiseConstantDecay(at, rates) if at else rates[0]
    if kind == "restarts":
        if warmup:
            raise UserError("--schedule=restarts goes without --warmup_epochs.")
        first = max(1, math.ceil(steps / sum(2**i for i in range(CYCLES))))
        return schedules.CosineDecayRestarts(rate, first, t_mul=2.0)
    if kind == "linear":
        falls = schedules.PolynomialDecay(rate, max(1, steps), 0.0)
        return Warmup(falls, warmup) if warmup else falls
    if kind == "exponential":
        if not at:
            raise UserError(
                "--schedule=exponential needs --step_epochs, the epochs from "
                "one fall of the rate to the next."
            )
        falls = schedules.ExponentialDecay(
            rate, max(1, at[0]), factor, staircase=True
        )
        return Warmup(falls, warmup) if warmup else falls
    if kind == "constant" and not warmup:
        return rate
    return schedules.CosineDecay(
        0.0 if warmup else rate,
        max(1, steps - warmup),
        alpha=1.0 if kind == "constant" else 0.0,
        warmup_target=rate if warmup else None,
        warmup_steps=warmup,
    )

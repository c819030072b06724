"""Runs of a sweep that fall behind the others, and how they tell."""

import contextlib
import contextvars
import dataclasses
from collections.abc import Callable, Iterator

_tell: contextvars.ContextVar = contextvars.ContextVar("tell", default=None)


@dataclasses.dataclass(frozen=True)
class Asha:
    """Asynchronous successive halving, https://arxiv.org/abs/1810.05934.

    After `grace` epochs, `grace · factor`, `grace · factor²` … a run goes on if
    it is among the best 1/factor of those that came so far. Ray Tune decides,
    so that runs end early on Ray alone, and elsewhere go to their end.

    Attributes:
        metric: What is compared: a number of the rows that are reported, such
            as "validation_accuracy" where images are set apart, or
            "train_loss".
        mode: "max" where more is better, "min" where less is.
        grace: Epochs that each run has at least.
        factor: One run in how many goes on, above 1.
    """

    metric: str = "validation_accuracy"
    mode: str = "max"
    grace: int = 1
    factor: float = 3.0

    def __post_init__(self) -> None:
        if self.mode not in ("max", "min"):
            raise ValueError(f'mode must be "max" or "min", not {self.mode!r}.')
        if self.grace < 1 or self.factor <= 1:
            raise ValueError(
                "grace must be at least 1 and factor above 1; received "
                f"{self.grace} and {self.factor}."
            )


def report(epoch: int, row: dict) -> None:
    """Tells how a run stands; it may end here, and `row` is its result then.

    `runs.train` calls it after each epoch; a run that trains by itself does.

    Args:
        epoch: Epochs that are done.
        row: What the run would return if it ended now.
    """
    if (tell := _tell.get()) is not None:
        tell(epoch, row)


def is_asked() -> bool:
    """Whether somebody listens to `report`."""
    return _tell.get() is not None


@contextlib.contextmanager
def told_to(tell: Callable[[int, dict], None]) -> Iterator[None]:
    """Within it, `report` calls this function."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)

"""What a treatment is about: its issue, a trial, and what came of it."""

import dataclasses
from typing import Any

from zoo.callbacks import _heads
from zoo.callbacks._snapshot import Snapshot


@dataclasses.dataclass(frozen=True)
class Treatment:
    """A remedy that was tried.

    `epoch` and `length` count epochs, `epoch` from 0 as the records do; `text`
    from 1, as `fit` shows them.

    Attributes:
        cause: Name of the rule that found the issue.
        remedy: What was done.
        epoch: The first epoch with it.
        length: After how many it was judged.
        measure: What it was judged by: "val_loss", or without validation the
            loss on the probe, or the error of rare classes.
        before: That number after as many epochs without the remedy.
        after: The same with it.
        kept: Whether it was better, and so was kept.
        text: All of this, for people.

    Example:
        >>> from zoo.callbacks import TrainingDoctor
        >>> doctor = TrainingDoctor(treat=True)
        >>> doctor.treatments  # as long as nothing was tried
        []
    """

    cause: str
    remedy: str
    epoch: int
    length: int
    measure: str
    before: float
    after: float
    kept: bool
    text: str

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass
class Case:
    """An issue of a model, for what a remedy has to know.

    Attributes:
        model: The model.
        issue: The `Issue`.
        watch: The instruments.
    """

    model: Any
    issue: Any
    watch: Any

    @property
    def facts(self):
        """Facts of the start, as in the records."""
        return self.watch.facts

    @property
    def steps(self):
        """How many steps an epoch has; 0 if unknown."""
        return self.facts.get("start", {}).get("steps", 0)

    def frequencies(self):
        """Share of each class of the only output; None if unknown."""
        data, heads = self.watch.ledger.data(), self.watch.heads
        if data is None or data.weighted or len(heads) != 1:
            return None
        labels = data.labels[heads[0].index]
        classes = None if labels is None else _heads.labels(heads[0], labels)
        if classes is None or not classes.size:
            return None
        return _heads.frequencies(classes, heads[0].width)

    def columns(self):
        """Statistics of the training inputs' columns, of each array."""
        data = self.watch.ledger.data()
        return [] if data is None else data.inputs

    def takes_inputs(self, entry, column):
        """Whether a first layer takes the training inputs as they are."""
        slack = 1e-3 * max(abs(column.low.min()), abs(column.high.max()))
        return (
            entry["low"] >= column.low.min() - slack
            and entry["high"] <= column.high.max() + slack
            and entry["high"] - entry["low"]
            > 0.1 * (column.high.max() - column.low.min())
        )


@dataclasses.dataclass
class Trial:
    """A remedy that is being tried on the state `start`."""

    issue: Any
    remedy: Any
    start: Snapshot
    ill: Snapshot
    records: list  # of the training without it
    epoch: int
    length: int

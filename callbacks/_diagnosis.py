"""Turns records into a diagnosis: rules, what they find, and issues."""

import collections.abc
import dataclasses
from typing import Any

from zoo.callbacks._thresholds import Thresholds

SEVERITIES = ("error", "warning")
EVERYTHING = "everything"


@dataclasses.dataclass(frozen=True)
class Finding:
    """What a rule found.

    Args:
        layer: Path of the layer or variable; None where no single one is
            meant.
        epoch: Epoch, from 0 as in the records.
        step: Step of the epoch, from 0; None where no single one is meant.
        evidence: The numbers, {name: number}.
        text: A sentence with the numbers, for people.
        remedies: What helps against this finding, best first; without any,
            the rule's remedies.
    """

    layer: str | None
    epoch: int
    step: int | None
    evidence: dict[str, Any]
    text: str
    remedies: collections.abc.Sequence[str] = ()


@dataclasses.dataclass(frozen=True)
class Issue:
    """One cause: where, by which evidence, and what helps.

    `epoch` and `step` count from 0, as the records do; `text` from 1, as
    `fit` shows them.

    Attributes:
        cause: Name of the rule that found it.
        severity: "error" or "warning".
        layer: Path of the layer or variable, or None.
        epoch: Epoch, from 0.
        step: Step of the epoch, from 0, or None.
        evidence: {name: number}.
        text: Title, place, numbers and remedies, for people.
        remedies: What helps, best first.
    """

    cause: str
    severity: str
    layer: str | None
    epoch: int
    step: int | None
    evidence: dict[str, Any]
    text: str
    remedies: list[str]

    def as_dict(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True)
class Rule:
    """A cause that may be found in the records; `rule` makes one.

    Args:
        cause: Its name.
        title: Its name for people.
        severity: "error" or "warning".
        find: Function of (history, thresholds) that yields `Finding`s.
        hides: Consequences of the cause, which it explains: they are not
            reported beside it. "everything" means all.
        remedies: What helps, best first.
        source: Where the rule comes from.
    """

    cause: str
    title: str
    severity: str
    find: collections.abc.Callable
    hides: tuple[str, ...] | str = ()
    remedies: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self):
        if self.severity not in SEVERITIES:
            raise ValueError(
                f"severity must be one of {SEVERITIES}; "
                f"received {self.severity!r}."
            )
        if self.hides != EVERYTHING and isinstance(self.hides, str):
            raise ValueError(
                f'hides must be a tuple of causes or "{EVERYTHING}"; '
                f"received {self.hides!r}."
            )

    def explains(self, cause: str) -> bool:
        """Whether a finding of this rule hides those of `cause`."""
        return self.hides == EVERYTHING or cause in self.hides


def rule(
    cause: str,
    title: str,
    severity: str = "warning",
    *,
    hides: tuple[str, ...] | str = (),
    remedies: collections.abc.Sequence[str] = (),
    source: str = "",
) -> collections.abc.Callable[[collections.abc.Callable], Rule]:
    """Decorator that makes a `Rule` of a function.

    The function takes `history`, the records of the epochs so far (see
    TrainingDoctor), and `thresholds`, and yields a `Finding` for each place
    where the cause is found now. The arguments are those of `Rule`.

    Example:
        >>> from zoo.callbacks import Finding, TrainingDoctor, rule
        >>> @rule("high_loss", "High loss", remedies=["a longer training"])
        ... def high_loss(history, thresholds):
        ...     epoch, loss = history[-1]["epoch"], history[-1]["logs"]["loss"]
        ...     if loss > 10:
        ...         yield Finding(None, epoch, None, {"loss": loss},
        ...                       f"the loss is {loss:.3g}.")
        >>> doctor = TrainingDoctor(rules=[high_loss])
    """
    return lambda find: Rule(
        cause, title, severity, find, hides, tuple(remedies), source
    )


def with_rules(rules, own):
    """`rules` and those of a user, each before what it hides.

    A user's rule replaces the one with the same cause.
    """
    rules = list(rules)
    for new in own:
        if not isinstance(new, Rule):
            raise TypeError(
                "rules must be made with @zoo.callbacks.rule; "
                f"received {new!r}."
            )
        causes = [old.cause for old in rules]
        if new.cause in causes:
            rules[causes.index(new.cause)] = new
            continue
        hidden = [i for i, c in enumerate(causes) if new.explains(c)]
        rules.insert(min(hidden, default=len(rules)), new)
    return tuple(rules)


def diagnose(history, rules, thresholds=None):
    """What `rules` find in the records of a TrainingDoctor.

    Args:
        history: The records.
        rules: `Rule`s, causes before their consequences: a wholly dead layer
            has zero gradients too, so "vanishing" after "dead_units" would
            tell nothing new, and `hides` leaves it out.
        thresholds: `Thresholds`.

    Returns:
        List of `Issue`, in the order of the rules.
    """
    issues, explaining = [], []
    for each in rules if history else ():
        if any(other.explains(each.cause) for other in explaining):
            continue
        found = list(each.find(history, thresholds or Thresholds()))
        issues += [_issue(each, finding) for finding in found]
        if found:
            explaining.append(each)
    return issues


def _issue(rule, finding):
    place = f"epoch {finding.epoch + 1}"
    place += "" if finding.step is None else f", step {finding.step + 1}"
    place += f", {finding.layer}" if finding.layer else ""
    remedies = list(finding.remedies or rule.remedies)
    text = f"{rule.title} ({place}): {finding.text}"
    if remedies:
        text += f" Try: {'; '.join(remedies)}."
    return Issue(
        rule.cause,
        rule.severity,
        finding.layer,
        finding.epoch,
        finding.step,
        finding.evidence,
        text,
        remedies,
    )

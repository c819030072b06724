"""Tries remedies while a training runs, and keeps those that help.

At an issue the training goes back to the state before it, goes on with a
remedy for as many epochs as have passed since, and is compared with what it
was after as many without: each trial has its control in the same `fit`.
"""

import dataclasses
import math
from typing import Any

from zoo.callbacks import _watched
from zoo.callbacks._cures import CURES
from zoo.callbacks._snapshot import Snapshot
from zoo.callbacks._trial import Case, Treatment, Trial

STATES = 3  # last epochs that it can go back to, besides the first
BETTER = 0.02  # of the measure without the remedy
RARE, PROBE = "error of rare classes", "the loss on the probe"
JUDGES = ("val_loss", PROBE, "loss")
AGAIN = 3  # times that one cause is treated in a `fit`
# Causes in data, start or settings: a remedy that helped has removed them,
# though the facts of the first epoch still show them.
ONCE = (
    "nothing_trainable",
    "not_learning",
    "unscaled_inputs",
    "train_eval_mismatch",
    "class_imbalance",
    "symmetric_units",
    "bad_initial_loss",
)


class Treating:
    """The treatment of one doctor's trainings.

    Args:
        watch: The doctor's `Watch`.

    Attributes:
        view: The records of the training as it is now: those of trials that
            were taken back are left out.
        done: List of `Treatment`.
        cured: Causes that are there no more, whatever the records show.
    """

    def __init__(self, watch):
        self._watch = watch
        self._forget()

    def __getstate__(self):
        # What is under way stays with the model.
        state = dict(self.__dict__)
        state.update(_states=[], _trial=None, _kept=[], model=None)
        return state

    def _forget(self):
        self.view, self.done, self.cured = [], [], set()
        self.model: Any = None
        self._states: list[Snapshot] = []
        self._trial: Trial | None = None
        self._kept: list = []
        self._tried: dict[str, int] = {}
        self._times: dict[str, int] = {}

    def begin(self, model):
        """A `fit` of `model` begins."""
        self._forget()
        if getattr(model, "optimizer", None) is None:
            return  # one that applies its own
        self.model = model
        if model.built and not model.optimizer.built:
            model.optimizer.build(model.trainable_variables)
        self._states = [Snapshot(model, -1, 0)]

    def see(self, record):
        """Takes up the record of an epoch."""
        if not self.view and "facts" not in record:
            record = {
                **record,
                "facts": self._watch.facts,
                "initial_weights": record["weights"],
            }
        self.view = [*self.view, record]

    def after(self, issues, epochs):
        """Treats what was found after an epoch, of `epochs` in all.

        Returns:
            Whether a remedy is being tried, or has just helped.
        """
        kept = len(self._kept)
        if self.model is not None:
            self._after(issues, epochs)
        return self._trial is not None or len(self._kept) > kept

    def _after(self, issues, epochs):
        epoch = self.view[-1]["epoch"]
        left = epochs - epoch - 1
        if self._trial is not None:
            over = epoch + 1 - self._trial.epoch >= self._trial.length
            now = self.view[-1]
            if over or not math.isfinite(_measured(now, _measure(now))):
                self._judge(self._trial, left)
            return
        if left > 0 and not self._start(issues, left):
            state = Snapshot(self.model, epoch, len(self.view))
            self._states.append(state)
            del self._states[1:-STATES]

    def end(self):
        """The training ends: what was kept becomes part of the model."""
        if self._trial is not None and self.view:
            self._judge(self._trial, 0)
        if self._kept:
            for remedy in self._kept:
                remedy.finish()
            self._kept = []
            _watched.of(self.model).renew()
        self._states = []

    def _start(self, issues, left):
        """Whether there is an issue with a remedy to try, which begins."""
        for issue in issues:
            remedies = CURES.get(issue.cause, ())
            if not remedies and issue.severity == "error":
                return False  # nothing helps until that is mended
            if self._times.get(issue.cause, 0) >= AGAIN:
                continue
            start = self._before(issue)
            remedy = self._next(issue)
            if remedy is None or start is None:
                continue
            epoch = self.view[-1]["epoch"]
            options = len(remedies) - self._tried[issue.cause] + 1
            passed = len(self.view) - start.number
            length = max(1, min(passed, left // options))
            ill = Snapshot(self.model, epoch, len(self.view))
            records = self.view
            self._try(
                Trial(issue, remedy, start, ill, records, epoch + 1, length)
            )
            return True
        return False

    def _before(self, issue):
        """The last state before an issue; that of the start at worst."""
        last = issue.epoch - (issue.cause != "overfitting")
        good = [s for s in self._states if s.is_finite()]
        return next((s for s in reversed(good) if s.epoch <= last), None) or (
            good[0] if good else None
        )

    def _next(self, issue):
        """The next remedy for an issue that fits."""
        remedies = CURES.get(issue.cause, ())
        case = Case(self.model, issue, self._watch)
        while (number := self._tried.get(issue.cause, 0)) < len(remedies):
            self._tried[issue.cause] = number + 1
            remedy = remedies[number](case)
            if remedy is not None:
                return remedy
        return None

    def _try(self, trial):
        self._trial = trial
        trial.start.restore()
        trial.remedy.apply()
        self.view = trial.records[: trial.start.number]
        if trial.remedy.traced:
            _watched.of(self.model).renew()

    def _judge(self, trial, left):
        now = self.view[-1]
        passed = now["epoch"] + 1 - trial.epoch
        rare = trial.issue.cause == "class_imbalance"
        control = trial.records[trial.start.number + passed - 1]
        measure = _measure(now, rare)
        before, after = (_measured(r, measure) for r in (control, now))
        kept = after < before - BETTER * abs(before)
        kept = kept or (math.isfinite(after) and not math.isfinite(before))
        self._tell(trial, measure, passed, before, after, kept)
        self._trial = None
        cause = trial.issue.cause
        if kept:
            self._kept.append(trial.remedy)
            self._times[cause] = self._times.get(cause, 0) + 1
            state = Snapshot(self.model, now["epoch"], len(self.view))
            self._states = [state]
            if cause in ONCE:
                self.cured.add(cause)
            return
        trial.remedy.undo()
        trial.start.restore()
        remedy = self._next(trial.issue) if left > 0 else None
        if remedy is not None:
            self._try(
                dataclasses.replace(
                    trial,
                    remedy=remedy,
                    epoch=now["epoch"] + 1,
                    length=min(trial.length, left),
                )
            )
        else:
            best = trial.ill if trial.ill.is_finite() else trial.start
            best.restore()
            self.view = [r for r in trial.records if r["epoch"] <= best.epoch]
            self._times[cause] = AGAIN
        if trial.remedy.traced:
            _watched.of(self.model).renew()

    def _tell(self, trial, measure, passed, before, after, kept):
        epochs = f"{passed} epoch{'s' if passed > 1 else ''}"
        end = "kept" if kept else "taken back"
        text = (
            f"{trial.issue.cause} (epoch {trial.epoch + 1}): "
            f"{trial.remedy.text}. After {epochs} {measure} is {after:.3g}, "
            f"without it {before:.3g}: {end}."
        )
        self.done.append(
            Treatment(
                trial.issue.cause,
                trial.remedy.text,
                trial.epoch,
                passed,
                measure,
                before,
                after,
                kept,
                text,
            )
        )


def _measure(record, rare=False):
    """The name of what a training is judged by: the best that is known."""
    if rare and math.isfinite(_measured(record, RARE)):
        return RARE
    return next(
        (name for name in JUDGES if math.isfinite(_measured(record, name))),
        "loss",
    )


def _measured(record, measure):
    """How bad the training is by that measure; infinite where broken."""
    fit, logs = record["fit"], record["logs"]
    if measure == RARE:
        recalls = [h.get("rare_recall", 1.0) for h in record["heads"].values()]
        return 1 - min(recalls, default=-math.inf)
    if measure == PROBE:
        value = fit["evaluated"]
    else:
        value = logs.get(measure, math.nan) - fit["penalty"]
    return value if math.isfinite(value) else math.inf

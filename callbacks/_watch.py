"""What a TrainingDoctor looks at in `fit`, as one record an epoch."""

import math
import time

import numpy as np

from zoo.callbacks import _facts, _heads, _quantities, _readers
from zoo.callbacks._instruments import Ledger, Recorder
from zoo.callbacks._probe import Probe

UPDATES_EVERY = 10
SHARE = 0.04  # of the training's time, for looks at the model between epochs
LOOKED = ("probe_finite", "units", "activations", "heads", "validation")
QUANTITIES = (_quantities.weights, _quantities.dropout)


class Watch:
    """The instruments of a TrainingDoctor, and their record.

    The model itself (units, outputs, weights) is looked at after the first
    epoch, after the last, and in between as often as the looks together take
    at most `SHARE` of the time that the training takes; what was seen last
    stands in the records of the other epochs.

    Args:
        probe: What `Probe` takes.
        probe_size: How many inputs.
        every: Record the gradients of each `every`th step.
        each_epoch: Look at the model after every epoch.
    """

    def __init__(self, probe, probe_size, every, each_epoch=False):
        self._each_epoch = each_epoch
        self.recorder = Recorder(every, UPDATES_EVERY)
        self.ledger = Ledger(probe_size)
        self.probe = Probe(
            probe, probe_size, ["sites", "layers", "structure"], self.ledger
        )
        # The ledger has the targets of its inputs, a user's probe has not.
        self.outputs = self.probe
        if probe is not None:
            self.outputs = Probe(None, probe_size, ["structure"], self.ledger)
        self.instruments = [self.recorder, self.ledger, self.probe]
        self._begin()

    def _begin(self):
        self._seen, self._facts, self._heads = {}, {}, []
        self._trained = self._looked = self._cost = 0.0
        self._started, self.is_fresh, self._penalty = None, False, 0.0

    @property
    def facts(self):
        """Facts of the start, as in the first record."""
        return self._facts

    @property
    def heads(self):
        """The outputs with their losses."""
        return self._heads

    def begin(self, model):
        """A `fit` of `model` begins."""
        self._begin()
        self._penalty = _facts.penalty(model)

    def begin_epoch(self):
        self.is_fresh = False
        self._started = time.perf_counter()

    def record(self, epoch, logs, model, params, quantities):
        """(record of an epoch, what it adds to `logs`)"""
        now = time.perf_counter()
        first = not self._facts
        if not first:  # the first epoch traces
            self._trained += now - (self._started or now)
        gradients = _readers.read_gradients(self.recorder, model)
        cheap = self._looked + self._cost <= SHARE * self._trained
        if first or cheap or self._each_epoch:
            begun = time.perf_counter()
            self.look(model)
            if not first:
                self._cost = time.perf_counter() - begun
                self._looked += self._cost
        record = self._record(epoch, logs, model, params, gradients)
        record.update(_quantities.read(quantities, model))
        if first:
            record["facts"] = self._facts
        scalars = _readers.numbers(gradients) | _readers.numbers(
            self._seen["units"]
        )
        return record, scalars

    def early(self, epoch, model, params):
        """A record of the first steps of `fit`, of which nothing is kept."""
        gradients = _readers.read_gradients(self.recorder, model)
        self.look(model, over=False)
        record = self._record(epoch, {}, model, params, gradients)
        record["facts"] = self._facts
        record["initial_weights"] = record["weights"]
        self._seen, self._facts, self._heads = {}, {}, []
        self.is_fresh = False
        return record

    def _record(self, epoch, logs, model, params, gradients):
        logs = {k: float(v) for k, v in logs.items() if np.ndim(v) == 0}
        return {
            "epoch": epoch,
            "logs": logs,
            "learning_rate": _quantities.learning_rate(model.optimizer),
            "loss_scaled": hasattr(model.optimizer, "inner_optimizer"),
            "adaptive": _is_adaptive(model.optimizer),
            "gradients": gradients,
            **self._seen,
            "settled": _quantities.settled(model),
            "plan": {
                "epochs": params.get("epochs") or epoch + 1,
                "steps": params.get("steps")
                or self._facts.get("start", {}).get("steps", 0),
            },
            "fit": self._fit(logs, model),
        }

    def last(self, record, model):
        """The record of the last epoch, with a look at the model."""
        self.look(model)
        fit = self._fit(record["logs"], model)
        return {**record, **self._seen, "fit": fit, "ended": True}

    def look(self, model, over=True):
        """Looks at the model: parts of the records from now on.

        Args:
            model: The model.
            over: Whether the epoch is.
        """
        if self.is_fresh:
            return
        self.is_fresh = True
        results = self.probe.run(model)
        outputs = results
        if self.outputs is not self.probe:
            outputs = self.outputs.run(model)
        structure = self.outputs.structure
        if not self._facts:
            if over:
                self.ledger.end_epoch()
            data = self.ledger.data()
            y = None if data is None else data.y
            if structure is not None:
                self._heads = _heads.heads(
                    model, y, outputs["outputs"], structure.activations
                )
            self._facts = _facts.of_start(data, self._heads, outputs, model)
            self._facts["start"]["penalty"] = self._penalty
            self._facts["chains"] = {
                second: {"after": before}
                for before, second in (structure.chains if structure else ())
            }
        self._seen = {
            "probe_finite": results["finite"],
            "units": _readers.read_units(results),
            "activations": _readers.read_activations(results),
            "heads": _facts.of_epoch(
                self._heads, outputs["outputs"], structure
            ),
            "validation": _facts.of_validation(model),
            **_quantities.read(QUANTITIES, model),
        }

    def _fit(self, logs, model):
        """Data loss of the epoch, and that of a constant prediction."""
        facts = self._facts.get("heads", {})
        batch = self._facts.get("start", {}).get("batch", 1)
        now = self._seen.get("heads", {})
        constant = evaluated = 0.0
        for head in self._heads:
            scale = head.weight * (batch if head.summed else 1)
            constant += scale * facts[head.name]["constant_loss"]
            evaluated += scale * now[head.name]["loss"]
        if not self._heads:
            constant = math.nan
        if not self._heads or not self.is_fresh:
            evaluated = math.nan
        penalty = _facts.penalty(model)
        loss = logs.get("loss", math.nan) - penalty
        weighted = self._facts.get("start", {}).get("weighted", False)
        fit = {
            "constant": constant,
            "evaluated": evaluated,
            "loss": evaluated if weighted else loss,
            "penalty": penalty,
        }
        only = next(iter(facts.values()), {}) if len(facts) == 1 else {}
        if "majority" in only:
            fit["majority"] = only["majority"]
            fit["classes"] = only["classes"]
        return fit


def _is_adaptive(optimizer):
    """Whether its steps do not grow with the loss's scale."""
    optimizer = getattr(optimizer, "inner_optimizer", optimizer)
    return type(optimizer).__name__ not in ("SGD", "Adadelta")


def checked(quantities):
    """A user's quantities as a tuple; each has a name of its own."""
    taken = {
        *("epoch", "logs", "learning_rate", "loss_scaled", "adaptive", "plan"),
        *("gradients", "settled", "initial_weights", "fit", "facts", "ended"),
        *LOOKED,
        *(q.name for q in QUANTITIES),
    }
    for each in quantities:
        if not isinstance(each, _quantities.Quantity):
            raise TypeError(
                "quantities must be made with @zoo.callbacks.quantity or "
                f"Quantity; received {each!r}."
            )
        if each.name in taken:
            raise ValueError(
                f"The records have {each.name!r} already: give the quantity "
                "another name."
            )
        taken.add(each.name)
    return tuple(quantities)

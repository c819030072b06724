"""All readers together, and a diagnosis from what they read."""

import collections.abc
import os
import warnings

import numpy as np

from zoo.callbacks import (
    _diagnosis,
    _plots,
    _quantities,
    _readers,
    _report,
    _rules,
)
from zoo.callbacks._monitor import Monitor, check_positive
from zoo.callbacks._probe import Probe
from zoo.callbacks._recorder import Recorder
from zoo.callbacks._thresholds import Thresholds

UPDATES_EVERY = 10
PLOTS = {
    "gradients": _plots.gradients,
    "units": _plots.dead_units,
    "activations": _plots.activations,
}
QUANTITIES = (_quantities.weights, _quantities.dropout)


class TrainingWarning(UserWarning):
    """What a TrainingDoctor found."""


class TrainingDoctor(Monitor):
    """Watches gradients, units, activations and losses; says what is wrong.

    After each epoch the rules of docs/callbacks.md look at everything
    recorded so far. What they find stands in `diagnosis`, causes before
    their consequences: non-finite values, exploding gradients, collapsing
    weights, dead or saturated units, updates too large, vanishing gradients,
    updates too small, weights that do not learn, overfitting, too much
    regularization, plateau.

    Adds to `logs` what GradientMonitor and DeadReLUMonitor add.

    Args:
        probe: The inputs to run on: an array or a structure of arrays as the
            model takes it, batches (a tf.data.Dataset, a
            keras.utils.PyDataset or an iterator, of which the first are
            read), or None for the first inputs that the model trains on.
        on_issue: What to do about a cause found for the first time: "warn"
            (TrainingWarning), "stop" (warn and stop training), or a function
            that takes the `Issue`.
        report: File of the report, such as "report.html": one page that
            needs no network, rewritten after each epoch.
        probe_size: How many inputs of batches or of the training data to use.
        every: Record the gradients of each `every`th step.
        path: File of records: CSV if its name ends so, else JSON lines.
        log_dir: Directory for TensorBoard.
        thresholds: `Thresholds`, where the rules' own do not fit.
        rules: Further rules, made with `rule`. One with the name of a rule
            that is there replaces it.
        quantities: Further quantities to record, made with `quantity`.

    Attributes:
        diagnosis: List of `Issue`: `cause`, `severity`, `layer`, `epoch`
            and `step` (None where no single one is meant; both from 0, as
            in `history`), `evidence` (a dict of numbers), `text` (counts
            from 1, as `fit` does), `remedies` (list of str), `as_dict()`.
        history: One dict an epoch: `epoch`, `logs`, `learning_rate`,
            `gradients`, `units`, `activations` (as the monitors record
            them), `weights`: {path of kernel: {norm, trainable}} and
            `dropout`: {layer: {rate}}, further quantities by their names;
            `settled`: whether the averages of batch normalization have
            followed the training for long enough; `probe_finite`: whether
            the probe is free of NaN and infinity; `loss_scaled`: whether the
            optimizer scales the loss; in the first, `initial_weights`.

    Raises:
        ValueError: An argument is out of range, the model has no optimizer,
            or `path` holds something else than records.
        TypeError: A rule was not made with `rule`, or a quantity gives
            something else than numbers.
        RuntimeError: Keras does not run on TensorFlow.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import TrainingDoctor
        >>> model = keras.Sequential([keras.layers.Dense(1, name="top")])
        >>> model.compile("sgd", "mse")
        >>> doctor = TrainingDoctor(on_issue=lambda issue: None)
        >>> _ = model.fit(np.full((8, 3), np.nan), np.ones(8), verbose=0,
        ...               callbacks=[doctor])
        >>> doctor.diagnosis[0].cause
        'nonfinite'
    """

    def __init__(
        self,
        probe=None,
        on_issue: str | collections.abc.Callable = "warn",
        report: str | os.PathLike | None = None,
        probe_size: int = 256,
        every: int = 1,
        path: str | os.PathLike | None = None,
        log_dir: str | os.PathLike | None = None,
        *,
        thresholds: Thresholds | None = None,
        rules: collections.abc.Sequence[_diagnosis.Rule] = (),
        quantities: collections.abc.Sequence[_quantities.Quantity] = (),
    ):
        super().__init__(["gradients", "units", "activations"], path, log_dir)
        if on_issue not in ("warn", "stop") and not callable(on_issue):
            raise ValueError(
                'on_issue must be "warn", "stop" or a function; '
                f"received {on_issue!r}."
            )
        check_positive(probe_size=probe_size, every=every)
        self.on_issue = on_issue
        self.report = report
        self.thresholds = _checked_thresholds(thresholds)
        self._own = list(rules), list(quantities)
        self._complete()
        self.diagnosis = []
        self._recorder = Recorder(every, UPDATES_EVERY)
        self._probe = Probe(probe, probe_size, ["sites", "layers"])
        self._instruments += [self._recorder, self._probe]
        self._report_failed = False

    def __getstate__(self):
        state = super().__getstate__()
        # Functions behind a decorator cannot be pickled by their names.
        return {
            k: v for k, v in state.items() if k not in ("rules", "quantities")
        }

    def __setstate__(self, state):
        self.__dict__.update(state)
        self._complete()

    def _complete(self):
        """Sets the rules and quantities: the package's and the user's."""
        rules, quantities = self._own
        self.rules = _diagnosis.with_rules(_rules.RULES, rules)
        self.quantities = _checked_quantities(quantities)

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._seen = set()
        self._initial = self._weights()

    def on_epoch_end(self, epoch, logs=None):
        logs = {} if logs is None else logs
        results = self._probe.run(self.model)
        gradients = _readers.read_gradients(self._recorder, self.model)
        units = _readers.read_units(results)
        scalars = _readers.numbers(gradients) | _readers.numbers(units)
        optimizer = self.model.optimizer
        record = {
            "epoch": epoch,
            "logs": {k: float(v) for k, v in logs.items() if np.ndim(v) == 0},
            "learning_rate": _quantities.learning_rate(optimizer),
            "loss_scaled": hasattr(optimizer, "inner_optimizer"),
            "probe_finite": results["finite"],
            "gradients": gradients,
            "units": units,
            "activations": _readers.read_activations(results),
            **_quantities.read(self.quantities, self.model),
            "settled": _quantities.settled(self.model),
        }
        if not self.history:
            record["initial_weights"] = self._initial or record["weights"]
        self._keep(record, scalars)
        logs.update(scalars)
        self._diagnose()
        self._try_report(running=True)

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        self._try_report(running=False)

    def recall(self, model, epoch: int):
        """Takes up what was recorded of a model before `epoch`, without `fit`.

        Args:
            model: The model that the records in `path` are about.
            epoch: The number of epochs to read, from 0.
        """
        self.set_model(model)
        self._begin(epoch)
        self.diagnosis = self._issues()

    def write_report(self, sections: dict | None = None, first: str = ""):
        """Writes the report of a training that is over.

        Args:
            sections: {title: {name: value}}, tables to end the report with.
            first: HTML for its first screen, before the diagnosis.
        """
        self._write_report(running=False, sections=sections, first=first)

    def plot(self, path: str | os.PathLike, what: str = "gradients"):
        """Writes the picture of "gradients", "units" or "activations"."""
        if what not in PLOTS:
            raise ValueError(
                f"what must be one of {list(PLOTS)}; received {what!r}."
            )
        PLOTS[what](
            [{"epoch": r["epoch"], **r[what]} for r in self.history], path
        )

    def text(self) -> str:
        """The diagnosis, to read."""
        if not self.diagnosis:
            return "Nothing found."
        return "\n".join(issue.text for issue in self.diagnosis)

    def _weights(self):
        return _quantities.read([_quantities.weights], self.model)["weights"]

    def _issues(self):
        return _diagnosis.diagnose(self.history, self.rules, self.thresholds)

    def _diagnose(self):
        self.diagnosis = self._issues()
        for issue in self.diagnosis:
            if issue.cause in self._seen:
                continue
            self._seen.add(issue.cause)
            if callable(self.on_issue):
                self.on_issue(issue)
                continue
            warnings.warn(issue.text, TrainingWarning, stacklevel=2)
            if self.on_issue == "stop":
                self.model.stop_training = True

    def _try_report(self, running):
        """Writes the report; a training goes on where that fails."""
        try:
            self._write_report(running)
        except OSError as error:
            if not self._report_failed:
                self._report_failed = True
                warnings.warn(
                    f"{self.report} cannot be written ({error}); the "
                    "training goes on.",
                    RuntimeWarning,
                    stacklevel=2,
                )

    def _write_report(self, running, sections=None, first=""):
        if self.report is not None:
            _report.write(
                self.report,
                self.history,
                self.diagnosis,
                self.model.name,
                running,
                sections,
                first,
            )


def _checked_thresholds(thresholds):
    if thresholds is None:
        return Thresholds()
    if not isinstance(thresholds, Thresholds):
        raise TypeError(
            "thresholds must be a zoo.callbacks.Thresholds, such as "
            f"Thresholds(dead_share=0.6); received {thresholds!r}."
        )
    return thresholds


def _checked_quantities(quantities):
    taken = {
        *("epoch", "logs", "learning_rate", "loss_scaled", "probe_finite"),
        *("gradients", "units", "activations", "settled", "initial_weights"),
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
    return (*QUANTITIES, *quantities)

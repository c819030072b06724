"""All readers together, and a diagnosis from what they read."""

import collections.abc
import os

from zoo._warnings import warn
from zoo.callbacks import (
    _diagnosis,
    _early,
    _quantities,
    _rules,
    _thresholds,
    _watch,
)
from zoo.callbacks._monitor import check_positive
from zoo.callbacks._shown import Shown
from zoo.callbacks._thresholds import Thresholds
from zoo.callbacks._treatment import Treating
from zoo.callbacks._trial import Treatment


class TrainingWarning(UserWarning):
    """What a TrainingDoctor found."""


class TrainingDoctor(Shown):
    """Watches gradients, units, activations and losses; says what is wrong.

    After each epoch the rules of docs/callbacks.md look at everything
    recorded so far. What they find stands in `diagnosis`, causes before
    their consequences.

    Adds to `logs` what GradientMonitor and DeadReLUMonitor add.

    Args:
        probe: The inputs to run on: an array or a structure of arrays as the
            model takes it, batches (a tf.data.Dataset, a
            keras.utils.PyDataset or an iterator, of which the first are
            read), or None for the first inputs that the model trains on.
        on_issue: What to do about a cause found for the first time: "warn"
            (TrainingWarning), "stop" (warn and stop training; with `treat`
            only once no remedy has helped), or a function that takes the
            `Issue`.
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
        each_epoch: Look at the model after every epoch, however long that
            takes, so that equal trainings have equal records. False: as often
            as looks take a few percent of the training's time.
        treat: Whether to go back to the last state before an issue, try
            remedies that need no other architecture, data or loss, and keep
            those that are better after as many epochs; it looks after every
            epoch then, and holds up to five copies of weights and optimizer.

    Attributes:
        diagnosis: List of `Issue`: `cause`, `severity`, `layer`, `epoch`
            and `step` (None where no single one is meant; both from 0, as
            in `history`), `evidence` (a dict of numbers), `text` (counts
            from 1, as `fit` does), `remedies` (list of str), `as_dict()`.
        treatments: List of `Treatment`: `cause`, `remedy`, `epoch`, `length`,
            `measure`, `before`, `after`, `kept`, `text`, `as_dict()`.
        withdrawn: List of `Issue` that were said in this `fit` and hold no
            more.
        history: One dict an epoch: `epoch`, `logs`, `learning_rate`,
            `gradients`, `units`, `activations` (as the monitors record
            them), `weights`: {path of kernel: {norm, trainable, size,
            unit_spread}} and `dropout`: {layer: {rate}}, further quantities
            by their names; `heads`: {output: what it is like on the sample};
            `fit`: {loss, constant: the loss of the best constant
            prediction, evaluated: the loss on the sample}; `plan`: {epochs,
            steps}; `settled`: whether the averages of batch normalization
            have followed the training for long enough; `probe_finite`:
            whether the probe is free of NaN and infinity; `loss_scaled`:
            whether the optimizer scales the loss; in the first also
            `initial_weights` and `facts` about data, loss and model.

    Raises:
        ValueError: An argument is out of range, the model has no optimizer,
            or `path` holds something else than records.
        TypeError: A rule was not made with `rule`, or a quantity gives
            something else than numbers.
        RuntimeError: Keras runs on a backend that cannot be watched.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import TrainingDoctor
        >>> model = keras.Sequential([keras.layers.Dense(1, name="top")])
        >>> model.compile("sgd", "mse")
        >>> doctor = TrainingDoctor(on_issue=lambda issue: None)
        >>> _ = model.fit(np.full((8, 3), np.nan), np.ones(8), verbose=0,
        ...               callbacks=[doctor])
        >>> doctor.diagnosis[0].cause
        'nonfinite_inputs'
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
        each_epoch: bool = False,
        treat: bool = False,
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
        self.thresholds = _thresholds.checked(thresholds)
        self._own = list(rules), list(quantities)
        self._complete()
        self.diagnosis = []
        self.withdrawn = []
        self._watch = _watch.Watch(
            probe, probe_size, every, each_epoch or treat
        )
        self._treating = Treating(self._watch) if treat else None
        self._instruments += self._watch.instruments

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
        self.quantities = _watch.checked(quantities)

    @property
    def treatments(self) -> list[Treatment]:
        return [] if self._treating is None else self._treating.done

    def detach(self):
        if self._treating is not None:
            self._treating.end()
        super().detach()

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._seen = {}
        self._watch.begin(self.model)
        self._initial = self._weights()
        if self._treating is not None:
            self._treating.begin(self.model)

    def on_epoch_begin(self, epoch, logs=None):
        super().on_epoch_begin(epoch, logs)
        self._watch.begin_epoch()
        if not self.history:
            _early.look(
                self.model, self._watch, epoch, self.params, self._speak_early
            )

    def _speak_early(self, record):
        """What the first steps of a long epoch show."""
        rules = [r for r in self.rules if r.cause in _early.CAUSES]
        self._say(_diagnosis.diagnose([record], rules, self.thresholds))

    def on_epoch_end(self, epoch, logs=None):
        logs = {} if logs is None else logs
        record, scalars = self._watch.record(
            epoch, logs, self.model, self.params, self.quantities
        )
        if not self.history:
            record["initial_weights"] = self._initial or record["weights"]
        self._keep(record, scalars)
        logs.update(scalars)
        if self._treating is None:
            self._diagnose(self.history)
        else:
            stops = self.model.stop_training
            self._treating.see(record)
            self._diagnose(self._treating.view)
            epochs = self.params.get("epochs") or 0
            if self._treating.after(self.diagnosis, epochs):
                self.model.stop_training = stops  # not yet
            elif self.on_issue == "stop" and self._issues(self._treating.view):
                self.model.stop_training = True  # nothing has helped
        self._try_report(running=True)

    def on_train_end(self, logs=None):
        super().on_train_end(logs)
        if self.history:
            # Now it is known that no epoch follows.
            history = self.history
            if self._treating is not None:
                history = self._treating.view or history
            last = self._watch.last(history[-1], self.model)
            self._diagnose([*history[:-1], last])
        self._try_report(running=False)

    def recall(self, model, epoch: int):
        """Takes up what was recorded of a model before `epoch`, without `fit`.

        Args:
            model: The model that the records in `path` are about.
            epoch: The number of epochs to read, from 0.
        """
        self.set_model(model)
        self._begin(epoch)
        self.diagnosis = self._issues(self.history)

    def text(self) -> str:
        """The diagnosis, to read; then what was said and holds no more."""
        lines = [issue.text for issue in self.diagnosis]
        if not lines:
            found = "now" if self.withdrawn else ""
            lines = [f"Nothing found {found}".rstrip() + "."]
        lines += [f"Said before: {issue.text}" for issue in self.withdrawn]
        lines += [f"Treated: {each.text}" for each in self.treatments]
        return "\n".join(lines)

    def _weights(self):
        return _quantities.read([_quantities.weights], self.model)["weights"]

    def _issues(self, history):
        cured = self._treating.cured if self._treating is not None else ()
        rules = [rule for rule in self.rules if rule.cause not in cured]
        return _diagnosis.diagnose(history, rules, self.thresholds)

    def _diagnose(self, history):
        self._say(self._issues(history))

    def _say(self, issues):
        self.diagnosis = issues
        causes = {issue.cause for issue in self.diagnosis}
        for issue in self.diagnosis:
            is_new = issue.cause not in self._seen
            self._seen[issue.cause] = issue
            if not is_new:
                continue
            if callable(self.on_issue):
                self.on_issue(issue)
                continue
            warn(issue.text, TrainingWarning)
            if self.on_issue == "stop":
                self.model.stop_training = True
        self.withdrawn = [
            issue for cause, issue in self._seen.items() if cause not in causes
        ]

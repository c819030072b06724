"""All monitors together, and a diagnosis from what they see."""

import math
import warnings

import keras
import numpy as np

from zoo.callbacks import _diagnosis, _report
from zoo.callbacks._activation_monitor import ActivationMonitor
from zoo.callbacks._dead_relu_monitor import DeadReLUMonitor
from zoo.callbacks._gradient_monitor import GradientMonitor
from zoo.callbacks._monitor import Monitor
from zoo.callbacks._probe import Probe
from zoo.callbacks._recorder import is_kernel

UPDATES_EVERY = 10
SETTLED_AFTER = 5  # time constants of a moving average


class TrainingWarning(UserWarning):
    """What a TrainingDoctor found."""


class TrainingDoctor(Monitor):
    """Watches gradients, units, activations and losses; says what is wrong.

    After each epoch the rules of docs/callbacks.md look at everything
    recorded so far. What they find stands in `diagnosis`, causes before
    their consequences: non-finite values, exploding gradients, dead or
    saturated units, vanishing gradients, updates too large or too small,
    collapsing weights, weights that do not learn, overfitting, too much
    regularization, plateau.

    Adds to `logs` what GradientMonitor and DeadReLUMonitor add.

    Args:
        probe: Array (or a structure of arrays, as the model takes), a
            tf.data.Dataset of batches, or None: the first inputs that the
            model trains on.
        on_issue: What to do about a cause found for the first time: "warn"
            (TrainingWarning), "stop" (warn and stop training), or a function
            that takes the `Issue`.
        report: File of the report, such as "report.html": one page that
            needs no network, rewritten after each epoch.
        probe_size: How many inputs of a dataset or of the training data.
        every: Record the gradients of each `every`th step.
        path: File of records: CSV if it ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        diagnosis: List of `Issue`: `cause`, `severity`, `layer`, `epoch`
            and `step` (None where no single one is meant; both from 0, as
            in `history`), `evidence` (a dict of numbers), `text` (counts
            from 1, as `fit` does), `remedies` (list of str), `as_dict()`.
        history: One dict an epoch: `epoch`, `logs`, `learning_rate`,
            `gradients`, `units`, `activations` (as the monitors record
            them), `weights`: {path of kernel: {norm, trainable}} and
            `dropout`: {layer: {rate}}; `settled`: whether the averages of
            batch normalization have followed the training for long enough.

    Raises:
        ValueError: If an argument is out of range.
        RuntimeError: If Keras does not run on TensorFlow.

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
        on_issue="warn",
        report=None,
        probe_size=256,
        every=1,
        path=None,
        log_dir=None,
    ):
        super().__init__(path, log_dir)
        if on_issue not in ("warn", "stop") and not callable(on_issue):
            raise ValueError(
                'on_issue must be "warn", "stop" or a function; '
                f"received {on_issue!r}."
            )
        self.on_issue = on_issue
        self.report = report
        self.diagnosis = []
        self.gradients = GradientMonitor(every, UPDATES_EVERY)
        self.units = DeadReLUMonitor(probe, probe_size)
        self.activations = ActivationMonitor(probe, probe_size)
        self._probe = Probe(probe, probe_size, ["sites", "layers"])

    def set_model(self, model):
        super().set_model(model)
        self.gradients.set_model(model)

    def set_params(self, params):
        super().set_params(params)
        self.gradients.set_params(params)

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self.gradients.on_train_begin(logs)
        self._probe.attach(self.model, self.params)
        self._seen = set()
        self._initial = _weights(self.model)

    def on_epoch_begin(self, epoch, logs=None):
        super().on_epoch_begin(epoch, logs)
        self.gradients.on_epoch_begin(epoch, logs)

    def on_epoch_end(self, epoch, logs=None):
        logs = {} if logs is None else logs
        results = self._probe.run(self.model)
        gradients, numbers = self.gradients.measure()
        units, more = self.units.measure(results)
        activations, _ = self.activations.measure(results)
        scalars = {**numbers, **more}
        record = {
            "epoch": epoch,
            "logs": {k: float(v) for k, v in logs.items() if np.ndim(v) == 0},
            "learning_rate": _learning_rate(self.model.optimizer),
            "loss_scaled": hasattr(self.model.optimizer, "inner_optimizer"),
            "probe_finite": results["finite"],
            "gradients": gradients,
            "units": units,
            "activations": activations,
            "weights": _weights(self.model),
            "dropout": _dropout(self.model),
            "settled": _settled(self.model),
        }
        if not self.history:
            record["initial_weights"] = self._initial or record["weights"]
        self._keep(record, scalars)
        logs.update(scalars)
        self._diagnose()
        self._write_report(running=True)

    def on_train_end(self, logs=None):
        self.detach()
        self._write_report(running=False)

    def detach(self):
        """Leave model and optimizer; needed only after an exception."""
        if self.model is not None:
            self.gradients.detach()
            self._probe.detach(self.model)

    def recall(self, model, epoch):
        """Take up what was recorded of a model before `epoch`, without `fit`.

        Args:
            model: The model that the records in `path` are about.
            epoch: The number of epochs to read, from 0.
        """
        self.set_model(model)
        self._begin(epoch)
        self.diagnosis = _diagnosis.diagnose(self.history)

    def write_report(self, sections=None):
        """Write the report of a training that is over.

        Args:
            sections: {title: {name: value}}, tables to end the report with.
        """
        self._write_report(running=False, sections=sections)

    def plot(self, path, what="gradients"):
        """Write the picture of "gradients", "units" or "activations"."""
        monitors = {
            "gradients": self.gradients,
            "units": self.units,
            "activations": self.activations,
        }
        if what not in monitors:
            raise ValueError(
                f"what must be one of {list(monitors)}; received {what!r}."
            )
        monitor = monitors[what]
        monitor.history = [
            {"epoch": r["epoch"], **r[what]} for r in self.history
        ]
        monitor.plot(path)

    def text(self):
        """The diagnosis, to read."""
        if not self.diagnosis:
            return "Nothing found."
        return "\n".join(issue.text for issue in self.diagnosis)

    def _diagnose(self):
        self.diagnosis = _diagnosis.diagnose(self.history)
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

    def _write_report(self, running, sections=None):
        if self.report is not None:
            _report.write(
                self.report,
                self.history,
                self.diagnosis,
                self.model.name,
                running,
                sections,
            )


def _learning_rate(optimizer):
    try:
        return float(keras.ops.convert_to_numpy(optimizer.learning_rate))
    except (AttributeError, TypeError, ValueError):
        return math.nan


_DROPOUT = (
    keras.layers.Dropout,
    keras.layers.SpatialDropout1D,
    keras.layers.SpatialDropout2D,
    keras.layers.SpatialDropout3D,
    keras.layers.AlphaDropout,
    keras.layers.GaussianDropout,
)


def _dropout(model):
    return {
        layer.path: {"rate": float(layer.rate)}
        for layer in model._flatten_layers()
        if isinstance(layer, _DROPOUT)
    }


def _settled(model):
    """Until then validation shows stale averages, not the network."""
    steps = int(model.optimizer.iterations.numpy())
    return all(
        steps * (1 - layer.momentum) >= SETTLED_AFTER
        for layer in model._flatten_layers()
        if hasattr(layer, "moving_mean") and hasattr(layer, "momentum")
    )


_FLOATS = ("float", "bfloat")


def _weights(model):
    """Norm of each kernel; frozen ones too, for they may be so by mistake."""
    entries = {}
    for variable in model.weights:
        if is_kernel(variable) and variable.dtype.startswith(_FLOATS):
            value = keras.ops.norm(
                keras.ops.cast(keras.ops.reshape(variable, [-1]), "float32")
            )
            entries[variable.path] = {
                "norm": float(value),
                "trainable": bool(variable.trainable),
            }
    return entries

"""Gradients of the real training step."""

import math

from zoo.callbacks import _plots, _tap
from zoo.callbacks._monitor import Monitor
from zoo.callbacks._recorder import Recorder, is_kernel


class GradientMonitor(Monitor):
    """Records the norm of each variable's gradient during `fit`.

    The gradients are those of the real step: read inside its graph where the
    optimizer gets them, summed over replicas, without loss scaling, before
    clipping. Nothing about the training changes.

    Each epoch adds to `logs` (list the monitor before CSVLogger and others
    that read them):

    - `grad_norm`: mean over steps of ‖g‖₂, all variables together;
    - `grad_norm_max`: the largest of them;
    - `grad_first_last_ratio`: mean ‖g‖₂ of the first kernel over that of the
      last;
    - `grad_nonfinite_steps`: steps in which ‖g‖₂ was not finite; the means
      leave them out.

    Args:
        every: Record each `every`th step.
        update_ratio: Also record ‖Δw‖₂ / ‖w‖₂ of the kernels, at each
            recorded step; an int: each so many steps.
        after_clipping: Record what clipping leaves of the gradients; not
            with a MultiOptimizer.
        path: File of records: CSV if it ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, the four numbers above,
            `variables` and `layers`: {path: {norm, norm_max,
            nonfinite_steps, first_nonfinite_step if there is one, and
            update_ratio of kernels}}. A variable without gradient has the
            norm None.

    Raises:
        ValueError: If `every` is not a positive int.
        RuntimeError: If Keras does not run on TensorFlow.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import GradientMonitor
        >>> model = keras.Sequential([keras.layers.Dense(1)])
        >>> model.compile("sgd", "mse")
        >>> monitor = GradientMonitor()
        >>> _ = model.fit(np.ones((8, 3)), np.ones(8), verbose=0,
        ...               callbacks=[monitor])
        >>> sorted(monitor.history[0]["variables"])
        ['sequential/dense/bias', 'sequential/dense/kernel']
    """

    def __init__(
        self,
        every=1,
        update_ratio=False,
        after_clipping=False,
        path=None,
        log_dir=None,
    ):
        super().__init__(path, log_dir)
        if not isinstance(every, int) or every < 1:
            raise ValueError(
                f"every must be a positive int; received {every!r}."
            )
        if update_ratio is True:
            update_ratio = every
        if not isinstance(update_ratio, int) or update_ratio < 0:
            raise ValueError(
                "update_ratio must be True, False or a positive int; "
                f"received {update_ratio!r}."
            )
        self._recorder = Recorder(every, int(update_ratio), after_clipping)

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._recorder = self._recorder.fresh()
        _tap.attach(self.model, self._recorder, self.params)

    def on_epoch_begin(self, epoch, logs=None):
        super().on_epoch_begin(epoch, logs)
        self._recorder.reset()

    def on_epoch_end(self, epoch, logs=None):
        record, scalars = self.measure()
        self._keep({"epoch": epoch, **record}, scalars)
        if logs is not None:
            logs.update(scalars)

    def measure(self):
        """Record and `logs` of the steps since the epoch began."""
        norms = self._recorder.norms()
        updates = self._recorder.updates()
        variables = {
            path: _entry(norms.get(("variable", path)), updates.get(path))
            for path in _tap.unique_paths(self.model.trainable_variables)
        }
        layers = {
            name: _entry(statistics)
            for (kind, name), statistics in norms.items()
            if kind == "layer"
        }
        total = norms.get(("all", ""), _NOTHING)
        scalars = {
            "grad_norm": total["mean"],
            "grad_norm_max": total["max"],
            "grad_first_last_ratio": self._first_last_ratio(variables),
            "grad_nonfinite_steps": total["nonfinite_steps"],
        }
        return {**scalars, "variables": variables, "layers": layers}, scalars

    def on_train_end(self, logs=None):
        self.detach()

    def detach(self):
        """Leave the optimizer; needed only if `fit` ended by an exception."""
        if self.model is not None:
            _tap.detach(self.model, self._recorder)

    def plot(self, path):
        """Write a picture: layers × epochs, and the flow through depth."""
        _plots.gradients(self.history, path)

    def _first_last_ratio(self, variables):
        kernels = [
            variables[path]["norm"]
            for v, path in zip(
                self.model.trainable_variables, variables, strict=True
            )
            if is_kernel(v) and variables[path]["norm"] is not None
        ]
        if not kernels or not kernels[-1]:
            return math.nan
        return kernels[0] / kernels[-1]


_NOTHING = {"mean": math.nan, "max": math.nan, "nonfinite_steps": 0}


def _entry(norms, updates=None):
    if norms is None or not norms["steps"]:
        return {"norm": None, "norm_max": None, "nonfinite_steps": 0}
    entry = {
        "norm": norms["mean"],
        "norm_max": norms["max"],
        "nonfinite_steps": norms["nonfinite_steps"],
    }
    if norms["nonfinite_steps"]:
        entry["first_nonfinite_step"] = norms["first_nonfinite_step"]
    if updates is not None and updates["steps"]:
        entry["update_ratio"] = updates["mean"]
        entry["update_ratio_max"] = updates["max"]
    return entry

"""Gradients of the real training step."""

import os

from zoo.callbacks import _plots, _readers
from zoo.callbacks._instruments import Recorder
from zoo.callbacks._monitor import Monitor, check_positive, is_int


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
        update_ratio: Whether to record ‖Δw‖₂ / ‖w‖₂ of the kernels, too: True
            at each recorded step, an int at each so many steps.
        after_clipping: Record what clipping leaves of the gradients; not
            with a MultiOptimizer.
        path: File of records: CSV if its name ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, the four numbers above,
            `variables` and `layers`: {path: {norm, norm_max,
            nonfinite_steps, first_nonfinite_step if there is one, and
            update_ratio of kernels}}. A variable without gradient has the
            norm None.

    Raises:
        ValueError: An argument is out of range, the model has no optimizer,
            or `path` holds something else than records.
        RuntimeError: Keras runs on a backend that cannot be watched.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import GradientMonitor
        >>> top = keras.layers.Dense(1, name="top")
        >>> model = keras.Sequential([top], name="net")
        >>> model.compile("sgd", "mse")
        >>> monitor = GradientMonitor()
        >>> _ = model.fit(np.ones((8, 3)), np.ones(8), verbose=0,
        ...               callbacks=[monitor])
        >>> sorted(monitor.history[0]["variables"])
        ['net/top/bias', 'net/top/kernel']
    """

    def __init__(
        self,
        every: int = 1,
        update_ratio: bool | int = False,
        after_clipping: bool = False,
        path: str | os.PathLike | None = None,
        log_dir: str | os.PathLike | None = None,
    ):
        super().__init__(["variables", "layers"], path, log_dir)
        check_positive(every=every)
        if update_ratio is True:
            update_ratio = every
        if update_ratio is not False and (
            not is_int(update_ratio) or update_ratio < 0
        ):
            raise ValueError(
                "update_ratio must be True, False or a positive int; "
                f"received {update_ratio!r}."
            )
        self._recorder = Recorder(every, int(update_ratio), after_clipping)
        self._instruments.append(self._recorder)

    def on_epoch_end(self, epoch, logs=None):
        record = _readers.read_gradients(self._recorder, self.model)
        scalars = _readers.numbers(record)
        self._keep({"epoch": epoch, **record}, scalars)
        if logs is not None:
            logs.update(scalars)

    def plot(self, path: str | os.PathLike | None = None):
        """A figure: layers × epochs, and the flow through depth.

        Args:
            path: Where it is written, too. None: nowhere.

        Returns:
            A matplotlib `Figure`, which a notebook shows.
        """
        return _plots.gradients(self.history, path)

"""What all monitors share: records, and when to write them."""

import numbers

import keras

from zoo.callbacks import _sinks, _tf
from zoo.callbacks._probe import Probe


class Monitor(keras.callbacks.Callback):
    """A callback with one record an epoch in `history`, a list of dicts.

    Subclasses add to `_instruments` what measures during `fit`: `Recorder`s
    and `Probe`s.

    Args:
        parts: Keys that each record has.
        path: File of records.
        log_dir: Directory for TensorBoard.
    """

    def __init__(self, parts, path=None, log_dir=None):
        super().__init__()
        _tf.require(type(self).__name__)
        self.history = []
        self._instruments = []
        self._sinks = _sinks.open_sinks(parts, path, log_dir)
        self._begun = False

    def __getstate__(self):
        """Copies and pickles leave out the model."""
        return {**self.__dict__, "_model": None}

    def on_train_begin(self, logs=None):
        self._begun = False
        for instrument in self._instruments:
            instrument.attach(self.model, self.params)

    def on_epoch_begin(self, epoch, logs=None):
        if not self._begun:
            self._begin(epoch)
        for instrument in self._instruments:
            instrument.reset()

    def on_train_end(self, logs=None):
        self.detach()

    def detach(self):
        """Leaves the model; needed only if `fit` ended by an exception."""
        if self.model is not None:
            for instrument in self._instruments:
                instrument.detach(self.model)

    def _begin(self, epoch):
        """Keeps what was recorded before `epoch`: a resumed run appends."""
        self._begun = True
        stored = [sink.begin(epoch) for sink in self._sinks]
        kept = [r for r in self.history if r["epoch"] < epoch]
        self.history = kept or next((r for r in stored if r), [])

    def _keep(self, record, scalars):
        self.history.append(record)
        for sink in self._sinks:
            sink.keep(record, scalars)


class ProbeMonitor(Monitor):
    """A monitor of one thing that a probe pass shows.

    Subclasses name the `part` of `Probe.run` that they want, and `measure`.
    """

    part: str

    def __init__(
        self, probe=None, probe_size=256, every=1, path=None, log_dir=None
    ):
        super().__init__([self.part], path, log_dir)
        check_positive(probe_size=probe_size, every=every)
        self.every = every
        self._probe = Probe(probe, probe_size, [self.part])
        self._instruments.append(self._probe)
        self._scalars = {}

    def on_epoch_end(self, epoch, logs=None):
        if epoch % self.every == 0 or not self.history:
            record, self._scalars = self.measure(self._probe.run(self.model))
            self._keep({"epoch": epoch, **record}, self._scalars)
        if logs is not None:
            logs.update(self._scalars)

    def measure(self, results):
        """Record and `logs` of what `Probe.run` returned."""
        raise NotImplementedError


def check_positive(**values):
    """Raises a ValueError that names what is no positive int."""
    for name, value in values.items():
        if not is_int(value) or value < 1:
            raise ValueError(
                f"{name} must be a positive int; received {value!r}."
            )


def is_int(value):
    """Whether it is a whole number; NumPy's are, True is not."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)

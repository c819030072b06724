"""What all monitors share: records, and when to write them."""

import keras

from zoo.callbacks import _sinks, _tf
from zoo.callbacks._probe import Probe


class Monitor(keras.callbacks.Callback):
    """A callback with one record an epoch in `history`, a list of dicts."""

    def __init__(self, path=None, log_dir=None):
        super().__init__()
        _tf.require(type(self).__name__)
        self.history = []
        self._sinks = _sinks.open_sinks(path, log_dir)
        self._begun = False

    def on_train_begin(self, logs=None):
        self._begun = False

    def on_epoch_begin(self, epoch, logs=None):
        if not self._begun:
            self._begin(epoch)

    def _begin(self, epoch):
        """Keep what was recorded before `epoch`: a resumed run appends."""
        self._begun = True
        stored = [sink.begin(epoch) for sink in self._sinks]
        kept = [r for r in self.history if r["epoch"] < epoch]
        self.history = kept or next((r for r in stored if r), [])

    def _keep(self, record, scalars):
        self.history.append(record)
        for sink in self._sinks:
            sink.write(record, scalars)


class ProbeMonitor(Monitor):
    """A monitor of what a probe pass shows; `wanted` names which part."""

    def __init__(
        self, probe=None, probe_size=256, every=1, path=None, log_dir=None
    ):
        super().__init__(path, log_dir)
        for name, value in (("probe_size", probe_size), ("every", every)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(
                    f"{name} must be a positive int; received {value!r}."
                )
        self.every = every
        self._probe = Probe(probe, probe_size, [self.wanted])
        self._scalars = {}

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._probe.attach(self.model, self.params)

    def on_epoch_end(self, epoch, logs=None):
        if epoch % self.every == 0 or not self.history:
            record, self._scalars = self.measure(self._probe.run(self.model))
            self._keep({"epoch": epoch, **record}, self._scalars)
        if logs is not None:
            logs.update(self._scalars)

    def on_train_end(self, logs=None):
        self.detach()

    def detach(self):
        """Leave the model; needed only if `fit` ended by an exception."""
        if self.model is not None:
            self._probe.detach(self.model)

    def measure(self, results):
        """Record and `logs` of what `Probe.run` returned."""
        raise NotImplementedError

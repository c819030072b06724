"""What all monitors share: records, and when to write them."""

import keras

from callbacks import _sinks, _tf


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

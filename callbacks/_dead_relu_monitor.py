"""Dead and saturated units."""

import numpy as np

from callbacks import _plots
from callbacks._monitor import Monitor
from callbacks._probe import Probe


class DeadReLUMonitor(Monitor):
    """Counts the channels of each ReLU that never fire.

    After each epoch the model runs over the same probe data in inference
    mode. A channel (of a dense layer: a unit) is dead if it is 0 at every
    position of every probe input, nearly dead if it fires at fewer than
    `nearly` of them. Dying ReLUs: [Lu et al. 2019](https://arxiv.org/abs/1903.06733).

    Adds `dead_relu` to `logs`: the dead channels of all ReLUs together, as a
    fraction.

    Leaky variants (leaky, ELU, PReLU, RReLU) cannot die; they get the
    fraction of values below 0, PReLU also that of slopes near 0, where it
    turns into a ReLU. Of tanh and sigmoid the fraction of values where the
    slope is below 0.01 is recorded.

    Args:
        probe: Array (or a structure of arrays, as the model takes), a
            tf.data.Dataset of batches, or None: the first inputs that the
            model trains on.
        probe_size: How many inputs of a dataset or of the training data.
        nearly: Bound of the firing rate of nearly dead channels.
        every: Probe each so many epochs, and `logs` repeats in between.
        path: File of records: CSV if it ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, `dead_relu`, and `sites`:
            {name: {kind, channels, and for ReLUs dead, nearly_dead and
            active, for leaky ones negative, else saturated}}. A layer's
            second call is named "layer#2".

    Raises:
        ValueError: If an argument is out of range.
        RuntimeError: If Keras does not run on TensorFlow.

    Example:
        >>> import keras, numpy as np
        >>> from callbacks import DeadReLUMonitor
        >>> model = keras.Sequential([keras.layers.Dense(
        ...     4, "relu", bias_initializer="ones", name="hidden")])
        >>> model.compile("sgd", "mse")
        >>> monitor = DeadReLUMonitor()
        >>> _ = model.fit(np.zeros((8, 3)), np.ones((8, 4)), verbose=0,
        ...               callbacks=[monitor])
        >>> monitor.history[0]["dead_relu"]
        0.0
    """

    def __init__(
        self,
        probe=None,
        probe_size=256,
        nearly=0.01,
        every=1,
        path=None,
        log_dir=None,
    ):
        super().__init__(path, log_dir)
        for name, value in (("probe_size", probe_size), ("every", every)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(
                    f"{name} must be a positive int; received {value!r}."
                )
        if not 0 <= nearly < 1:
            raise ValueError(f"nearly must be in [0, 1); received {nearly!r}.")
        self.nearly = nearly
        self.every = every
        self._probe = Probe(probe, probe_size)
        self._probe.wanted.add("sites")
        self._dead = 0.0

    def on_train_begin(self, logs=None):
        super().on_train_begin(logs)
        self._probe.attach(self.model, self.params)

    def on_epoch_end(self, epoch, logs=None):
        if epoch % self.every == 0:
            self._probe_now(epoch)
        if logs is not None:
            logs["dead_relu"] = self._dead

    def on_train_end(self, logs=None):
        self.detach()

    def detach(self):
        """Leave the model; needed only if `fit` ended by an exception."""
        if self.model is not None:
            self._probe.detach(self.model)

    def plot(self, path):
        """Write a picture: dead fraction, sites × epochs."""
        _plots.dead_units(self.history, path)

    def _probe_now(self, epoch):
        sites = {
            name: self._entry(site, active)
            for name, (site, active) in self._probe.run(self.model)[
                "sites"
            ].items()
        }
        relus = [s for s in sites.values() if s["kind"] == "relu"]
        channels = sum(s["channels"] for s in relus)
        dead = sum(s["dead"] * s["channels"] for s in relus)
        self._dead = dead / channels if channels else 0.0
        scalars = {"dead_relu": self._dead}
        self._keep({"epoch": epoch, **scalars, "sites": sites}, scalars)

    def _entry(self, site, active):
        entry = {"kind": site.kind, "channels": len(active)}
        rate = float(np.mean(active))
        if site.kind == "relu":
            entry["dead"] = float(np.mean(active == 0))
            entry["nearly_dead"] = float(np.mean(active < self.nearly))
            entry["active"] = rate
        elif site.kind == "leaky":
            entry["negative"] = 1 - rate
            entry.update(_slopes(site.layer))
        else:
            entry["saturated"] = 1 - rate
        return entry


def _slopes(layer):
    """Fraction of a PReLU's slopes within 0.01 of 0."""
    alpha = getattr(layer, "alpha", None)
    if type(layer).__name__ != "PReLU" or alpha is None:
        return {}
    return {"slopes_near_zero": float(np.mean(np.abs(alpha.numpy()) < 0.01))}

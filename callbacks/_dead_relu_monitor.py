"""Dead and saturated units."""

import numpy as np

from zoo.callbacks import _plots
from zoo.callbacks._monitor import ProbeMonitor


class DeadReLUMonitor(ProbeMonitor):
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
        >>> from zoo.callbacks import DeadReLUMonitor
        >>> model = keras.Sequential([keras.layers.Dense(
        ...     4, "relu", bias_initializer="ones", name="hidden")])
        >>> model.compile("sgd", "mse")
        >>> monitor = DeadReLUMonitor()
        >>> _ = model.fit(np.zeros((8, 3)), np.ones((8, 4)), verbose=0,
        ...               callbacks=[monitor])
        >>> monitor.history[0]["dead_relu"]
        0.0
    """

    wanted = "sites"

    def __init__(
        self,
        probe=None,
        probe_size=200,
        nearly=0.01,
        every=1,
        path=None,
        log_dir=None,
    ):
        super().__init__(probe, probe_size, every, path, log_dir)
        if not 0 <= nearly < 1:
            raise ValueError(f"nearly must be in [0, 1); received {nearly!r}.")
        self.nearly = nearly

    def measure(self, results):
        sites = {
            name: self._entry(site, active)
            for name, (site, active) in results["sites"].items()
        }
        relus = [s for s in sites.values() if s["kind"] == "relu"]
        channels = sum(s["channels"] for s in relus)
        dead = sum(s["dead"] * s["channels"] for s in relus)
        scalars = {"dead_relu": dead / channels if channels else 0.0}
        return {**scalars, "sites": sites}, scalars

    def plot(self, path):
        """Write a picture: dead or saturated share, sites × epochs."""
        _plots.dead_units(self.history, path)

    def _entry(self, site, active):
        entry = {"kind": site.kind, "channels": len(active)}
        if site.is_output:
            entry["output"] = True
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

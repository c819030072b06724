"""How the activations of each layer are distributed, over epochs."""

import numpy as np

from zoo.callbacks import _plots
from zoo.callbacks._monitor import ProbeMonitor

QUANTILES = (5, 25, 50, 75, 95)


class ActivationMonitor(ProbeMonitor):
    """Records mean, deviation and quantiles of each layer's outputs.

    After each epoch the model runs over the same probe data in inference
    mode: how these distributions move is the "internal covariate shift" that
    [Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167) speak of.

    Args:
        probe: Array (or a structure of arrays, as the model takes), a
            tf.data.Dataset of batches, or None: the first inputs that the
            model trains on.
        probe_size: How many inputs of a dataset or of the training data.
        every: Probe each so many epochs.
        path: File of records: CSV if it ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, and `layers`: {name: {mean, std,
            q05, q25, q50, q75, q95}}. Quantiles are those of at most 32
            evenly spaced values an input. A layer's second call is named
            "layer#2".

    Raises:
        ValueError: If an argument is out of range.
        RuntimeError: If Keras does not run on TensorFlow.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import ActivationMonitor
        >>> model = keras.Sequential([keras.layers.Dense(2, name="top")])
        >>> model.compile(keras.optimizers.SGD(0.0), "mse")
        >>> monitor = ActivationMonitor()
        >>> _ = model.fit(np.zeros((8, 3)), np.ones((8, 2)), verbose=0,
        ...               callbacks=[monitor])
        >>> monitor.history[0]["layers"]["top"]["std"]
        0.0
    """

    wanted = "layers"

    def measure(self, results):
        layers = {
            name: _entry(moments, values)
            for name, (moments, values) in results["layers"].items()
        }
        return {"layers": layers}, {}

    def plot(self, path):
        """Write a picture: deviation and mean, layers × epochs."""
        _plots.activations(self.history, path)


def _entry(moments, values):
    mean, square = (float(m) for m in moments)
    entry = {"mean": mean, "std": float(np.sqrt(max(square - mean**2, 0)))}
    if np.isnan(values).any() or not np.isfinite(square):
        quantiles = [float("nan")] * len(QUANTILES)
        entry["std"] = float("nan")
    else:
        quantiles = np.percentile(values, QUANTILES).tolist()
    names = (f"q{q:02d}" for q in QUANTILES)
    return {**entry, **dict(zip(names, quantiles, strict=True))}

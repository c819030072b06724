"""How the activations of each layer are distributed, over epochs."""

import os

from zoo.callbacks import _plots, _readers
from zoo.callbacks._monitor import ProbeMonitor


class ActivationMonitor(ProbeMonitor):
    """Records mean, deviation and quantiles of each layer's outputs.

    After each epoch the model runs over the same probe data in inference
    mode: how these distributions move is the "internal covariate shift" that
    [Ioffe and Szegedy 2015](https://arxiv.org/abs/1502.03167) speak of.

    Args:
        probe: The inputs to run on: an array or a structure of arrays as the
            model takes it, batches (a tf.data.Dataset, a
            keras.utils.PyDataset or an iterator, of which the first are
            read), or None for the first inputs that the model trains on.
        probe_size: How many inputs of batches or of the training data to
            use.
        every: Run the model after each `every`th epoch.
        path: File of records: CSV if its name ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, and `layers`: {name: {mean, std,
            q05, q25, q50, q75, q95}}. Quantiles are taken of at most 32
            evenly spaced values an input. A layer's second call is named
            "layer#2".

    Raises:
        ValueError: An argument is out of range, or `path` holds something
            else than records.
        RuntimeError: Keras runs on a backend that cannot be watched.

    Example:
        >>> import keras, numpy as np
        >>> from zoo.callbacks import ActivationMonitor
        >>> top = keras.layers.Dense(2, name="top")
        >>> model = keras.Sequential([top], name="net")
        >>> model.compile(keras.optimizers.SGD(0.0), "mse")
        >>> monitor = ActivationMonitor()
        >>> _ = model.fit(np.zeros((8, 3)), np.ones((8, 2)), verbose=0,
        ...               callbacks=[monitor])
        >>> monitor.history[0]["layers"]["net/top"]["std"]
        0.0
    """

    part = "layers"

    def __init__(
        self,
        probe=None,
        probe_size: int = 256,
        every: int = 1,
        path: str | os.PathLike | None = None,
        log_dir: str | os.PathLike | None = None,
    ):
        super().__init__(probe, probe_size, every, path, log_dir)

    def measure(self, results):
        return _readers.read_activations(results), {}

    def plot(self, path: str | os.PathLike | None = None):
        """A figure: deviation and mean, layers × epochs.

        Args:
            path: Where it is written, too. None: nowhere.

        Returns:
            A matplotlib `Figure`, which a notebook shows.
        """
        return _plots.activations(self.history, path)

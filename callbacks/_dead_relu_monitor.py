"""Dead and saturated units."""

import os

from zoo.callbacks import _plots, _readers
from zoo.callbacks._monitor import ProbeMonitor


class DeadReLUMonitor(ProbeMonitor):
    """Counts the channels of each ReLU that never fire.

    After each epoch the model runs over the same probe data in inference
    mode. A channel (of a dense layer: a unit) is dead if it is 0 at every
    position of every probe input, nearly dead if it fires at fewer than
    `nearly` of them. Dying ReLUs: [Lu et al. 2019](https://arxiv.org/abs/1903.06733).

    Adds `dead_relu` to `logs`: the dead channels of all ReLUs together, as a
    fraction.

    Leaky variants (leaky, ELU, PReLU, RReLU) cannot die; for them the
    fraction of values below 0 is recorded, for PReLU also the fraction of
    slopes near 0, where it turns into a ReLU; for tanh and sigmoid the
    fraction of values where the slope is below 0.01.

    Args:
        probe: The inputs to run on: an array or a structure of arrays as the
            model takes it, batches (a tf.data.Dataset, a
            keras.utils.PyDataset or an iterator, of which the first are
            read), or None for the first inputs that the model trains on.
        probe_size: How many inputs of batches or of the training data to
            use. Of the units that fire for one input in a hundred, 200
            inputs take 13 % for dead.
        nearly: Firing rate below which a channel is nearly dead.
        every: Run the model after each `every`th epoch; `logs` repeat
            the last numbers in between.
        path: File of records: CSV if its name ends so, else JSON lines.
        log_dir: Directory for TensorBoard.

    Attributes:
        history: One dict an epoch: `epoch`, `dead_relu`, and `sites`:
            {name: {kind, channels, and for ReLUs dead, nearly_dead and
            active, for leaky ones negative, else saturated}}. A layer's
            second call is named "layer#2".

    Raises:
        ValueError: An argument is out of range, or `path` holds something
            else than records.
        RuntimeError: Keras runs on a backend that cannot be watched.

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

    part = "sites"

    def __init__(
        self,
        probe=None,
        probe_size: int = 200,
        nearly: float = _readers.NEARLY_DEAD,
        every: int = 1,
        path: str | os.PathLike | None = None,
        log_dir: str | os.PathLike | None = None,
    ):
        super().__init__(probe, probe_size, every, path, log_dir)
        if not 0 <= nearly < 1:
            raise ValueError(f"nearly must be in [0, 1); received {nearly!r}.")
        self.nearly = nearly

    def measure(self, results):
        record = _readers.read_units(results, self.nearly)
        return record, _readers.numbers(record)

    def plot(self, path: str | os.PathLike | None = None):
        """A figure: dead or saturated share, sites × epochs.

        Args:
            path: Where it is written, too. None: nowhere.

        Returns:
            A matplotlib `Figure`, which a notebook shows.
        """
        return _plots.dead_units(self.history, path)

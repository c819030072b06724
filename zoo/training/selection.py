"""Which epoch's weights are kept, and when a training has seen enough."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from zoo._files import written_aside
from zoo.training import averages
from zoo.training.run_directory import RunDirectory
from zoo.training.run_found import tell

Row = dict[str, float]


def best(rows: Sequence[Row]) -> int:
    """How many epochs the best row has.

    The best has the highest accuracy on the images that decide, and of those
    with the same the lowest loss; the earlier of two that are equal.
    """
    ranks = [(row["val_accuracy"], -row["val_loss"]) for row in rows]
    ranks = [rank if rank[1] == rank[1] else (-1.0, 0.0) for rank in ranks]
    return max(range(len(rows)), key=lambda i: (ranks[i], -i)) + 1


def is_over(rows: Sequence[Row], patience: int, first: int = 0) -> bool:
    """Whether the last `patience` epochs have brought no better one.

    Args:
        rows: Metrics of the epochs so far.
        patience: Epochs without a better one that end a training; 0: none do.
        first: Epochs that do not count, such as those of a frozen network.
    """
    if not patience or len(rows) <= first:
        return False
    return len(rows) - max(best(rows), first) >= patience


class BestWeights:
    """The weights of a run's best epoch, in its checkpoints.

    Args:
        run: The run directory.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run

    def keep(self, model: keras.Model) -> None:
        """Writes the weights if the last epoch of the run is its best."""
        path = self._path(self._run.rows)
        if best(self._run.rows) == len(self._run.rows):
            with written_aside(path, ".npz", durable=True) as aside:
                np.savez(aside, *averages.values(model))

    def restore(self, model: keras.Model) -> int:
        """Puts them into the model; returns how many epochs they have.

        Where their file is damaged, which is told, the last epoch's stay.
        """
        path = self._path(self._run.rows)
        try:
            with open(path, "rb") as file, np.load(file) as arrays:
                found = [arrays[f"arr_{i}"] for i in range(len(model.weights))]
        except Exception as error:  # a damaged file raises all kinds
            fault = "damaged" if path.exists() else "missing"
            tell(
                f"{path}, the best epoch's weights, is {fault} "
                f"({type(error).__name__}); the last epoch's are kept instead"
            )
            return self._run.done
        for variable, value in zip(model.weights, found, strict=True):
            variable.assign(value)
        return best(self._run.rows)

    def tidy(self) -> None:
        """Removes all but those that the last two checkpoints may need."""
        rows = self._run.rows
        needed = {self._path(rows), self._path(rows[:-1] or rows)}
        for path in self._path(rows).parent.glob("best_*.npz"):
            if path not in needed:
                path.unlink()

    def _path(self, rows: Sequence[Row]) -> Path:
        return self._run / "checkpoints" / f"best_{best(rows):05d}.npz"

"""What a process of a job that does not write the run directory has for one."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo.training import jobs
from zoo.training.devices import Devices
from zoo.training.run_directory import RunDirectory

if TYPE_CHECKING:
    import keras


class Follower(RunDirectory):
    """A run that is kept in memory: the chief writes the same to its disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._received = b""

    def take(self, told: dict[str, Any], checkpoint: bytes) -> None:
        """Begins where the chief's run stands."""
        self.resumed, self.done = told["resumed"], told["done"]
        self.rows, self.state = told["rows"], told["state"]
        self.replicas = told["replicas"]
        self._received = checkpoint

    def add(self, row: dict[str, float], times: dict[str, float]) -> None:
        self.rows.append(row)

    def save_checkpoint(
        self, model: "keras.Model", epoch: int, **state: Any
    ) -> None:
        self.state |= state
        self.done = epoch

    def _write_config(self) -> None:
        """The chief does."""

    def restore_checkpoint(self, model: "keras.Model") -> int:
        if self._received:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder, "chief.keras")
                path.write_bytes(self._received)
                model.load_weights(path)
        return self.done


def agree(run: RunDirectory, devices: Devices) -> None:
    """Has all processes of a job begin where the chief's run stands."""
    told = {
        "resumed": run.resumed,
        "done": run.done,
        "rows": run.rows,
        "state": run.state,
        "replicas": run.replicas,
    }
    told = jobs.share_json(devices, told)
    file = run._checkpoint.path.read_bytes() if run._checkpoint else None
    checkpoint = jobs.share(devices, file)
    if isinstance(run, Follower):
        run.take(told, checkpoint)

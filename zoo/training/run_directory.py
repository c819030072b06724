"""The directory of a run: its configuration, metrics and checkpoints.

config.json     every option, the data, versions, machine
metrics.csv     a row for each epoch, the same for the same options
metrics.jsonl   the same with times
doctor.jsonl    what the TrainingDoctor saw
checkpoints/    models and optimizers of the last two epochs
evaluation.*    how good it is on the held-out images
logits.npz      its answers to all of them
model.keras     the trained model
run.lock        who writes here; it stays, as the mark of a run directory

    with open_run(path, resume=True) as run:
        done = run.restore_checkpoint(model)  # epochs; run.rows, run.state
        run.add(row, times)
        run.save_checkpoint(model, done + 1, best=0.97)  # into run.state

`run.state`: what a training has to remember between epochs, JSON values given
to `save_checkpoint` by name and kept inside the checkpoint. `run.done` and
`run.state` are known before there is a model. Other models are kept by
`run.save_model(model, "checkpoints/best.keras")`, until --overwrite.
"""

import dataclasses
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo import _json
from zoo._files import write_whole
from zoo.training import (
    defaults,
    run_checkpoints,
    run_facts,
    run_found,
    run_metrics,
)
from zoo.training.config import TrainConfig
from zoo.training.errors import UserError
from zoo.training.run_lock import RunLock

if TYPE_CHECKING:
    import keras

CONFIG, MODEL = run_found.CONFIG, run_found.MODEL
# These may change when a run is resumed.
FREE = (
    "data_dir", "devices", "download", "epochs", "export", "jit", "onednn",
    "overwrite", "restart", "resume", "threads", "workdir",
)  # fmt: skip


class RunDirectory:
    """The directory of a run, open to write and to read.

    Attributes:
        path: The directory; `run / name` is the path of a file in it.
        resumed: Whether it goes on with what is there.
        done: The epochs that the last checkpoint comes after.
        rows: Metrics of the epochs so far, a dictionary for each.
        state: What `save_checkpoint` was given by name, the last time.
        replicas: On how many devices the run began.
    """

    def __init__(
        self,
        path: str | os.PathLike,
        resumed: bool = False,
        lock: RunLock | None = None,
    ) -> None:
        self.path = Path(path)
        self.resumed = resumed
        self.done = 0
        self.rows: list[dict[str, float]] = []
        self.state: dict[str, Any] = {}
        self.replicas = 1
        self._times: list[dict[str, float]] = []
        self._config: dict[str, Any] = {}
        self._checkpoint: run_checkpoints.Checkpoint | None = None
        self._lock = lock

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def __enter__(self) -> "RunDirectory":
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock:
            self._lock.release()

    def save_config(self, **config: Any) -> None:
        """Writes config.json with the facts about program and machine."""
        self._config |= config | run_facts.facts()
        self._write_config()

    def read_config(self) -> dict[str, Any]:
        """The contents of config.json."""
        return _json.parse((self / CONFIG).read_text("utf-8"))

    def add(self, row: dict[str, float], times: dict[str, float]) -> None:
        """Adds an epoch's metrics to both files, its times to one."""
        if self._lock:
            self._lock.check()
        run_metrics.append(self.path, [*self.rows, row], times)
        self.rows.append(row)
        self._times.append(times)

    def save_checkpoint(
        self, model: "keras.Model", epoch: int, **state: Any
    ) -> None:
        """Keeps the model as it is after that many epochs, and the run's state.

        The checkpoint before it is kept, too.
        """
        self.state |= state
        record = {
            "config": self._config,
            "rows": self.rows,
            "times": self._times,
            "state": self.state,
        }
        run_checkpoints.save(self.path, model, epoch, record)
        self.done = epoch

    def restore_checkpoint(self, model: "keras.Model") -> int:
        """Puts the checkpoint into the compiled model and its optimizer.

        Returns the number of epochs done; a UserError if it does not fit.
        """
        if self._checkpoint:
            if not model.optimizer.built:
                model.optimizer.build(model.trainable_variables)
            try:
                model.load_weights(self._checkpoint.path)
            except (ValueError, KeyError, AttributeError) as error:
                raise UserError(
                    f"{self._checkpoint.path} does not fit the model of "
                    f"{self / CONFIG}: one of them was changed, or cnn-zoo "
                    f"was ({str(error).split(chr(10))[0][:200]})."
                ) from error
        return self.done

    def save_model(self, model: "keras.Model", name: str = MODEL) -> None:
        """Writes a model beside the checkpoints, whole and to the disk."""
        run_checkpoints.save_model(model, self / name)

    def exported(self) -> Path | None:
        """The SavedModel of these epochs, if there is one already."""
        epochs, version = self._config.get("exported") or (None, "")
        path = self / "saved_model" / str(version)
        whole = (path / "saved_model.pb").is_file()
        return path if whole and epochs == self.done else None

    def note_export(self, path: Path) -> None:
        """Remembers the SavedModel that was made after these epochs."""
        if path.parent == self / "saved_model":
            self._config["exported"] = [self.done, path.name]
            self._write_config()

    def take_up(self) -> None:
        """Goes on from what `run_found` finds; tells what is damaged.

        Raises:
            UserError: It cannot go on; nothing is changed.
        """
        found = run_found.checkpoint(self.path)
        self._config = run_found.config(self.path, found)
        if found is None:
            run_metrics.rewrite(self.path, [], [])
            return
        self._checkpoint, self.done = found, found.epoch
        if "rows" in found.record:
            self.rows, self._times = found.record["rows"], found.record["times"]
            self.state = found.record["state"]
            faults = run_metrics.rewrite(self.path, self.rows, self._times)
            run_found.tell_rewritten(self.path, faults, found.path)
        else:  # of an earlier version, which kept them in the tables alone
            self.rows = run_metrics.read(self.path, self.done)
            self._times = run_metrics.read_times(self.path, self.rows)
            run_metrics.rewrite(self.path, self.rows, self._times)
            run_found.tell_lost(self.path, len(self.rows), self.done)

    def _write_config(self):
        text = json.dumps(self._config, indent=2) + "\n"
        write_whole(self / CONFIG, text, durable=True)


def read_data(path: str | os.PathLike) -> dict[str, Any]:
    """What a run's config.json tells about its data.

    Args:
        path: The run directory.

    Returns:
        A dictionary as `data.Data.describe` makes it, but with `preprocessing`
        as a `Preprocessing`.

    Raises:
        UserError: There is no run, or its file is not as one is written.
    """
    path = Path(path)
    if not path.is_dir():
        raise UserError(f"there is no directory {path}.")
    file = path / CONFIG
    try:
        data = _json.parse(file.read_text("utf-8"))["data"]
        read = {
            "preprocessing": run_facts.preprocessing(data),
            "classes": list(data["classes"]),
        }
        return {**data, **read}
    except FileNotFoundError as error:
        raise UserError(
            f"{path} is no run of recipes/train.py: it has no {CONFIG}."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{file} is not as recipes/train.py writes it: "
            f"{type(error).__name__}: {error}"
        ) from error


def directory(model: str, dataset: str, workdir: str | None = None) -> Path:
    """The directory of a run: `workdir`, or runs/MODEL_DATASET."""
    name = f"{model}_{Path(dataset).expanduser().resolve().name}"
    return Path(workdir or f"runs/{name}").expanduser()


def check(path: Path, resume: bool, overwrite: bool) -> None:
    """Raises a UserError where the directory is not to be written to."""
    if resume and overwrite:
        raise UserError("--resume and --overwrite exclude each other.")
    run_found.check(path, resume, overwrite)


def open_run(path: Path, resume: bool, overwrite: bool = False) -> RunDirectory:
    """Opens a directory to this process alone, emptied or to be continued.

    Raises:
        UserError: Another process writes it, or the run cannot go on.
        OSError: The directory cannot be written to.
    """
    run_found.check(path, resume, overwrite)
    path.mkdir(parents=True, exist_ok=True)
    lock = RunLock(path)
    try:
        # Another process may have been here since `check`.
        run_found.check(path, resume, overwrite, locked=True)
        run_found.remove_unfinished(path)
        run = RunDirectory(path, resume, lock)
        if resume:
            run.take_up()
        else:
            lock.note(replacing=True)
            run_found.remove(path)
        lock.note()
        return run
    except BaseException:
        lock.release()
        raise


def resumed(path: Path, given: dict[str, Any]) -> TrainConfig:
    """The options of the run in `path`, to continue it.

    Args:
        path: The run's directory.
        given: {name: value} of the options that are asked for now.

    Returns:
        A `TrainConfig` with `resume`.

    Raises:
        UserError: The directory holds no run, or an option differs that must
            stay as it was.
    """
    check(path, True, given.get("overwrite", False))
    flags = run_found.flags(path, FREE)
    for name, value in given.items():
        if name not in FREE and flags.get(name) != value:
            raise UserError(
                f"--{name}={value}: the run in {path} was started with "
                f"{flags.get(name)}, and a resumed run must keep it."
            )
    known = {field.name for field in dataclasses.fields(TrainConfig)}
    flags = defaults.PLAIN | flags  # an earlier version had fewer
    kept = {name: v for name, v in flags.items() if name in known}
    free = {name: v for name, v in given.items() if name in FREE}
    again = {"workdir": str(path), "resume": True, "overwrite": False}
    try:
        return TrainConfig(**{**kept, **free, **again})
    except ValueError as error:
        raise UserError(f"{path / CONFIG}: {error}") from error

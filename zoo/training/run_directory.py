"""The directory of a run: its configuration, metrics and checkpoints.

config.json     every option, the data, versions, machine
metrics.csv     a row for each epoch, the same for the same options
metrics.jsonl   the same with times
doctor.jsonl    what the TrainingDoctor saw
checkpoints/    the last epoch's model and optimizer
evaluation.*    how good it is on the held-out images
logits.npz      its answers to all of them
model.keras     the trained model
"""

import csv
import dataclasses
import datetime
import importlib.metadata
import json
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo._files import write_whole, written_aside
from zoo.images import Preprocessing
from zoo.training.config import TrainConfig
from zoo.training.errors import UserError
from zoo.training.speed import cores

if TYPE_CHECKING:
    import keras

CONFIG = "config.json"
# What a run writes, and --overwrite takes away.
WRITTEN = (
    CONFIG, "*.png", "checkpoints", "doctor.jsonl", "evaluation.html",
    "evaluation.json", "held_out.npz", "logits.npz", "metrics.csv",
    "metrics.jsonl", "model.keras", "report.html", "saved_model",
)  # fmt: skip
PACKAGES = ("cnn-zoo", "tensorflow", "keras", "numpy", "tensorflow-datasets")
# These may change when a run is resumed.
FREE = (
    "data_dir", "download", "epochs", "export", "jit", "onednn", "overwrite",
    "resume", "threads", "workdir",
)  # fmt: skip


class RunDirectory:
    """The directory of a run, open to write and to read.

    Attributes:
        path: The directory; `run / name` is the path of a file in it.
        resumed: Whether it goes on with what is there.
        rows: Metrics of the epochs so far, a dictionary for each.
    """

    def __init__(self, path: str | os.PathLike, resumed: bool = False) -> None:
        self.path = Path(path)
        self.resumed = resumed
        self.rows: list[dict[str, float]] = []

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def save_config(self, **config: Any) -> None:
        """Writes config.json with the facts about program and machine."""
        config |= {
            "command": " ".join(sys.argv),
            "started": datetime.datetime.now().isoformat(timespec="seconds"),
            "versions": {"python": platform.python_version()} | _versions(),
            "machine": {
                "system": platform.platform(),
                "processor": platform.machine(),
                "cores": cores(),
            },
        }
        write_whole(self / CONFIG, json.dumps(config, indent=2) + "\n")

    def read_config(self) -> dict[str, Any]:
        """The contents of config.json."""
        return json.loads((self / CONFIG).read_text("utf-8"))

    def add(self, row: dict[str, float], times: dict[str, float]) -> None:
        """Adds an epoch's metrics to both files, its times to one."""
        self.rows.append(row)
        new = len(self.rows) == 1
        with open(self / "metrics.csv", "a", newline="") as file:
            writer = csv.DictWriter(file, list(row), lineterminator="\n")
            if new:
                writer.writeheader()
            writer.writerow(row)
        with open(self / "metrics.jsonl", "a") as file:
            file.write(json.dumps(row | times) + "\n")

    def save_checkpoint(self, model: "keras.Model", epoch: int) -> None:
        """Keeps the model as it is after that many epochs, and no earlier."""
        folder = self / "checkpoints"
        folder.mkdir(exist_ok=True)
        _save(model, folder / f"epoch_{epoch:05d}.keras")
        for file in folder.iterdir():  # also what a killed process left
            if file.name != f"epoch_{epoch:05d}.keras":
                file.unlink()

    def restore_checkpoint(self, model: "keras.Model") -> int:
        """Puts the checkpoint into the compiled model and its optimizer.

        Returns:
            The number of epochs done; the metrics of later ones are dropped.
        """
        files = sorted((self / "checkpoints").glob("epoch_*.keras"))
        done = int(files[-1].stem.removeprefix("epoch_")) if files else 0
        if files:
            model.optimizer.build(model.trainable_variables)
            model.load_weights(files[-1])
        self._keep_rows(done)
        return done

    def save_model(self, model: "keras.Model") -> None:
        """Writes model.keras."""
        _save(model, self / "model.keras")

    def _keep_rows(self, count):
        path = self / "metrics.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        table = self / "metrics.csv"
        text = table.read_text().splitlines() if table.exists() else []
        write_whole(path, "".join(f"{line}\n" for line in lines[:count]))
        kept = text[: count + 1] if count else []
        write_whole(table, "".join(f"{line}\n" for line in kept))
        self.rows = [
            {k: float(v) for k, v in row.items()}
            for row in csv.DictReader(kept)
        ]


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
        data = json.loads(file.read_text("utf-8"))["data"]
        read = {
            "preprocessing": _preprocessing(data),
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


def _preprocessing(data):
    if "preprocessing" in data:
        return Preprocessing.from_dict(data["preprocessing"])
    height, width, _ = data["input_shape"]  # a run of before there was one
    return Preprocessing(
        (height, width),
        data["multiplier"],
        data["offset"],
        resize=data["resize"],
        own_size=data["own_size"],
    )


def directory(model: str, dataset: str, workdir: str | None = None) -> Path:
    """The directory of a run: `workdir`, or runs/MODEL_DATASET."""
    name = f"{model}_{Path(dataset).expanduser().resolve().name}"
    return Path(workdir or f"runs/{name}").expanduser()


def check(path: Path, resume: bool, overwrite: bool) -> None:
    """Raises a UserError where the directory is not to be written to."""
    if resume and overwrite:
        raise UserError("--resume and --overwrite exclude each other.")
    if path.exists() and not path.is_dir():
        raise UserError(f"--workdir={path} is a file.")
    if resume:
        if not _is_run(path):
            raise UserError(
                f"{path} holds no run to resume; --workdir names its directory."
            )
    elif path.exists() and any(path.iterdir()):
        if not _is_run(path):
            raise UserError(
                f"{path} holds other files; give an empty --workdir."
            )
        if not overwrite:
            raise UserError(
                f"{path} holds a run already. --resume continues it, "
                "--overwrite replaces it, --workdir=… writes elsewhere."
            )


def _is_run(path):
    try:
        return "flags" in json.loads((path / CONFIG).read_text())
    except (OSError, ValueError):
        return False


def open_run(path: Path, resume: bool) -> RunDirectory:
    """Opens a directory that `check` has passed, emptying an earlier run's."""
    if not resume and path.exists():
        for pattern in WRITTEN:
            for item in path.glob(pattern):
                shutil.rmtree(item) if item.is_dir() else item.unlink()
    path.mkdir(parents=True, exist_ok=True)
    return RunDirectory(path, resume)


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
    flags = RunDirectory(path).read_config()["flags"]
    for name, value in given.items():
        if name not in FREE and flags.get(name) != value:
            raise UserError(
                f"--{name}={value}: the run in {path} was started with "
                f"{flags.get(name)}, and a resumed run must keep it."
            )
    known = {field.name for field in dataclasses.fields(TrainConfig)}
    kept = {name: v for name, v in flags.items() if name in known}
    free = {name: v for name, v in given.items() if name in FREE}
    again = {"workdir": str(path), "resume": True, "overwrite": False}
    try:
        return TrainConfig(**{**kept, **free, **again})
    except ValueError as error:
        raise UserError(str(error)) from error


def _versions():
    versions = {}
    for package in PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = None
    return versions


def _save(model, path):
    with written_aside(path, ".keras") as aside:
        model.save(aside)

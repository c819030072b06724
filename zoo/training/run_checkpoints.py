"""The checkpoints of a run: checkpoints/epoch_00012.keras, the last two.

Each is a .keras file (model, optimizer, seeds) with a record of the run at
that time beside them, as run.json: one rename publishes all of it, and a
directory that lost its other files has them in there. The files' checksums
tell whole ones from damaged ones.
"""

import dataclasses
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoo import _json
from zoo._files import sync, written_aside

if TYPE_CHECKING:
    import keras

FOLDER = "checkpoints"
KEPT = 2
RECORD = "run.json"
WEIGHTS = "model.weights.h5"
NAME = re.compile(r"epoch_(\d+)\.keras")


@dataclasses.dataclass(frozen=True)
class Checkpoint:
    """A whole checkpoint.

    Attributes:
        path: Its file.
        epoch: The number of epochs that were done.
        record: What `save` was given; {} in those of earlier versions.
    """

    path: Path
    epoch: int
    record: dict[str, Any]


def save(
    directory: Path, model: "keras.Model", epoch: int, record: dict[str, Any]
) -> None:
    """Writes a checkpoint, and then removes all but the last two.

    Args:
        directory: The run directory.
        model: The compiled model.
        epoch: The number of epochs that are done.
        record: What is kept with it: JSON values.
    """
    folder = directory / FOLDER
    if not folder.exists():
        folder.mkdir()
        sync(directory)
    save_model(model, folder / f"epoch_{epoch:05d}.keras", record)
    later = [path for number, path in listed(directory) if number > epoch]
    earlier = [path for number, path in listed(directory) if number <= epoch]
    for path in (*later, *earlier[KEPT:]):
        path.unlink(missing_ok=True)


def save_model(
    model: "keras.Model", path: Path, record: dict[str, Any] | None = None
) -> None:
    """Writes a .keras file whole and to the disk, with a record inside."""
    with written_aside(path, ".keras", durable=True) as aside:
        model.save(aside)
        if record is not None:
            with zipfile.ZipFile(aside, "a") as file:
                file.writestr(RECORD, json.dumps(record))


def listed(directory: Path) -> list[tuple[int, Path]]:
    """(epoch, path) of the checkpoints, the latest first."""
    folder = directory / FOLDER
    if not folder.is_dir():
        return []
    found = [
        (int(match[1]), path)
        for path in folder.iterdir()
        if (match := NAME.fullmatch(path.name)) and path.is_file()
    ]
    return sorted(found, reverse=True)


def newest(
    directory: Path,
) -> tuple[Checkpoint | None, list[tuple[int, Path, str]]]:
    """The latest whole checkpoint, and (epoch, path, fault) of damaged ones.

    Only those later than the whole one are looked at.
    """
    damaged = []
    for epoch, path in listed(directory):
        try:
            return Checkpoint(path, epoch, _whole(path)), damaged
        except PermissionError:
            raise
        except Exception as error:  # a damaged zip raises all kinds
            damaged.append((epoch, path, str(error) or type(error).__name__))
    return None, damaged


def record(path: Path) -> dict[str, Any]:
    """What was kept in a checkpoint; {} in those of earlier versions."""
    with zipfile.ZipFile(path) as file:
        if RECORD not in file.namelist():
            return {}
        return _json.parse(file.read(RECORD))


def _whole(path):
    """What is kept in a whole checkpoint; raises where it is damaged."""
    with zipfile.ZipFile(path) as file:
        if bad := file.testzip():
            raise ValueError(f"the checksum of {bad} is wrong")
        if WEIGHTS not in file.namelist():
            raise ValueError(f"it has no {WEIGHTS}")
    return record(path)

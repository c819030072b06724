"""What a run directory holds when it is opened, whole or damaged.

Whatever is lost is told in one line, with what to do; a run never starts again
by itself where epochs of it were done.
"""

import shutil
from pathlib import Path
from typing import Any

from zoo import _json
from zoo.training import run_checkpoints, run_lock, run_metrics
from zoo.training.errors import UserError
from zoo.training.run_checkpoints import Checkpoint

CONFIG, MODEL = "config.json", "model.keras"
HELD_OUT, EVALUATION = "held_out.npz", "evaluation.json"
# What a run writes, and --overwrite takes away.
WRITTEN = (
    CONFIG, "*.png", run_checkpoints.FOLDER, "doctor.jsonl*",
    "evaluation.html", EVALUATION, HELD_OUT, "logits.npz",
    run_metrics.TABLE, run_metrics.LINES, MODEL, "report.html",
    "saved_model",
)  # fmt: skip
# What a killed process leaves of a file that it was writing.
UNFINISHED = (
    ".*.part", ".*.part.keras", ".*.part.npz", ".*.part.png",
    f".{CONFIG}.tmp", f"{run_checkpoints.FOLDER}/.*.part.*",
)  # fmt: skip


def check(
    path: Path, resume: bool, overwrite: bool, locked: bool = False
) -> None:
    """Raises a UserError where a training must not write a directory.

    Args:
        path: The directory, which may be missing.
        resume, overwrite: The options.
        locked: Whether the lock of the directory is this process's.
    """
    if path.exists() and not path.is_dir():
        raise UserError(f"--workdir={path} is a file.")
    if not locked:
        run_lock.check(path)
    if run_lock.read(path).get("replacing") and not overwrite:
        raise UserError(
            f"the process that replaced the run in {path} was killed; "
            "give its options again with --overwrite."
        )
    if resume:
        if not _is_run(path):
            raise UserError(
                f"{path} holds no run to resume; --workdir names its directory."
            )
    elif path.exists() and not _is_empty(path):
        if not _is_run(path):
            raise UserError(
                f"{path} holds other files; give an empty --workdir."
            )
        if not overwrite:
            raise UserError(
                f"{path} holds a run already. --resume continues it, "
                "--overwrite replaces it, --workdir=… writes elsewhere."
            )


def has_begun(path: Path) -> bool:
    """Whether there is a run whose options are known, to go on with."""
    return (path / CONFIG).is_file() or bool(run_checkpoints.listed(path))


def _is_empty(path):
    """Whether nothing of a run is here, nor files of others without one."""
    if (path / run_lock.NAME).is_file():
        return not _matches(path, WRITTEN)
    return set(_matches(path, UNFINISHED)) >= set(path.iterdir())


def _is_run(path):
    """Whether a training has written here, even if files are damaged."""
    names = (run_lock.NAME, f".{CONFIG}.tmp")
    logs = ("doctor.jsonl", run_metrics.LINES)
    return (
        any((path / name).is_file() for name in names)
        or all((path / name).is_file() for name in logs)
        or bool(run_checkpoints.listed(path))
        or bool(_matches(path, [f".{CONFIG}.*.part"]))
        or isinstance(_read_config(path)[0], dict)
    )


def _matches(path, patterns):
    return [item for pattern in patterns for item in path.glob(pattern)]


def remove(path: Path) -> None:
    """Removes what a run has written, and nothing else."""
    for item in _matches(path, WRITTEN):
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item)
        else:
            item.unlink()


def remove_unfinished(path: Path) -> None:
    """Removes what killed processes left of files that they were writing."""
    for item in _matches(path, UNFINISHED):
        item.unlink(missing_ok=True)


def flags(path: Path, free: tuple[str, ...]) -> dict[str, Any]:
    """The options of the run in `path`, from config.json or a checkpoint.

    Args:
        path: The run directory.
        free: Names of the options that may differ between the two.

    Raises:
        UserError: Neither tells them, or they differ.
    """
    kept = _kept_config(path)
    found, fault = _read_config(path)
    if found is None and kept is None:
        raise UserError(
            f"{path / CONFIG} is {fault}, and no checkpoint tells the run's "
            "options: put the file back, or give the options again with "
            "--overwrite, which starts from epoch 1."
        )
    if found is None:
        tell(f"{path / CONFIG} is {fault}; its options are in a checkpoint")
        return kept["flags"]
    for name, value in (kept or found)["flags"].items():
        if name not in free and found["flags"].get(name) != value:
            raise UserError(
                f"{path / CONFIG} says --{name}={found['flags'].get(name)}, "
                f"but the checkpoints are of --{name}={value}: put the file "
                "back as it was, or remove it, since they have it, too."
            )
    return found["flags"]


def config(path: Path, found: Checkpoint | None) -> dict[str, Any]:
    """The contents of config.json, or those kept in the checkpoint, or {}."""
    kept = found.record.get("config") if found else None
    return _read_config(path)[0] or kept or {}


def checkpoint(path: Path) -> Checkpoint | None:
    """The latest whole checkpoint; None where no epoch was done.

    Raises:
        UserError: Epochs were done, and no whole checkpoint is left.
    """
    folder = path / run_checkpoints.FOLDER
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file, not the folder of checkpoints.")
    whole, damaged = run_checkpoints.newest(path)
    if whole:
        for epoch, file, fault in damaged:
            tell(
                f"{file} is damaged ({fault}); going on from epoch "
                f"{whole.epoch} instead of {epoch}, nothing else is lost"
            )
        return whole
    rest = "put one back, or start from epoch 1 with --overwrite."
    if (path / MODEL).exists():
        rest += f" The trained {path / MODEL} is still there."
    if damaged:
        names = ", ".join(f"{file.name} ({why})" for _, file, why in damaged)
        raise UserError(f"no checkpoint in {folder} is whole: {names}; {rest}")
    count = run_metrics.count(path, ["doctor.jsonl"])
    # One epoch without a checkpoint is what a kill between the two leaves.
    if count > 1 or (path / MODEL).exists():
        raise UserError(
            f"{path} tells of {count} epochs, but {folder} holds no "
            f"checkpoint to go on from: {rest}"
        )
    tell("no epoch was finished before; starting with epoch 1")
    return None


def tell_rewritten(path: Path, faults: dict[str, str], by: Path) -> None:
    """Says which tables, {name: fault}, were written again from what."""
    for name, fault in faults.items():
        tell(f"{path / name} was {fault}; written again from {by}")


def tell_lost(path: Path, rows: int, epochs: int) -> None:
    """Says what is lost where tables of an earlier version are damaged."""
    if rows < epochs:
        tell(
            f"{path / run_metrics.TABLE} is damaged; the figures of epochs "
            f"{rows + 1} to {epochs} are lost, the weights are not"
        )


def tell(text: str) -> None:
    """Prints a line about something that was found."""
    print(f"note: {text}", flush=True)


def _kept_config(path):
    """The configuration that the latest checkpoint with one has, or None."""
    for _, file in run_checkpoints.listed(path):
        try:
            kept = run_checkpoints.record(file)["config"]
        except (PermissionError, MemoryError):
            raise
        except Exception:  # a damaged zip raises all kinds
            continue
        if isinstance(kept.get("flags"), dict):
            return kept
    return None


def _read_config(path):
    """(contents, None), or (None, "missing" or "damaged")."""
    try:
        found = _json.parse((path / CONFIG).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None, "missing"
    except (OSError, ValueError):
        return None, "damaged"
    if isinstance(found, dict) and isinstance(found.get("flags"), dict):
        return found, None
    return None, "damaged"

"""Damaged run directories, and disks that are full or read-only."""

import random
import shutil
import signal
import subprocess
import time

from _run_children import (
    CHAINS,
    COMMON,
    EPOCHS,
    Training,
    difference,
    fault_of_end,
    train,
)
from _run_kills import undisturbed

STOPPED = 4  # epochs that are done before the damage
CHECKPOINT = f"checkpoints/epoch_{STOPPED:05d}.keras"
FILES = (
    CHECKPOINT, "metrics.csv", "metrics.jsonl", "doctor.jsonl", "config.json",
    "run.lock", "report.html",
)  # fmt: skip
DAMAGES = {
    "missing": lambda data, chance: None,
    "empty": lambda data, chance: b"",
    "cut": lambda data, chance: data[: chance.randrange(len(data))],
    "flipped": lambda data, chance: _flip(data, chance),
    "garbage": lambda data, chance: chance.randbytes(len(data)),
    "of another kind": lambda data, chance: b"[1]\n",
}
SIZES = (200, 500, 800, 1200, 1600, 2000, 2400, 2800, 3400, 4000)  # kB


def _flip(data, chance):
    at = chance.randrange(len(data))
    return (
        data[:at]
        + bytes([data[at] ^ 1 << chance.randrange(8)])
        + data[at + 1 :]
    )


def files(folder, width):
    """One file, or both checkpoints, of a stopped run."""
    chance = random.Random(7)
    names = [(name,) for name in FILES]
    names.append((CHECKPOINT, CHECKPOINT.replace("4.", "3.")))
    for _ in range(max(1, round(width))):
        for damaged in names:
            for damage in DAMAGES.values():
                run = _stopped(folder)
                for name in damaged:
                    path = run / name
                    data = damage(path.read_bytes(), chance)
                    path.unlink()
                    if data is not None:
                        path.write_bytes(data)
                yield _resumed(folder, run, "doctor.jsonl" in damaged)


def places(folder, width):
    """Folders that are missing, files where folders were, files beside."""
    spoils = (
        lambda run: shutil.rmtree(run / "checkpoints"),
        lambda run: (
            shutil.rmtree(run / "checkpoints"),
            (run / "checkpoints").write_text(""),
        ),
        lambda run: (run / "checkpoints/epoch_final.keras").write_text(""),
        lambda run: (run / "checkpoints/epoch_00009.keras").mkdir(),
        lambda run: (run / ".config.json.tmp").write_text("{"),
        lambda run: (run / "config.json").rename(run / ".config.json.tmp"),
    )
    for spoil in spoils:
        run = _stopped(folder)
        spoil(run)
        yield _resumed(folder, run, False)


def disks(folder, width):
    """Disks of several sizes; then larger ones, and what the line says."""
    words, reference, _ = undisturbed(folder, next(iter(CHAINS)))
    disk = folder / "disk"
    disk.mkdir()
    for size in SIZES:
        mount("-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk)
        run = disk / "run"
        status, told = train((*words, f"--workdir={run}"), folder / "log")
        fault = fault_of_end(status, told, (0, 2))
        if status:
            mount("-o", "remount,size=64m", disk)
            how = "--resume" if "--resume" in told else "--overwrite"
            again = (f"--workdir={run}", how)
            if how == "--overwrite":
                again = (*words, *again)
            status, told = train(again, folder / "log")
            fault = fault or fault_of_end(status, told)
        yield fault or difference(reference, run)
        subprocess.run(["umount", disk], check=True)
    disk.rmdir()


def read_only(folder, width):
    """A start, --resume and --overwrite where nothing can be written."""
    words, _, _ = undisturbed(folder, next(iter(CHAINS)))
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "tmpfs", disk)
    shutil.copytree(_stopped(folder), disk / "run")
    before = _snapshot(disk)
    mount("-o", "remount,ro", disk)
    for name, given in (
        ("new", words),
        ("run", ("--resume",)),
        ("run", (*words, "--overwrite")),
    ):
        given = (*given, f"--workdir={disk / name}")
        fault = fault_of_end(*train(given, folder / "log"), (2,))
        if _snapshot(disk) != before:
            fault = "something has changed"
        yield fault
    subprocess.run(["umount", disk], check=True)
    disk.rmdir()


def removed(folder, width):
    """The run directory is removed while it trains."""
    words, _, _ = undisturbed(folder, next(iter(CHAINS)))
    for number in range(round(3 * width)):
        run = folder / f"removed{number}"
        training = Training((*words, f"--workdir={run}"), folder / "log")
        while not (run / "checkpoints").exists():
            time.sleep(0.01)
        shutil.rmtree(run, ignore_errors=True)
        yield fault_of_end(training.wait(), training.told(), (2,))
        shutil.rmtree(run, ignore_errors=True)


def mount(*words):
    subprocess.run(["mount", *words], check=True)


def _resumed(folder, run, without_doctor):
    """What is wrong with resuming a damaged run, or None."""
    _, reference, _ = undisturbed(folder, next(iter(CHAINS)))
    before = _snapshot(run)
    words = ("--resume", "--noexport", f"--workdir={run}")
    status, told = train(words, folder / "log")
    fault = fault_of_end(status, told, (0, 2))
    if status == 2 and _snapshot(run) != before:
        fault = fault or "refused, but something has changed"
    if status == 0 and not fault:
        if without_doctor:  # whose records are lost, which is told
            shutil.copy(reference / "doctor.jsonl", run)
        fault = difference(reference, run)
    shutil.rmtree(run)
    return fault


def _stopped(folder):
    """A copy of a run that was stopped after some epochs."""
    kept = folder / "stopped"
    if not kept.exists():
        words = (*COMMON, *next(iter(CHAINS.values())), "--seed=3")
        given = (*words, f"--epochs={EPOCHS}", f"--workdir={kept}")
        training = Training(given, folder / "log")
        while not (kept / CHECKPOINT).exists():
            time.sleep(0.001)
        training.signal_after(0, signal.SIGTERM)
        done = sorted((kept / "checkpoints").iterdir())[-1].name
        if done != CHECKPOINT.split("/")[1]:  # it was too quick
            shutil.rmtree(kept)
            return _stopped(folder)
    run = folder / "damaged"
    shutil.rmtree(run, ignore_errors=True)
    return shutil.copytree(kept, run)


def _snapshot(folder):
    return {
        path.relative_to(folder): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "run.lock"
    }


ATTACKS = {
    "a damaged file of a run, then `--resume`": files,
    "files and folders in the wrong place, then `--resume`": places,
    "full disks of ten sizes, then a larger one": disks,
    "read-only disks": read_only,
    "the directory removed during the training": removed,
}

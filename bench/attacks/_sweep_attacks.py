"""Killed workers and sweeps, damaged records.

    python _sweep_attacks.py FOLDER

runs the sweep that is attacked, of runs that take a moment and no TensorFlow.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

from zoo.recipes.lab.sweep import sweep

RUNS = 12
SETTINGS = [{"x": x, "seed": 0} for x in range(RUNS)]
DAMAGES = (
    b"", b"[]", b"{}", b"null", b"7", b"\xff\xfe", bytes(99), b'{"setting"',
    b"[" * 99_999, b'{"setting": {"x": 0, "seed": 0}, "result": {}}',
)  # fmt: skip


def square(setting):
    folder = pathlib.Path(sys.argv[1])
    with open(folder / "begun", "a") as file:
        file.write(f"{setting['x']}\n")
    time.sleep(0.15)
    return {"square": setting["x"] ** 2}


def workers(folder, width):
    """`kill -9` of one of two workers, while the sweep goes on."""
    chance = random.Random(1)
    for number in range(round(12 * width)):
        at = folder / f"workers{number}"
        process = _begin(at)
        time.sleep(chance.uniform(0.05, 0.5))
        living = _workers(process.pid)
        if living:
            os.kill(chance.choice(living), signal.SIGKILL)
        status = process.wait()
        fault = None if status == 0 else f"status {status}"
        yield fault or _incomplete(at)


def parents(folder, width):
    """`kill -9` of the sweep; its workers end; started again it goes on."""
    chance = random.Random(2)
    for number in range(round(12 * width)):
        at = folder / f"parents{number}"
        process = _begin(at)
        time.sleep(chance.uniform(0.05, 0.7))
        living = _workers(process.pid)
        process.kill()
        process.wait()
        end = time.monotonic() + 10
        while any(map(_lives, living)) and time.monotonic() < end:
            time.sleep(0.02)
        fault = None
        if any(map(_lives, living)):
            fault = "a worker lives on after 10 s"
        done = _done(at)
        (at / "begun").unlink(missing_ok=True)
        status = _begin(at).wait()
        again = set((at / "begun").read_text().split()) & set(map(str, done))
        if status:
            fault = fault or f"status {status}"
        if again:
            fault = fault or f"runs that were done were begun again: {again}"
        yield fault or _incomplete(at)


def records(folder, width):
    """A damaged record among whole ones: that run alone is made again."""
    at = folder / "records"
    _begin(at).wait()
    names = sorted((at / "runs").glob("*.json"))
    for damage in DAMAGES:
        path = names[0]
        x = json.loads(path.read_text())["setting"]["x"]
        path.write_bytes(damage)
        (at / "begun").unlink()
        status = _begin(at).wait()
        fault = None if status == 0 else f"status {status}"
        if (at / "begun").read_text().split() != [str(x)]:
            fault = fault or "not that run alone was made again"
        yield fault or _incomplete(at)


def _begin(folder):
    """The sweep's process, once its first run has begun or it has ended."""
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, __file__, folder],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and not (folder / "begun").exists():
        time.sleep(0.01)
    return process


def _workers(parent):
    children = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
    try:
        found = list(map(int, children.read_text().split()))
    except OSError:
        return []
    return [
        child
        for child in found
        if b"spawn_main" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def _lives(process):
    try:
        text = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
    return "\nState:\tZ" not in text


def _done(folder):
    found = []
    for path in (folder / "runs").glob("*.json"):
        record = json.loads(path.read_text())
        if record["result"]["square"] == record["setting"]["x"] ** 2:
            found.append(record["setting"]["x"])
    return sorted(found)


def _incomplete(folder):
    lost = set(range(RUNS)) - set(_done(folder))
    return f"runs without a right record: {lost}" if lost else None


ATTACKS = {
    "sweep: kill −9 of a worker": workers,
    "sweep: kill −9 of the sweep, then the same again": parents,
    "sweep: a damaged record, then the same again": records,
}

if __name__ == "__main__":
    sweep(square, SETTINGS, sys.argv[1], jobs=2)

"""Keeps a second training out of a run directory, and names the first.

The lock is the operating system's (flock) on the file run.lock, so that it
ends with its process, however that ends: nothing stale is left to remove. The
file stays, as the mark of a run directory; it holds a line of JSON about the
last process that took it.
"""

import datetime
import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

from zoo import _flock, _json
from zoo.training.errors import UserError

NAME = "run.lock"
PATIENCE = 0.5  # seconds in which another process's look at the lock ends


class RunLock:
    """The lock of a run directory, held until `release`.

    Args:
        directory: The run directory, which exists.

    Raises:
        UserError: Another process holds it.
        OSError: The directory cannot be written to.
    """

    _file = -1

    def __init__(self, directory: Path) -> None:
        self._path = directory / NAME
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(self._file, directory)
            replacing = read(directory).get("replacing")
            self.note(**({"replacing": True} if replacing else {}))
        except BaseException:
            self.release()
            raise

    def note(self, **facts: Any) -> None:
        """Writes who holds the lock, and further facts."""
        holder = {
            "host": socket.gethostname(),
            "process": os.getpid(),
            "since": datetime.datetime.now().isoformat(timespec="seconds"),
            "command": " ".join(sys.argv),
        }
        line = json.dumps(holder | facts).encode() + b"\n"
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, line)
        os.ftruncate(self._file, len(line))

    def check(self) -> None:
        """Raises a UserError where the file is no more the locked one."""
        if _flock.is_at(self._file, self._path):
            return
        raise UserError(
            f"{self._path} was removed during the training, so that another "
            "process may write there; this one has stopped."
        )

    def release(self) -> None:
        """Lets others in."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def __del__(self) -> None:
        self.release()


def read(directory: Path) -> dict[str, Any]:
    """What the lock's file tells; nothing where it is missing or damaged."""
    try:
        lines = (directory / NAME).read_text("utf-8").splitlines()
        told = _json.parse(lines[0])
    except (OSError, ValueError, IndexError):
        return {}
    return told if isinstance(told, dict) else {}


def check(directory: Path) -> None:
    """Raises a UserError where a living process writes the directory."""
    try:
        with open(directory / NAME) as file:
            free = _locked(file.fileno(), shared=True)
    except OSError:  # there is none
        return
    if not free:
        raise _busy(directory)


def _lock(file, directory):
    until = time.monotonic() + PATIENCE
    while not _locked(file):
        if time.monotonic() > until:
            raise _busy(directory)
        time.sleep(0.05)


def _locked(file, shared=False):
    """Whether the lock is ours now."""
    try:
        return _flock.lock(file, shared)
    except OSError as error:  # a file system without locks
        if not shared:
            print(f"note: {NAME} locks nothing here: {error}", flush=True)
    return True


def _busy(directory):
    told = read(directory)
    return UserError(
        f"{directory} is being written by process "
        f"{told.get('process', '(unknown)')} on {told.get('host', '?')} "
        f"since {told.get('since', '?')}; wait for its end or stop it, or "
        "write elsewhere with --workdir=…."
    )

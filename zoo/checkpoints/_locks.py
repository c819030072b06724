"""Keeps processes from writing one file at a time; not on Windows."""

import contextlib
import os
import time

from zoo import _flock

STEP = 0.1  # seconds between two attempts


@contextlib.contextmanager
def held(path, seconds, waiting):
    """Makes the file if it is missing and keeps it from others within.

    Args:
        path: The file, which may be renamed or removed within; if it is still
            empty in the end, it goes.
        seconds: Seconds to wait for another process at most.
        waiting: Function that is called once if there is one.

    Raises:
        TimeoutError: Another process has had it for so many seconds.
    """
    end, told = time.monotonic() + seconds, False
    while not (file := _taken(path)):
        if time.monotonic() > end:
            raise TimeoutError("another process is downloading it")
        if not told:
            waiting()
        told = True
        time.sleep(STEP)
    try:
        with contextlib.closing(file):
            yield
    finally:
        with contextlib.suppress(FileNotFoundError):
            if not os.path.getsize(path):
                os.unlink(path)


def is_held(path):
    """Whether another process has the file within `held`."""
    file = _taken(path)
    if file:
        file.close()
    return not file


def _taken(path):
    """The locked file, or None if another process has it."""
    file = open(path, "ab")  # noqa: SIM115 (the caller closes it)
    if not _flock.EXISTS:
        file.close()  # an open file could not be renamed
        return file
    try:
        ours = _flock.lock(file.fileno())
    except OSError:  # a file system without locks
        return file
    # It may have been renamed, or removed, before it could be locked.
    if ours and _flock.is_at(file.fileno(), path):
        return file
    file.close()
    return None

"""The operating system's locks on files, which end with their process."""

import contextlib
import os

try:
    import fcntl
except ImportError:  # Windows: nothing is locked there
    fcntl = None

EXISTS = fcntl is not None


def lock(descriptor, shared=False):
    """Whether the lock of an open file is this process's now; does not wait.

    Args:
        descriptor: The file's.
        shared: Whether others may have it, too, who share it.

    Raises:
        OSError: The file system has no locks.
    """
    if fcntl is None:
        return True
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_at(descriptor, path):
    """Whether an open file is still the one at a path."""
    with contextlib.suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    return False

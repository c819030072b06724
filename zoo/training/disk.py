"""What a training says where its directory cannot be written."""

import contextlib
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from zoo._files import disk_errors
from zoo.training import run_checkpoints
from zoo.training.errors import UserError
from zoo.training.run_found import tell


def check(path: Path) -> None:
    """Raises a UserError where a directory cannot be written, or made."""
    parent = path
    while not parent.exists() and parent != parent.parent:
        parent = parent.parent
    if not os.access(parent, os.W_OK):
        raise UserError(
            f"{parent} cannot be written to: it, or its disk, is read-only; "
            "--workdir=… writes elsewhere."
        )


@contextlib.contextmanager
def explained(path: Path, command: str) -> Iterator[None]:
    """Turns a disk's errors within into a UserError that says how to go on.

    What only warns, as a log that cannot be written, is told in a line.

    Args:
        path: The run directory.
        command: What a user types to train.
    """
    try:
        with warnings.catch_warnings(), disk_errors():
            former = warnings.showwarning

            def show(message, category, *where):
                if category is RuntimeWarning:
                    return tell(str(message))
                return former(message, category, *where)

            warnings.showwarning = show
            yield
    except (BrokenPipeError, UserError):
        raise
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        done = next((n for n, _ in run_checkpoints.listed(path)), 0)
        kept = (
            f"everything up to epoch {done} is kept"
            if done
            else ("no epoch was finished")
        )
        how = "--resume" if done else "--overwrite"
        where = path
        if isinstance(error, IsADirectoryError):  # in place of which file
            where = error.filename2 or error.filename or path
        raise UserError(
            f"{where} cannot be written: {reason}; {kept}. When it can, go on "
            f"with {command} --workdir={path} {how}"
        ) from error

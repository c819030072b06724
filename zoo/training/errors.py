"""What a user can put right."""

import importlib.util


class UserError(ValueError):
    """Something the user can put right; its message says how."""


class WorkerLost(UserError):
    """Another process of the job ended; the process is to end at once."""


class Stopped(KeyboardInterrupt):
    """Ctrl-C ended a training; the text says how to continue it."""

    status = 130  # of the process


class Terminated(Stopped):
    """SIGTERM ended a training; the text says how to continue it."""

    status = 143


def require(what: str, *packages: tuple[str, str]) -> None:
    """Refuses to begin without optional packages.

    Args:
        what: What needs them, for the message: "the data set digits".
        packages: Pairs (name to import, name to install).

    Raises:
        UserError: One is missing; names all that are, and how to install them.
    """
    missing = [
        install
        for module, install in packages
        if importlib.util.find_spec(module) is None
    ]
    if missing:
        *first, last = missing
        named = f"{', '.join(first)} and {last}" if first else last
        raise UserError(
            f"{what} needs {named}, which "
            f"{'are' if first else 'is'} not installed: "
            f"pip install {' '.join(missing)}"
        )

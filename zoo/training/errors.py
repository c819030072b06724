"""What a user can put right."""

import importlib.util


class UserError(ValueError):
    """Something the user can put right; its message says how."""


class Stopped(KeyboardInterrupt):
    """Ctrl-C ended a training; the text says how to continue it."""


def require(what, *packages):
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
        raise UserError(
            f"{what} needs {' and '.join(missing)}, which "
            f"{'is' if len(missing) == 1 else 'are'} not installed: "
            f"pip install {' '.join(missing)}"
        )

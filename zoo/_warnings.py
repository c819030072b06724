"""Warnings that point at a line of the user's own program."""

import sys
import warnings

# What stands between a user's line and ours: `fit`, and decorators.
SKIPPED = {"zoo", "keras", "tensorflow", "contextlib"}


def warn(message: str, category: type[Warning] = UserWarning):
    """Warns, as of the innermost line that is in none of these packages."""
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and _package(frame) in SKIPPED:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


def _package(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0]

"""How far a long job is: a bar on a terminal, and lines everywhere."""

import shutil
import sys
import time

EVERY = 0.1  # seconds between two drawings
SHORTEST, LONGEST = 10, 30  # characters of the bar


class Bar:
    """A line that is drawn anew on a terminal, below lines that stay.

    Args:
        total: What `done` will be at the end. None: not known.
        file: Stream. None: standard output, as it is then.
    """

    def __init__(self, total, file=None):
        self._total = total
        self._file = sys.stdout if file is None else file
        self._live = self._file.isatty()
        self._begun, self._shown, self._text = time.monotonic(), 0.0, ""

    def show(self, done, before="", after=""):
        """Draws the bar with words on both sides; not more than is seen."""
        now = time.monotonic()
        whole = done == self._total
        if not self._live or (now - self._shown < EVERY and not whole):
            return
        self._shown = now
        columns = shutil.get_terminal_size().columns - len(before + after) - 5
        width = max(SHORTEST, min(LONGEST, columns))
        full = round(width * min(1.0, done / self._total)) if self._total else 0
        self._text = f"{before} [{'#' * full:<{width}}] {after}".strip()
        self._write(f"\r\033[K{self._text}")

    def left(self, done, since=0):
        """How long it will take to the end, for a person: "left 12 min".

        Args:
            done: How much is done.
            since: How much was done before this bar began.
        """
        if done <= since:
            return ""
        seconds = (time.monotonic() - self._begun) / (done - since)
        return f"left {duration(seconds * (self._total - done))}"

    def line(self, text):
        """Prints a line that stays."""
        clear = "\r\033[K" if self._text else ""
        self._write(f"{clear}{text}\n{self._text}")

    def close(self):
        """Takes the bar off the terminal."""
        if self._text:
            self._write("\r\033[K")
            self._text = ""

    def _write(self, text):
        self._file.write(text)
        self._file.flush()


def duration(seconds):
    """A time for a person.

    Example:
        >>> [duration(s) for s in (40, 750, 12_600)]
        ['40 s', '12 min', '3.5 h']
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 100 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"

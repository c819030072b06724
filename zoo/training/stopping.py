"""SIGTERM ends a training between two steps, with everything kept.

Clusters send it before they take a machine away. Python's default would end
the process wherever it is.
"""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

from zoo.training.errors import Terminated


class Guard:
    """Puts SIGTERM off while `busy`, until `check`."""

    def __init__(self) -> None:
        self.busy = False
        self._asked = False

    def asked(self, *_: object) -> None:
        """The signal's handler."""
        self._asked = True
        if not self.busy:
            self.check()

    def check(self) -> None:
        """Raises `Terminated` if the signal has come."""
        if self._asked:
            self._asked = False
            raise Terminated


@contextlib.contextmanager
def between_steps() -> Iterator[Guard]:
    """Has SIGTERM raise `Terminated` within, and not while `busy`.

    A handler of the program's own stays as it is.
    """
    guard = Guard()
    with _handling(guard.asked):
        yield guard


@contextlib.contextmanager
def at_once(line: str) -> Iterator[None]:
    """Has SIGTERM end the process within, with a line and status 143."""
    with _handling(_End(line)):
        yield


class _End:
    def __init__(self, line):
        self._line = f"\n{line}\n".encode()

    def __call__(self, *_):
        os.write(2, self._line)
        os._exit(Terminated.status)  # amid imports, an exception gets lost


@contextlib.contextmanager
def _handling(handler):
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    if before is not signal.SIG_DFL and not isinstance(before, _End):
        yield
        return
    signal.signal(signal.SIGTERM, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""How far a sweep is: a bar on a terminal, a line for each run everywhere."""

import sys
import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn


class SweepProgress:
    """Tells which runs have ended, and how long the others will take.

    Args:
        settings: The settings of all runs; what differs between them names a
            run.
        kept: Number of runs that were finished before.
    """

    def __init__(self, settings, kept=0):
        settings = list(settings)
        self._total, self._kept, self._new = len(settings), kept, 0
        self._varied = [
            key
            for key in dict.fromkeys(key for s in settings for key in s)
            if len({repr(s.get(key)) for s in settings}) > 1
        ]
        self._bar = self._task = None

    def __enter__(self):
        kept = f", {self._kept} of them done before" if self._kept else ""
        print(f"{self._total} runs{kept}", flush=True)
        self._begun = time.perf_counter()
        if sys.stdout.isatty():
            self._bar = Progress(
                TextColumn("{task.completed}/{task.total} runs"),
                BarColumn(),
                TextColumn("{task.fields[left]}"),
                console=Console(highlight=False),
                transient=True,
            )
            self._task = self._bar.add_task(
                "", total=self._total, completed=self._kept, left=""
            )
            self._bar.start()
        return self

    def __exit__(self, *_):
        if self._bar:
            self._bar.stop()

    def describe(self, setting):
        """What tells this run from the others."""
        return " ".join(
            f"{key}={setting[key]}" for key in self._varied if key in setting
        )

    def done(self, setting, outcome):
        """A run has ended; `outcome` is its record or an exception."""
        self._new += 1
        number = self._kept + self._new
        seconds = (time.perf_counter() - self._begun) / self._new
        left = f"left {duration(seconds * (self._total - number))}"
        if isinstance(outcome, BaseException):
            what = f"failed: {type(outcome).__name__}: {outcome}"
        else:
            accuracy = outcome["result"].get("test_accuracy")
            what = f"{outcome['seconds']:.1f} s"
            if accuracy is not None:
                what = f"accuracy {accuracy:.4f}  {what}"
        line = (
            f"run {number:{len(str(self._total))}}/{self._total}"
            f"  {self.describe(setting)}  {what}"
        )
        if self._bar:
            self._bar.console.print(line, markup=False)
            self._bar.update(self._task, completed=number, left=left)
        else:
            print(f"{line}  {left}", flush=True)


def duration(seconds):
    """For a person: "40 s", "12 min", "3.5 h"."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 100 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"

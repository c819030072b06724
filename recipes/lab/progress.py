"""How far a sweep is: a bar on a terminal, a line for each run everywhere."""

import time

from zoo._progress import Bar, duration


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
        self._bar = None

    def __enter__(self):
        kept = f", {self._kept} of them done before" if self._kept else ""
        print(f"{self._total} runs{kept}", flush=True)
        self._begun = time.perf_counter()
        self._bar = Bar(self._total)
        return self

    def __exit__(self, *_):
        self._bar.close()

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
        self._bar.line(f"{line}  {left}")
        self._bar.show(number, f"{number}/{self._total} runs", left)

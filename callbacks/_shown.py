"""What a TrainingDoctor shows: its report, its pictures."""

import html
import os
import pathlib
import tempfile

from zoo._warnings import warn
from zoo.callbacks import _plots, _report
from zoo.callbacks._monitor import Monitor

PLOTS = {
    "gradients": _plots.gradients,
    "units": _plots.dead_units,
    "activations": _plots.activations,
}


class Shown(Monitor):
    """A monitor with a report of what it found.

    Subclasses have `report`, `diagnosis`, `withdrawn` and `treatments`.
    """

    report: str | os.PathLike | None
    diagnosis: list
    withdrawn: list
    treatments: list
    _report_failed = False

    def write_report(self, sections: dict | None = None, first: str = ""):
        """Writes the report of a training that is over.

        Args:
            sections: {title: {name: value}}, tables to end the report with.
            first: HTML for its first screen, before the diagnosis.
        """
        self._write_report(running=False, sections=sections, first=first)

    def plot(
        self,
        path: str | os.PathLike | None = None,
        what: str = "gradients",
    ):
        """A figure of "gradients", "units" or "activations".

        Args:
            path: Where it is written, too. None: nowhere.
            what: Which.

        Returns:
            A matplotlib `Figure`, which a notebook shows.
        """
        if what not in PLOTS:
            raise ValueError(
                f"what must be one of {list(PLOTS)}; received {what!r}."
            )
        return PLOTS[what](
            [{"epoch": r["epoch"], **r[what]} for r in self.history], path
        )

    def _repr_html_(self):
        """The report, as a notebook shows it."""
        if not self.history:
            return "<p>No epoch has been watched yet.</p>"
        report = self.report
        with tempfile.TemporaryDirectory() as folder:
            self.report = pathlib.Path(folder, "report.html")
            try:
                self._write_report(running=False)
                page = self.report.read_text("utf-8")
            finally:
                self.report = report
        return (
            f'<iframe srcdoc="{html.escape(page)}" title="Training report" '
            'style="width: 100%; height: 40rem; border: 0"></iframe>'
        )

    def _try_report(self, running):
        """Writes the report; a training goes on where that fails."""
        try:
            self._write_report(running)
        except OSError as error:
            if not self._report_failed:
                self._report_failed = True
                warn(
                    f"{self.report} cannot be written ({error}); the "
                    "training goes on.",
                    RuntimeWarning,
                )

    def _write_report(self, running, sections=None, first=""):
        if self.report is not None:
            sections = {**_treated(self.treatments), **(sections or {})}
            _report.write(
                self.report,
                self.history,
                self.diagnosis,
                self.withdrawn,
                self.model.name,
                running,
                sections,
                first,
            )


def _treated(treatments):
    """A section of the report, if anything was tried."""
    rows = {
        f"{number}. {each.cause}": each.text.partition(": ")[2]
        for number, each in enumerate(treatments, 1)
    }
    return {"Treatment": rows} if rows else {}

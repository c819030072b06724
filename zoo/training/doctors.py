"""The TrainingDoctor of a run, with what it recorded before."""

from pathlib import Path

import keras

from zoo.callbacks import TrainingDoctor, _report
from zoo.training import run_found
from zoo.training.devices import Devices
from zoo.training.run_directory import RunDirectory

RECORDS = "doctor.jsonl"


class Unwatched(keras.callbacks.Callback):
    """In a TrainingDoctor's place where none can look on."""

    def __init__(self, report: Path) -> None:
        super().__init__()
        self._path = report

    def write_report(self, sections: dict | None = None, first: str = ""):
        """Writes the report, without a diagnosis."""
        name = self.model.name if self.model else "model"
        _report.write(self._path, [], [], [], name, False, sections, first)

    def plot(self, path, what=""):
        """Draws nothing."""


def make(
    model,
    images,
    run: RunDirectory,
    tell,
    devices: Devices | None = None,
) -> TrainingDoctor | Unwatched:
    """A TrainingDoctor that writes into a run directory.

    Args:
        model: The compiled model.
        images: The `data.Data`.
        run: The run, whose earlier epochs the doctor takes up. Records that
            are damaged are put aside, which is told.
        tell: Function that prints a line.
        devices: Those that train. None: one.
    """
    devices = devices or Devices()
    if why := _blind(devices):
        if devices.role.is_chief:
            print(f"without the TrainingDoctor: {why}", flush=True)
        return Unwatched(run / "report.html")

    def new():
        # Gradients, dead units and activations, with a diagnosis of all three.
        return TrainingDoctor(
            probe=next(iter(images.test))[0].numpy(),  # the same on resuming
            on_issue=lambda issue: tell(f"doctor: {issue.text}"),
            report=run / "report.html",
            path=run / RECORDS,
            each_epoch=True,  # whose figures are the same on resuming
        )

    doctor = new()
    if not run.done:
        return doctor
    file = run / RECORDS
    before = file.read_bytes() if file.is_file() else None
    fault = _recall(doctor, model, run.done)
    if fault:
        kept = ""
        if before is not None:
            file.unlink()
            file.with_suffix(".jsonl.damaged").write_bytes(before)
            kept = f"; what was there is in {file.name}.damaged"
        run_found.tell(
            f"{file} is {fault}: the doctor's records of the epochs so far "
            f"are lost, nothing else{kept}"
        )
        doctor = new()
        doctor.recall(model, run.done)
    return doctor


def _blind(devices):
    """Why no TrainingDoctor can look on; nothing if one can."""
    if keras.backend.backend() != "tensorflow":
        return "it looks into steps of TensorFlow only"
    if devices.role.workers > 1:
        return "it looks at one process only"
    return ""


def _recall(doctor, model, epochs):
    """Reads the records; returns what is wrong with them, or None."""
    try:
        doctor.recall(model, epochs)
        doctor.write_report()
        found = [record["epoch"] for record in doctor.history]
    except OSError:
        raise
    except Exception:  # of records that are not as they were written
        return "damaged"
    if not found:
        return "missing"
    # They begin later where earlier ones were lost, as was told then.
    whole = found == list(range(found[0], epochs))
    return None if whole else "damaged"

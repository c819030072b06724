"""The TrainingDoctor of a run, with what it recorded before."""

from zoo.callbacks import TrainingDoctor
from zoo.training import run_found
from zoo.training.run_directory import RunDirectory

RECORDS = "doctor.jsonl"


def make(model, images, run: RunDirectory, tell) -> TrainingDoctor:
    """A TrainingDoctor that writes into a run directory.

    Args:
        model: The compiled model.
        images: The `data.Data`.
        run: The run, whose earlier epochs the doctor takes up. Records that
            are damaged are put aside, which is told.
        tell: Function that prints a line.
    """

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

"""Exports the model that a training left in its run directory."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np

from zoo.export import export
from zoo.training.run_directory import read_data

CALIBRATION = 500  # images


def export_run(
    run: str | os.PathLike,
    directory: str | os.PathLike | None = None,
    formats: Sequence[str] = ("saved_model",),
) -> Path:
    """Writes the run's model as a version, preprocessing and names included.

    Args:
        run: The run directory, with config.json and model.keras.
        directory: The directory for the versions. None: `saved_model` in the
            run.
        formats: Formats that `zoo.export` takes; 8-bit ones are calibrated on
            the run's held-out images.

    Returns:
        The path of the new version.

    Raises:
        ValueError: The directory holds no finished run.
    """
    run = Path(run).expanduser()
    data = read_data(run)
    calibration = None
    if "litert_int8" in formats:
        with _reading(run / "held_out.npz"):
            calibration = np.load(run / "held_out.npz")["images"][:CALIBRATION]
    return export(
        _model(run / "model.keras"),
        run / "saved_model" if directory is None else directory,
        preprocessing=data["preprocessing"],
        class_names=data["classes"],
        formats=formats,
        calibration=calibration,
    )


def _model(path):
    from zoo import layers  # noqa: F401 (registers what the model is made of)

    if not path.exists():
        raise ValueError(
            f"{path.parent} has no {path.name}: the training has not come to "
            "its end."
        )
    with _reading(path):
        return keras.models.load_model(path)


@contextlib.contextmanager
def _reading(path):
    """Turns whatever the reader of a broken file raises into a ValueError."""
    try:
        yield
    except Exception as error:
        raise ValueError(f"{path} cannot be read: {error}") from error

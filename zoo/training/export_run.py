"""Exports the model that a training left in its run directory."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zoo.export import _files
from zoo.training.run_directory import read_data

CALIBRATION = 500  # images
MODEL = "model.keras"


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
    from zoo.export import export

    run = Path(run).expanduser()
    data = check(run, formats)
    calibration = None
    if "litert_int8" in formats:
        with _reading(run / "held_out.npz"):
            calibration = np.load(run / "held_out.npz")["images"][:CALIBRATION]
    return export(
        _model(run / MODEL),
        run / "saved_model" if directory is None else directory,
        preprocessing=data["preprocessing"],
        class_names=data["classes"],
        formats=formats,
        calibration=calibration,
    )


def check(
    run: str | os.PathLike, formats: Sequence[str] = ("saved_model",)
) -> dict[str, Any]:
    """What the run tells about its data, if it can be exported.

    Args:
        run: The run directory.
        formats: Formats that `zoo.export` takes.

    Raises:
        ValueError: The directory holds no finished run, or there is no such
            format.
    """
    _files.check_names(formats)
    run = Path(run).expanduser()
    if run.is_file():
        raise ValueError(
            f"{run} is a file; what is exported here is the directory of a "
            "training. For a model of your own call "
            f"zoo.export(keras.models.load_model({str(run)!r}), DIRECTORY)."
        )
    data = read_data(run)
    if not (run / MODEL).exists():
        raise ValueError(
            f"{run} has no {MODEL}: the training has not come to its end."
        )
    return data


def _model(path):
    import keras

    with _reading(path):
        return keras.models.load_model(path)


@contextlib.contextmanager
def _reading(path):
    """Turns whatever the reader of a broken file raises into a ValueError."""
    try:
        yield
    except Exception as error:
        raise ValueError(f"{path} cannot be read: {error}") from error

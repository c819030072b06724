"""Exports what `recipes/train.py` left in its run directory."""

import contextlib
import json
from pathlib import Path

import keras
import numpy as np

from zoo.export import export
from zoo.images._fit_images import FitImages

CALIBRATION = 500  # images


def export_run(run, directory=None, formats=("saved_model",)):
    """Writes the run's model as a version, preprocessing and names included.

    Args:
        run: The run directory, with config.json and model.keras.
        directory: Where the versions are. None: `saved_model` in the run.
        formats: As `zoo.export` takes them; 8-bit ones are calibrated on the
            run's held-out images.

    Returns:
        The path of the new version.

    Raises:
        ValueError: The directory holds no finished run.
    """
    run = Path(run).expanduser()
    data = _data(run)
    calibration = None
    if "litert_int8" in formats:
        with _reading(run / "held_out.npz"):
            calibration = np.load(run / "held_out.npz")["images"][:CALIBRATION]
    return export(
        _model(run / "model.keras"),
        run / "saved_model" if directory is None else directory,
        preprocessing=preprocessing(data),
        class_names=data["classes"],
        formats=formats,
        calibration=calibration,
    )


def preprocessing(data):
    """What the run did to its images, as a model.

    Args:
        data: What config.json tells under `data`.
    """
    *size, channels = data["input_shape"]
    fit = FitImages(
        size, data["resize"], data["own_size"], name="fit", dtype="float32"
    )
    scale = keras.layers.Rescaling(
        data["multiplier"], data["offset"], name="scale", dtype="float32"
    )
    image = keras.Input((None, None, channels), name="image")
    return keras.Model(image, scale(fit(image)), name="preprocessing")


def _data(run):
    if not run.is_dir():
        raise ValueError(f"there is no directory {run}.")
    path = run / "config.json"
    try:
        data = json.loads(path.read_text())["data"]
        preprocessing(data)
        return {**data, "classes": list(data["classes"])}
    except FileNotFoundError as error:
        raise ValueError(
            f"{run} is no run of recipes/train.py: it has no config.json."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path} is not as recipes/train.py writes it: "
            f"{type(error).__name__}: {error}"
        ) from error


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

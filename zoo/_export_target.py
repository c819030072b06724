"""Exports what a command is given: a run, a file, a SavedModel, a name."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zoo import _json, _keras_file, _targets
from zoo.export import _files, _versions
from zoo.training.run_found import EVALUATION, HELD_OUT

CALIBRATION = 500  # images for 8 bits


def check(
    target: _targets.Target, formats: Sequence[str] = ("saved_model",)
) -> None:
    """Refuses, without TensorFlow, what cannot be exported.

    Raises:
        ValueError: A run is not finished, or there is no such format.
    """
    formats = _files.check_names(formats)
    if target.kind == _targets.RUN and target.path:
        _targets.trained_model(target.path)
    if "litert_int8" in formats and not _images_of(target):
        raise ValueError(
            "the format litert_int8 needs images; only a run has them, as "
            f"{HELD_OUT}. From Python, zoo.export(…, calibration=images) takes "
            "yours."
        )


def default_directory(target: _targets.Target) -> Path:
    """Where the versions go unless a user says otherwise."""
    if target.path is None:
        return Path("exported") / target.name
    if target.kind == _targets.SAVED_MODEL:
        is_version = target.path.name.isdecimal()
        return target.path.parent if is_version else target.path / "versions"
    if target.run is not None:
        return target.run / "saved_model"
    return target.path.with_name(f"{target.path.stem}_saved_model")


def export_target(
    target: _targets.Target,
    directory: str | os.PathLike | None = None,
    formats: Sequence[str] = ("saved_model",),
    calibrate: bool | str | os.PathLike = False,
    own_temperature: bool = False,
    **options,
) -> Path:
    """Writes a target as a version, preprocessing and names included.

    Args:
        target: What `_targets.find` returned.
        directory: The directory for the versions. None: `default_directory`.
        formats: Formats that `zoo.export` takes; 8-bit ones are calibrated on
            the run's held-out images.
        calibrate: Whether the probabilities have the temperature that an
            evaluation fitted: True for the run's own, or the path of an
            evaluation.json or its directory.
        own_temperature: Whether they have the temperature that a .keras file
            tells. A SavedModel's stays in any case.
        options: Further arguments of `_loading.load`.

    Returns:
        The path of the new version.

    Raises:
        ValueError: The target cannot be exported.
    """
    from zoo import _loading
    from zoo.export import export

    check(target, formats)
    evaluated = evaluation_of(target, calibrate)
    loaded = _loading.load(target, images_known=False, **options)
    keeps = own_temperature or target.kind == _targets.SAVED_MODEL
    temperature = loaded.temperature if keeps else 1.0
    if evaluated is not None:
        temperature = _fitted(evaluated, loaded, target)
    calibration = None
    file = _images_of(target)
    if "litert_int8" in formats and file:
        with _keras_file.reading(file):
            calibration = np.load(file)["images"][:CALIBRATION]
    return export(
        loaded.model,
        default_directory(target) if directory is None else directory,
        preprocessing=loaded.preprocessing,
        class_names=loaded.classes,
        optimize=target.kind != _targets.SAVED_MODEL,  # which is already
        formats=formats,
        calibration=calibration,
        temperature=temperature,
    )


def evaluation_of(
    target: _targets.Target, calibrate: bool | str | os.PathLike = True
) -> dict[str, Any] | None:
    """The evaluation.json that has the temperature; None without `calibrate`.

    Raises:
        ValueError: There is none, or it has no temperature.
    """
    if not calibrate:
        return None
    if calibrate is True:
        if target.run is None or target.kind == _targets.SAVED_MODEL:
            raise ValueError(
                f"{target.given} has no evaluation; evaluate it by `zoo "
                f"evaluate {target.given} --dataset=…`, then give "
                "--evaluation=evaluation.json, the file that this wrote."
            )
        path = target.run / EVALUATION
    else:
        path = Path(calibrate).expanduser()
        path = path / EVALUATION if path.is_dir() else path
    if not path.is_file():
        raise ValueError(
            f"there is no {path}; `zoo evaluate {target.given}` writes one."
        )
    with _keras_file.reading(path):
        found = _json.parse(path.read_text("utf-8"))
        temperature = found["temperature"]
    if not temperature:
        raise ValueError(f"{path} has no temperature: it could not be fitted.")
    return {**found, "path": path}


def _fitted(evaluated, loaded, target):
    """The temperature that was fitted on answers of these weights."""
    from zoo.export._metadata import weights_sha256

    expected = evaluated.get("weights_sha256")
    if expected and expected != weights_sha256(loaded.model):
        raise ValueError(
            f"{evaluated['path']} is an evaluation of other weights than those "
            f"of {target.given}; evaluate it again."
        )
    # A SavedModel's answers were divided by its own before.
    is_saved = target.kind == _targets.SAVED_MODEL
    return evaluated["temperature"] * (loaded.temperature if is_saved else 1)


@contextlib.contextmanager
def served(target: _targets.Target, **options) -> Iterator[Path]:
    """A directory of versions, the newest of which is the target.

    What has no SavedModel is exported to a place that is gone afterwards.

    Args:
        target: What `_targets.find` returned.
        options: Further arguments of `_loading.load`.
    """
    if saved_model(target):
        yield Path(target.given).expanduser()  # newer versions may come
        return
    with tempfile.TemporaryDirectory(prefix="zoo-serve-") as directory:
        place = Path(directory) / target.name
        export_target(target, place, own_temperature=True, **options)
        yield place


def saved_model(target: _targets.Target) -> Path | None:
    """The SavedModel that a target is or has; None if it has none."""
    if target.kind == _targets.SAVED_MODEL:
        return target.path
    if target.kind != _targets.RUN:
        return None
    try:
        return _versions.newest(target.path)
    except ValueError:
        return None


def _images_of(target):
    """The file of a run's held-out images, or None."""
    file = target.run / HELD_OUT if target.run else None
    return file if file and file.is_file() else None

"""Finds what a command is given: a run, a SavedModel, a .keras file, a name.

Every command that takes a model asks here, so that all of them take the same.
Nothing here imports Keras; `_loading` makes a model of what was found.
"""

import dataclasses
import os
from pathlib import Path

from zoo import _listing
from zoo.checkpoints import _known, _package
from zoo.export import _versions
from zoo.training import run_directory

KERAS_FILES = (".keras", ".h5", ".hdf5")
RUN, SAVED_MODEL, KERAS, NAME = "run", "saved_model", "keras", "name"


@dataclasses.dataclass(frozen=True)
class Target:
    """What a user named.

    Attributes:
        given: The words of the user.
        kind: "run": the directory of a training; "saved_model": the directory
            of one version; "keras": a file that Keras saved; "name": a model
            of the zoo with published weights.
        path: The directory or file; None for a name.
    """

    given: str
    kind: str
    path: Path | None = None

    @property
    def name(self) -> str:
        """A short name, for people and for names of files."""
        if self.path is None:
            return self.given
        path = self.path.resolve()
        if self.run is not None and self.run != self.path:
            return self.run.resolve().name
        if self.kind == SAVED_MODEL and path.name.isdecimal():
            return path.parent.name
        return path.stem if self.kind == KERAS else path.name

    @property
    def run(self) -> Path | None:
        """The directory of the run that it is, or lies in."""
        if self.path is None or self.kind == RUN:
            return self.path
        folders = [self.path.resolve().parent]
        if self.kind == SAVED_MODEL:
            folders.append(folders[0].parent)
        return next(filter(is_run, folders), None)


def find(given: str | os.PathLike, weights: str | None = None) -> Target:
    """What `given` names; a file or directory goes before a model's name.

    Args:
        given: A path, or a name that `zoo list --weights` prints.
        weights: For a name: the checkpoint. None: the first.

    Raises:
        ValueError: It is none of them; says why not.

    Example:
        >>> find("efficientnet_lite0").kind
        'name'
    """
    given = os.fspath(given)
    path = Path(given).expanduser()
    looks_like_path = os.sep in given or path.suffix in KERAS_FILES
    if path.is_dir():
        target = _directory(given, path)
    else:
        target = _file(given, path) if path.is_file() else None
    if target is None and not looks_like_path and _is_name(given):
        checkpoint = _known.find(given, weights)
        if checkpoint.name.startswith("package"):
            _package.find(checkpoint)
        return Target(given, NAME)
    if target is None:
        raise ValueError(_nothing(given, path, looks_like_path))
    if weights is not None:
        raise ValueError(
            f"--weights={weights} is for the name of a model; {given} has "
            "weights of its own."
        )
    return target


def trained_model(run: Path) -> Path:
    """The file of the model that a training has come to.

    Args:
        run: The run directory.

    Raises:
        ValueError: The run is broken, or has not come to its end.
    """
    run_directory.read_data(run)
    path = run / run_directory.MODEL
    if not path.exists():
        raise ValueError(
            f"{run} has no {run_directory.MODEL}: the training has not come to "
            "its end."
        )
    return path


def is_target(given: str | os.PathLike) -> bool:
    """Whether a path is that of a run, a SavedModel or a .keras file."""
    path = Path(given).expanduser()
    if path.is_dir():
        return _directory(os.fspath(given), path) is not None
    return path.is_file() and _file(os.fspath(given), path) is not None


def read_names(path: str | os.PathLike) -> list[str]:
    """The names in a text file, one a line.

    Raises:
        ValueError: It cannot be read, or two names are the same.
    """
    try:
        lines = Path(path).expanduser().read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise ValueError(f"--class_names={path}: {error}") from error
    names = [line.strip() for line in lines if line.strip()]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(
            f"--class_names={path}: {twice[0]!r} stands there twice."
        )
    return names


def is_run(path: Path) -> bool:
    """Whether a directory holds a training's config.json."""
    try:
        run_directory.read_data(path)
    except ValueError:
        return False
    return True


def _directory(given, path):
    config = (path / run_directory.CONFIG).is_file()
    if config and is_run(path):
        return Target(given, RUN, path)
    try:
        return Target(given, SAVED_MODEL, _versions.newest(path))
    except ValueError:
        # A broken file is named by whoever reads the run.
        return Target(given, RUN, path) if config else None


def _file(given, path):
    """The target that a file is, or None."""
    if path.suffix in KERAS_FILES[1:]:
        return Target(given, KERAS, path)
    from zoo.checkpoints import _files  # which imports h5py

    if _files.is_keras_model(path):
        return Target(given, KERAS, path)
    return None


def _is_name(given):
    return given in _listing.all_names()


def _nothing(given, path, looks_like_path):
    """Why `given` is no target."""
    asked = (
        "Expected the directory of a run (with config.json), the directory of "
        "a SavedModel (saved_model.pb, or numbered directories of it), a "
        ".keras file, or a model that `zoo list --weights` names."
    )
    if path.is_dir():
        return (
            f"{given} is a directory that holds no run (there is no "
            f"config.json) and no SavedModel. {asked}"
        )
    if path.is_file():
        return f"{given} is a file that Keras did not save. {asked}"
    if looks_like_path:
        return f"there is no file or directory {given}. {asked}"
    return (
        f"there is no file, directory or model {given!r}."
        f"{_listing.near(given)} {asked}"
    )

"""The directories of versions that TensorFlow Serving reads."""

import os
from pathlib import Path


def make(directory):
    """The directory as a Path, made if it is missing."""
    directory = Path(directory).expanduser()
    if directory.exists() and not directory.is_dir():
        raise ValueError(
            f"directory must be a directory; {directory} is a file."
        )
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def numbers(directory):
    """The versions in a directory, in order."""
    return sorted(
        int(p.name) for p in directory.iterdir() if p.name.isdecimal()
    )


def newest(directory):
    """The path of the newest SavedModel; the directory itself if it is one.

    Args:
        directory: The directory of the versions, one of them, or the run
            directory of a training, which has them in `saved_model`.

    Raises:
        ValueError: There is none.
    """
    directory = Path(directory).expanduser()
    if not directory.is_dir():
        raise ValueError(f"there is no directory {directory}.")
    if (directory / "saved_model.pb").exists():
        return directory
    if not numbers(directory) and (directory / "saved_model").is_dir():
        directory /= "saved_model"
    for number in reversed(numbers(directory)):
        version = directory / str(number)
        if (version / "saved_model.pb").exists():
            return version
    raise ValueError(
        f"{directory} holds no SavedModel: neither a directory of a version, "
        f"such as {directory / '1'}, nor saved_model.pb."
    )


def publish(aside, directory, finish):
    """Moves `aside` to the next free version, also beside other writers.

    Args:
        aside: The folder in `directory` that holds what was written.
        directory: The folder that holds the versions.
        finish: Function that is called with the version's number before the
            version appears.
    """
    while True:
        number = max(numbers(directory), default=0) + 1
        version = directory / str(number)
        finish(number)
        try:
            os.rename(aside, version)
            return version
        except OSError:
            if not version.exists():
                raise

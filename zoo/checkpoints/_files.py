"""Reads a checkpoint file of any of the formats."""

import os
import pathlib

from zoo.checkpoints import _h5, _pth, _safetensors

READERS = {
    ".safetensors": _safetensors.read,
    ".pth": _pth.read,
    ".pt": _pth.read,
    ".bin": _pth.read,
    ".h5": _h5.read,
}


def read(path):
    """{tensor name: array} of a checkpoint file.

    Raises:
        ValueError: There is no such file, or its format is none of `READERS`.
    """
    path = pathlib.Path(os.fspath(path))
    if path.suffix not in READERS:
        raise ValueError(
            f"{path}: the name of a checkpoint ends in one of "
            f"{', '.join(READERS)}."
        )
    if not path.is_file():
        raise ValueError(f"{path}: there is no such file.")
    return READERS[path.suffix](path)

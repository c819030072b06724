"""Reads a checkpoint file of any of the formats, which its first bytes tell."""

import os
import pathlib
import zipfile

from zoo.checkpoints import _h5, _pth, _safetensors

READERS = {
    ".safetensors": _safetensors.read,
    ".pth": _pth.read,
    ".pt": _pth.read,
    ".bin": _pth.read,
    ".h5": _h5.read,
}
ZIP, HDF5 = b"PK\x03\x04", b"\x89HDF\r\n\x1a\n"
PICKLES = tuple(b"\x80" + bytes([protocol]) for protocol in range(2, 6))
# What people have under such a name that is no checkpoint.
OTHERS = {
    b"version https://git-lfs": "a Git LFS pointer: run git lfs pull",
    b"<": "a web page: the download brought that instead of the file",
    b"{": "JSON",
    b"\x1f\x8b": "compressed with gzip: unpack it first",
}


def read(path):
    """{tensor name: array} of a checkpoint file.

    What a file is, its content tells; its name is asked only where that is
    damaged.

    Raises:
        ValueError: There is no such file, or it is not wholly of one of the
            formats of `READERS`.
    """
    path = pathlib.Path(os.fspath(path))
    if not path.is_file():
        kind = "no file" if path.exists() else "no such file"
        raise ValueError(f"{path}: there is {kind}.")
    try:
        with open(path, "rb") as file:
            start = file.read(64)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from error
    reader = _reader(path, start)
    try:
        return reader(path)
    except MemoryError as error:
        raise ValueError(f"{path} does not fit into memory.") from error


def is_keras_model(path):
    """Whether the file is a whole model, as `model.save` writes it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "config.json" in archive.namelist()
    except Exception:  # zipfile raises many kinds
        return False


def _reader(path, start):
    if start.startswith(ZIP) and is_keras_model(path):
        raise ValueError(
            f"{path} is a whole Keras model; load it with "
            f"keras.saving.load_model({str(path)!r})."
        )
    if _safetensors.begins(start):  # its length may be a pickle's beginning
        return _safetensors.read
    if start.startswith((ZIP, *PICKLES)):
        return _pth.read
    if start.startswith(HDF5):
        return _h5.read
    for others, what in OTHERS.items():
        if start.startswith(others):
            raise ValueError(f"{path} is no checkpoint but {what}.")
    if not start:
        raise ValueError(f"{path} is empty.")
    if path.suffix in READERS:
        return READERS[path.suffix]
    raise ValueError(
        f"{path} begins as none of the files that are read: "
        f"{', '.join(READERS)}."
    )

"""Looks through a `.keras` file before Keras opens it."""

import io
import os
import zipfile

from zoo.checkpoints import _files, _h5

WEIGHTS = "model.weights.h5"
READ = ("config.json", "metadata.json", WEIGHTS)  # by Keras
EXPANSION, SMALL = 16, 2**24  # bytes of all entries: 16 times the file's


def check(path):
    """Refuses a damaged model, and one that would fill memory or disk.

    Args:
        path: A `.keras` file, or a whole model in an `.h5` file.

    Raises:
        ValueError: It is no model, damaged, or larger within than the file.
    """
    path = os.fspath(path)
    if not os.path.isfile(path):
        raise ValueError(f"{path}: there is no such file.")
    with open(path, "rb") as file:
        start = file.read(8)
    if start.startswith(_files.HDF5):
        _h5.check(path)
        return
    if not start.startswith(_files.ZIP):
        raise ValueError(
            f"{path} is no Keras model: neither a zip archive nor HDF5."
        )
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, os.path.getsize(path))
    except Exception as error:  # zipfile raises many kinds
        raise ValueError(
            f"{path} is no Keras model, or damaged: {error!s:.300}"
        ) from error


def _check(archive, size):
    entries = archive.infolist()
    if sum(e.file_size for e in entries) > max(SMALL, EXPANSION * size):
        raise ValueError("its entries are larger than the file")
    names = [entry.filename for entry in entries]
    if "config.json" not in names:
        raise ValueError("it has no config.json")
    if any(names.count(name) > 1 for name in READ):
        raise ValueError("two entries have one name")
    damaged = archive.testzip()
    if damaged is not None:
        raise ValueError(f"the checksum of {damaged!r:.99} is wrong")
    if WEIGHTS in names:
        with archive.open(WEIGHTS) as file:
            stored = (
                archive.getinfo(WEIGHTS).compress_type == zipfile.ZIP_STORED
            )
            _h5.check(file if stored else io.BytesIO(file.read()), WEIGHTS)

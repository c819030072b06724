"""Brings a checkpoint that its publisher keeps in a ZIP archive of its own."""

import os
import shutil
import zipfile

from zoo.checkpoints import _download, _locks

EXPANSION = 8  # most times as large as its archive that a file may be


def fetch(url, file, digest):
    """The path of the unpacked file in the cache.

    Args:
        url: Where the archive is.
        file: The name of the file in it, and in the cache.
        digest: The file's checksum, as `_download.checksum` takes it.

    Raises:
        DownloadError: The archive cannot be downloaded, does not hold the
            file, or that has another checksum.
    """
    path = _download.cache_directory() / file
    if _is_right(path, digest):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{file}.part")
    with _locks.held(part, _download.DEADLINE, lambda: None):
        if not _is_right(path, digest):  # another process has brought it
            archive = _download.fetch(url, f"{file}.zip")
            try:
                _unpack(archive, file, part)
                found = _download.checksum(part, digest)
                if found != digest:
                    raise ValueError(f"its checksum is {found}, not {digest}")
                os.replace(part, path)
            except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
                part.unlink(missing_ok=True)
                raise _download.DownloadError(
                    f"{url} does not bring {file} ({error}). With another "
                    f"tool, download it, unpack it and put it at {path}."
                ) from error
            finally:
                archive.unlink(missing_ok=True)
    return path


def _is_right(path, digest):
    return path.is_file() and _download.checksum(path, digest) == digest


def _unpack(archive, file, path):
    with zipfile.ZipFile(archive) as opened:
        names = [n for n in opened.namelist() if n.rpartition("/")[2] == file]
        if len(names) != 1:
            raise ValueError(f"it holds {opened.namelist()[:3]}")
        size = opened.getinfo(names[0]).file_size
        if size > EXPANSION * archive.stat().st_size:
            raise ValueError(f"{names[0]} would take {size:,} bytes")
        with opened.open(names[0]) as source, open(path, "wb") as target:
            shutil.copyfileobj(source, target, _download.CHUNK)

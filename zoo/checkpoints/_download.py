"""Downloads published checkpoints into a cache, checked or not at all."""

import contextlib
import hashlib
import os
import pathlib
import re
import sys
import time
import urllib.error
import urllib.parse

from zoo._progress import Bar
from zoo._warnings import warn
from zoo.checkpoints import _locks, _transfer

CHUNK = 1 << 20
DEADLINE = 6 * 3600.0  # seconds; what has arrived by then is kept
ATTEMPTS = 5  # while each brings something
UNCHECKED = "ZOO_UNCHECKED_DOWNLOADS"
KEPT = 7 * 24 * 3600  # seconds until what a killed download left is removed
# As they are named now, and as earlier versions named them.
LEFTOVER = re.compile(r"\..+\.(part|part\.json|[a-z0-9_]{8})")


class DownloadError(ConnectionError):
    """A file could not be downloaded, or is not what it should be."""


def cache_directory():
    """Where Keras keeps downloaded models: ~/.keras/models, or $KERAS_HOME."""
    home = os.environ.get("KERAS_HOME") or pathlib.Path.home() / ".keras"
    return pathlib.Path(home) / "models"


def fetch(url, file, sha256="", seconds=DEADLINE):
    """The path of the file in the cache, downloaded if it is not there.

    A download that broke off goes on where it ended, if the server can.

    Args:
        url: Where it is.
        file: Its name in the cache.
        sha256: Its checksum's beginning, or all of its MD5 or SHA-1. "": the
            server's own, if it tells.
        seconds: Seconds that a download may take.

    Raises:
        DownloadError: With what to download and where to put it. Of what is
            half-written, only a beginning stays that can be gone on with.
    """
    path = cache_directory() / file
    if path.is_file() and _is_right(path, sha256):
        return path
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(path.parent, part)
        with _locks.held(part, seconds, lambda: _waiting(file)):
            if not path.is_file() or not _is_right(path, sha256):
                _download(url, part, path, sha256, seconds)
    except _transfer.ERRORS as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(
            f"Cannot download {url} ({reason}). With another tool, download "
            f"it and put it at {path}."
        ) from error
    return path


def checksum(path, wanted=""):
    """The file's SHA-256 in hexadecimal digits, or the kind that `wanted` is.

    MD5 has 32 digits, SHA-1 has 40.
    """
    kind = _kind(wanted).lower().replace("-", "")
    digest = hashlib.new(kind, usedforsecurity=False)
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def warn_if_unknown(path, sha256):
    """Warns of a file whose checksum nothing in this package tells."""
    if sha256:
        return
    host = _record(path)[1]
    checked = (
        f"it has the one that {host} told with it"
        if host
        else "nothing tells whether it is the right file"
    )
    warn(f"{path.name}: its SHA-256 is not known beforehand; {checked}.")


def _download(url, part, path, sha256, seconds):
    end = time.monotonic() + seconds
    bars = []

    def accept(told):
        wanted = sha256 or told.sha256
        if told.size is None and not wanted and not os.environ.get(UNCHECKED):
            raise ValueError(
                "neither its size nor its checksum is known, so that a part "
                f"would pass for the whole; {UNCHECKED}=1 accepts that"
            )
        bars.append(Bar(told.size, sys.stderr))

    def show(done, size):
        bars[-1].show(done, path.name, f"{done / 1e6:.1f} MB")

    told, stays = None, False
    try:
        told = _patiently(url, part, end, accept, show)
    except (_transfer.Incomplete, urllib.error.URLError, KeyboardInterrupt):
        stays = _transfer.can_go_on(url, part)
        raise
    finally:
        for bar in bars:
            bar.close()
        if told is None and not stays:
            _remove(part)
    wanted = sha256 or told.sha256
    digest = checksum(part, wanted)
    if not digest.startswith(wanted):
        _remove(part)
        raise ValueError(
            f"its {_kind(wanted)} {digest} does not begin with {wanted}"
        )
    if not sha256 and told.sha256:
        host = urllib.parse.urlsplit(url).hostname
        _record_path(path).write_text(f"{digest}  {path.name}  {host}\n")
    size = part.stat().st_size
    os.replace(part, path)
    _transfer.note(part).unlink(missing_ok=True)
    bars[-1].line(f"downloaded {path.name}, {size / 1e6:.1f} MB")


def _patiently(url, part, end, accept, show):
    """Brings the file, in several attempts if the server can go on."""
    for attempt in range(ATTEMPTS):
        before = part.stat().st_size
        try:
            left = end - time.monotonic()
            return _transfer.bring(url, part, left, accept, show)
        except _transfer.Incomplete:
            more = part.stat().st_size != before
            again = more and _transfer.can_go_on(url, part)
            if not again or attempt == ATTEMPTS - 1 or time.monotonic() > end:
                raise
    raise AssertionError


def _kind(checksum):
    return {32: "MD5", 40: "SHA-1"}.get(len(checksum), "SHA-256")


def _waiting(file):
    Bar(None, sys.stderr).line(f"waiting: another process downloads {file}")


def _is_right(path, sha256):
    wanted = sha256 or _record(path)[0]
    return checksum(path, wanted).startswith(wanted)


def _record_path(path):
    return path.with_name(f"{path.name}.sha256")


def _record(path):
    """(the checksum that was told with a file, by which host), or ("", "")."""
    try:
        digest, _, host = _record_path(path).read_text().split()
        return digest, host
    except (OSError, ValueError):
        return "", ""


def _remove(part):
    part.unlink(missing_ok=True)
    _transfer.note(part).unlink(missing_ok=True)


def _remove_leftovers(folder, own):
    """What killed downloads left, unless it is new or somebody's."""
    for left in folder.iterdir():
        with contextlib.suppress(OSError):
            old = time.time() - left.stat().st_mtime > KEPT
            if (
                old
                and left not in (own, _transfer.note(own))
                and LEFTOVER.fullmatch(left.name)
                and left.is_file()
                and not _locks.is_held(left)
            ):
                left.unlink()

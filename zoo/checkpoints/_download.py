"""Downloads published checkpoints into a cache, checked or not at all."""

import contextlib
import hashlib
import http.client
import os
import pathlib
import re
import sys
import tempfile
import urllib.request

from zoo._progress import Bar

TIMEOUT = 20.0  # seconds without an answer or a byte
CHUNK = 1 << 20


class DownloadError(ConnectionError):
    """A file could not be downloaded, or is not what it should be."""


def cache_directory():
    """Where Keras keeps downloaded models: ~/.keras/models, or $KERAS_HOME."""
    home = os.environ.get("KERAS_HOME") or pathlib.Path.home() / ".keras"
    return pathlib.Path(home) / "models"


def fetch(url, file, sha256=""):
    """The path of the file in the cache, downloaded if it is not there.

    Args:
        url: Where it is.
        file: Its name in the cache.
        sha256: Its checksum's beginning. "": the server's own, if it tells.

    Raises:
        DownloadError: With what to download and where to put it. Nothing
            half-written stays in the cache.
    """
    path = cache_directory() / file
    if path.is_file() and checksum(path).startswith(sha256):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{file}.", delete=False
        ) as part:
            try:
                _download(url, part, file, sha256)
                part.close()
                os.replace(part.name, path)
            finally:
                part.close()
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(part.name)
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise DownloadError(
            f"Cannot download {url} ({reason}). With another tool, download "
            f"it and put it at {path}."
        ) from error
    return path


def checksum(path):
    """The file's SHA-256 in hexadecimal digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _download(url, part, file, sha256):
    redirects = _Redirects()
    opener = urllib.request.build_opener(redirects)
    with opener.open(url, timeout=TIMEOUT) as response:
        size = response.headers.get("Content-Length")
        size = int(size) if size and size.isdecimal() else None
        sha256 = sha256 or redirects.sha256 or _told_sha256(response.headers)
        digest, done, bar = hashlib.sha256(), 0, Bar(size, sys.stderr)
        while chunk := response.read(CHUNK):
            part.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            bar.show(done, file, f"{done / 1e6:.1f} MB")
        bar.close()
        bar.line(f"downloaded {file}, {done / 1e6:.1f} MB")
    if size is not None and done != size:
        raise DownloadError(f"{done:,} of {size:,} bytes arrived")
    if not digest.hexdigest().startswith(sha256):
        raise DownloadError(
            f"its SHA-256 {digest.hexdigest()} does not begin with {sha256}"
        )


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Remembers the checksum in a redirection, where Hugging Face tells it."""

    sha256 = ""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        self.sha256 = self.sha256 or _told_sha256(headers)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _told_sha256(headers):
    match = re.fullmatch(
        r'"?([0-9a-f]{64})"?', headers.get("X-Linked-Etag") or ""
    )
    return match[1] if match else ""

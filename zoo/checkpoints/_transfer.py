"""Brings a file over HTTP, goes on where an earlier attempt ended, never hangs.

Three limits end it: `TIMEOUT` seconds without a byte, less than `SLOWEST` bytes
a second over `WINDOW` seconds, and a deadline for the whole.
"""

import contextlib
import http.client
import json
import os
import re
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from typing import NamedTuple

from zoo import _json

TIMEOUT = 20.0
SLOWEST, WINDOW = 1000, 60.0
STEP = 0.1  # seconds between two looks at the limits
CHUNK = 1 << 20
BROKEN = (http.client.IncompleteRead, ConnectionError, ssl.SSLError)
ERRORS = (OSError, http.client.HTTPException, ValueError)


class Told(NamedTuple):
    """What a server tells of a file.

    Attributes:
        size: In bytes; None: it did not tell.
        sha256: 64 hexadecimal digits; "": it did not tell.
        tag: With which the rest can be asked for; "": it cannot.
    """

    size: int | None
    sha256: str
    tag: str


class Incomplete(ConnectionError):
    """The connection ended, or a limit was reached, before the file did."""


def bring(url, part, seconds, accept, show):
    """Appends to a file what it lacks.

    Args:
        url: Where the whole is.
        part: Path of the file, which may have the beginning already;
            `note(part)` says of what.
        seconds: Seconds that it may take.
        accept: Function that is called with a `Told` before anything is
            written; it raises what it does not like.
        show: Function of the bytes done and the size or None.

    Returns:
        The `Told`.

    Raises:
        Incomplete: See above. `part` keeps what arrived.
        OSError, http.client.HTTPException: Anything else.
    """
    headers = {"Accept-Encoding": "identity"}
    done, tag = _beginning(url, part)
    if done:
        headers |= {"Range": f"bytes={done}-", "If-Range": tag}
    watch = _Watch(seconds)
    opener = urllib.request.build_opener(
        _watching(urllib.request.HTTPHandler, watch),
        _watching(urllib.request.HTTPSHandler, watch),
        redirects := _Redirects(),
    )
    try:
        request = urllib.request.Request(url, headers=headers)
        with watch, opener.open(request, timeout=TIMEOUT) as response:
            if response.status != http.HTTPStatus.PARTIAL_CONTENT:
                done = 0  # the file has changed, or the server sends it whole
            elif not done:
                raise ValueError("the server sends a part, unasked")
            told = _told(response, done, redirects.sha256)
            accept(told)
            note(part).write_text(json.dumps({"url": url, "tag": told.tag}))
            with open(part, "r+b") as file:
                file.truncate(done)
                file.seek(done)
                while chunk := response.read1(CHUNK):
                    file.write(chunk)
                    done += len(chunk)
                    watch.done += len(chunk)
                    show(done, told.size)
                file.flush()
                os.fsync(file.fileno())
    except ERRORS as error:
        if watch.reason:
            raise Incomplete(watch.reason) from error
        if getattr(error, "code", None) == 416 and done:  # it has no such part
            note(part).unlink()
            return bring(url, part, seconds, accept, show)
        if isinstance(error, TimeoutError):
            raise Incomplete(f"nothing came for {TIMEOUT:.0f} s") from error
        if isinstance(error, BROKEN):
            raise Incomplete(str(error) or type(error).__name__) from error
        raise
    if watch.reason:
        raise Incomplete(watch.reason)
    if told.size is not None and done != told.size:
        raise Incomplete(f"{done:,} of {told.size:,} bytes arrived")
    return told


def note(part):
    """The path of the file beside `part` that says what `part` is of."""
    return part.with_name(f"{part.name}.json")


def can_go_on(url, part):
    """Whether an attempt would go on where an earlier one ended."""
    return _beginning(url, part)[0] > 0


def _beginning(url, part):
    """(bytes that are there, the tag to ask for the rest), or (0, "")."""
    try:
        noted = _json.parse(note(part).read_text())
        if noted["url"] == url and noted["tag"]:
            return part.stat().st_size, str(noted["tag"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return 0, ""


def _told(response, done, sha256):
    headers = response.headers
    if headers.get("Content-Encoding", "identity") != "identity":
        raise ValueError("the server sends it compressed")
    size = headers.get("Content-Length")
    size = int(size) if size and size.isdecimal() else None
    if done:
        place = headers.get("Content-Range", "")
        found = re.fullmatch(rf"bytes {done}-\d+/(\d+)", place.strip())
        if not found:
            raise ValueError(f"the server sends another part: {place!r}")
        size = int(found[1])
    tag = headers.get("ETag", "")
    if tag.startswith("W/"):
        tag = ""
    tag = tag or headers.get("Last-Modified", "")
    can = done or headers.get("Accept-Ranges", "").strip() == "bytes"
    return Told(size, sha256 or told_sha256(headers), tag if can else "")


def told_sha256(headers):
    """The checksum as Hugging Face tells it; "" if it is not there."""
    told = headers.get("X-Linked-Etag") or ""
    match = re.fullmatch(r'"?([0-9a-f]{64})"?', told)
    return match[1] if match else ""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Remembers the checksum in a redirection; none leaves HTTPS."""

    sha256 = ""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        self.sha256 = self.sha256 or told_sha256(headers)
        if req.type == "https" and not newurl.startswith("https:"):
            raise urllib.error.URLError("it leads from HTTPS to HTTP")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Watch(threading.Thread):
    """Ends the connections of a transfer that is too slow or takes too long."""

    def __init__(self, seconds):
        super().__init__(daemon=True)
        self.seconds, self.done, self.reason = seconds, 0, ""
        self.sockets, self.over = [], threading.Event()

    def __enter__(self):
        self.start()

    def __exit__(self, *error):
        self.over.set()
        self.join()

    def run(self):
        begun = since = time.monotonic()
        before = 0
        while not self.over.wait(STEP):
            now = time.monotonic()
            if now - begun > self.seconds:
                self.end(f"it took longer than {self.seconds:,.0f} s")
            elif now - since > WINDOW:
                if self.done - before < SLOWEST * WINDOW:
                    self.end(
                        f"less than {SLOWEST:,} bytes a second came for "
                        f"{WINDOW:.0f} s"
                    )
                since, before = now, self.done

    def end(self, reason):
        self.reason = self.reason or reason
        for connected in self.sockets:
            with contextlib.suppress(OSError):  # closed already
                # Not an SSLSocket's own, which changes it for its reader.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)


def _watching(handler, watch):
    """A urllib handler whose connections the watch can end."""

    class Watching(handler):
        def do_open(self, http_class, req, **options):
            def watched(host, **more):
                made = http_class(host, **more)
                connect = made.connect

                def connected():
                    connect()
                    watch.sockets.append(made.sock)

                made.connect = connected
                return made

            return super().do_open(watched, req, **options)

    return Watching()

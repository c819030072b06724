"""Published checkpoints over HTTP, from a server on this machine."""

import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import zoo
from tests.parity import weights
from tests.parity.cases import CASES
from tests.parity.test_parity import recorded
from tests.zoo.torch_files import write_state
from zoo.checkpoints import _download, _known, _locks, _transfer

CONTENT = bytes(range(256)) * 9000  # more than two chunks
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves `server.files`, and misbehaves as the path says."""

    def do_GET(self):
        self.server.requests.append(self.path)
        kind, _, name = self.path[1:].partition("/")
        if kind == "moved":
            self.send_response(302)
            self.send_header("Location", f"/good/{name}")
            self.send_header("X-Linked-Etag", f'"{self.server.told}"')
            self.end_headers()
            return
        content = self.server.files.get(name)
        if content is None:
            self.send_error(404)
            return
        with contextlib.suppress(ConnectionError):
            getattr(self, kind, self.whole)(content, kind)

    def whole(self, content, kind):
        self.send_response(200)
        if kind != "unknown_length":
            self.send_header("Content-Length", str(len(content)))
        if kind == "compressed":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if kind == "truncated":
            content = content[:-1000]
        elif kind == "corrupted":
            content = b"x" + content[1:]
        self.wfile.write(content)

    def breaking(self, content, kind):
        """Sends a million bytes from where it is asked to, then breaks off."""
        begin, tag = 0, f'"{self.server.version}"'
        if self.headers.get("If-Range") == tag:
            begin = int(self.headers["Range"][len("bytes=") : -1])
        self.server.begins.append(begin)
        if begin >= len(content):
            self.send_error(416)
            return
        self.send_response(206 if begin else 200)
        if begin:
            self.send_header(
                "Content-Range",
                f"bytes {begin}-{len(content) - 1}/{len(content)}",
            )
        self.send_header("Content-Length", str(len(content) - begin))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(content[begin : begin + self.server.most])

    def dripping(self, content, kind):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        while not self.server.over.wait(0.02):
            self.wfile.write(b"x")

    def dripping_head(self, content, kind):
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        while not self.server.over.wait(0.02):
            self.wfile.write(b"x")

    def part_unasked(self, content, kind):
        self.send_response(206)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(content[:10])

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.files = {f"net-{SHA256[:8]}.pth": CONTENT}
    server.requests, server.begins = [], []
    server.told, server.version, server.most = SHA256, 1, 1_000_000
    server.over = threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    return tmp_path / "models"


def fetch(server, kind="good", sha256=SHA256[:8], name=None):
    name = name or f"net-{SHA256[:8]}.pth"
    return _download.fetch(f"{server.url}/{kind}/{name}", name, sha256)


def test_downloads_once(server, cache, capsys):
    path = fetch(server)
    assert path.read_bytes() == CONTENT
    assert fetch(server) == path
    assert len(server.requests) == 1
    assert list(cache.iterdir()) == [path]
    assert f"downloaded {path.name}, 2.3 MB" in capsys.readouterr().err


def test_progress_bar_on_a_terminal(server, capsys, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    fetch(server)
    assert f"[{'#' * 30}] 2.3 MB" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("truncated", "of 2,304,000 bytes arrived|IncompleteRead|timed out"),
        ("corrupted", "SHA-256"),
    ],
)
def test_damaged_on_the_way(server, cache, kind, message):
    with pytest.raises(_download.DownloadError, match=message) as error:
        fetch(server, kind)
    assert f"{server.url}/{kind}/net-" in str(error.value)
    assert f"put it at {cache}/net-{SHA256[:8]}.pth" in str(error.value)
    assert list(cache.iterdir()) == []
    assert fetch(server).read_bytes() == CONTENT  # the next attempt is fresh


def test_wrong_hash(server, cache):
    with pytest.raises(_download.DownloadError, match="begin with 12345678"):
        fetch(server, sha256="12345678")
    assert list(cache.iterdir()) == []


def test_absent_file(server, cache):
    with pytest.raises(_download.DownloadError, match="Not Found"):
        fetch(server, name="absent.pth")
    assert list(cache.iterdir()) == []


def test_without_a_network(cache):
    url = "http://127.0.0.1:9/net.pth"
    with pytest.raises(_download.DownloadError, match="With another tool"):
        _download.fetch(url, "net.pth")
    assert list(cache.iterdir()) == []


def test_interrupted(server, cache, monkeypatch):
    def interrupt(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(_download.Bar, "show", interrupt)
    with pytest.raises(KeyboardInterrupt):
        fetch(server)
    assert list(cache.iterdir()) == []


def test_unknown_length(server, cache, monkeypatch):
    """With neither length nor checksum, a part would pass for the whole."""
    assert fetch(server, "unknown_length").read_bytes() == CONTENT
    name = "other.pth"
    server.files[name] = CONTENT
    with pytest.raises(_download.DownloadError, match="DOWNLOADS=1 accepts"):
        fetch(server, "unknown_length", sha256="", name=name)
    assert not (cache / name).exists()
    monkeypatch.setenv(_download.UNCHECKED, "1")
    path = fetch(server, "unknown_length", sha256="", name=name)
    assert path.read_bytes() == CONTENT


def test_goes_on_where_it_broke_off(server, cache):
    path = fetch(server, "breaking")
    assert path.read_bytes() == CONTENT
    assert server.begins == [0, 1_000_000, 2_000_000]
    assert list(cache.iterdir()) == [path]


def test_goes_on_in_the_next_call_unless_the_file_changed(
    server, cache, monkeypatch
):
    monkeypatch.setattr(_download, "ATTEMPTS", 1)
    for _ in range(2):
        with pytest.raises(
            _download.DownloadError, match="2,304,000 bytes arrived"
        ):
            fetch(server, "breaking")
    part = cache / f".net-{SHA256[:8]}.pth.part"
    assert part.read_bytes() == CONTENT[:2_000_000]
    server.version, server.most = 2, 10_000_000
    path = fetch(server, "breaking")
    assert path.read_bytes() == CONTENT
    assert server.begins == [0, 1_000_000, 0]
    assert list(cache.iterdir()) == [path]


@pytest.mark.parametrize("length", [len(CONTENT), len(CONTENT) + 9])
def test_left_complete_or_longer(server, cache, length):
    """As a process leaves it that is killed before it renames the file."""
    part = cache / f".net-{SHA256[:8]}.pth.part"
    cache.mkdir()
    part.write_bytes((CONTENT + bytes(9))[:length])
    url = f"{server.url}/breaking/net-{SHA256[:8]}.pth"
    note = json.dumps({"url": url, "tag": '"1"'})
    part.with_name(part.name + ".json").write_text(note)
    path = fetch(server, "breaking")
    assert path.read_bytes() == CONTENT
    assert list(cache.iterdir()) == [path]


def test_a_beginning_of_another_file_fails_its_checksum(server, cache):
    server.most = 10_000_000
    part = cache / f".net-{SHA256[:8]}.pth.part"
    cache.mkdir()
    part.write_bytes(bytes(5000))
    url = f"{server.url}/breaking/net-{SHA256[:8]}.pth"
    note = json.dumps({"url": url, "tag": '"1"'})
    part.with_name(part.name + ".json").write_text(note)
    with pytest.raises(_download.DownloadError, match="SHA-256"):
        fetch(server, "breaking")
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("kind", ["dripping", "dripping_head"])
def test_a_byte_now_and_then_is_not_waited_for(
    server, cache, kind, monkeypatch
):
    name = f"net-{SHA256[:8]}.pth"
    url = f"{server.url}/{kind}/{name}"
    with pytest.raises(_download.DownloadError, match="longer than 0 s"):
        _download.fetch(url, name, seconds=0.3)
    monkeypatch.setattr(_transfer, "WINDOW", 0.3)
    with pytest.raises(_download.DownloadError, match="less than 1,000 bytes"):
        _download.fetch(url, name)
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "message"),
    [("compressed", "sends it compressed"), ("part_unasked", "unasked")],
)
def test_other_than_asked_for(server, cache, kind, message):
    with pytest.raises(_download.DownloadError, match=message):
        fetch(server, kind)
    assert list(cache.iterdir()) == []


def test_a_redirection_does_not_leave_https():
    request = urllib.request.Request("https://example.org/a")
    redirects = _transfer._Redirects()
    with pytest.raises(urllib.error.URLError, match="from HTTPS to HTTP"):
        redirects.redirect_request(
            request, None, 302, "", {}, "http://example.org/a"
        )


def test_removes_what_killed_downloads_left(server, cache):
    cache.mkdir()
    other = (".a.pth.part", ".a.pth.part.json", ".a.pth.k2j3h4g5")
    for name in (*other, ".b.pth.part", "c.pth.part"):
        (cache / name).write_bytes(b"x")
    old = time.time() - 8 * 24 * 3600
    for name in (*other, "c.pth.part"):
        os.utime(cache / name, (old, old))
    path = fetch(server)
    assert {p.name for p in cache.iterdir()} == {
        path.name, ".b.pth.part", "c.pth.part",
    }  # fmt: skip


def test_two_at_once_download_once(server, cache):
    server.most = 10_000_000
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: fetch(server, "breaking"), range(4)))
    assert {path.read_bytes() for path in paths} == {CONTENT}
    assert server.begins == [0]
    assert list(cache.iterdir()) == [paths[0]]


def test_another_has_it_for_ever(server, cache):
    cache.mkdir()
    part = cache / f".net-{SHA256[:8]}.pth.part"
    with _locks.held(part, 1, lambda: None):
        with pytest.raises(_download.DownloadError, match="another process"):
            _download.fetch(f"{server.url}/good/x", part.name[1:-5], seconds=0)
        assert _locks.is_held(part)
    assert list(cache.iterdir()) == []


def test_warns_of_a_file_whose_checksum_is_not_known(server, cache):
    path = fetch(server)
    _download.warn_if_unknown(path, SHA256[:8])
    with pytest.warns(UserWarning, match=r"net-.*nothing tells whether"):
        _download.warn_if_unknown(path, "")
    path.unlink()
    fetch(server, "moved", sha256="")
    with pytest.warns(UserWarning, match=r"the one that 127\.0\.0\.1 told"):
        _download.warn_if_unknown(path, "")
    requests = len(server.requests)
    assert fetch(server, "moved", sha256="") == path
    assert len(server.requests) == requests
    path.write_bytes(CONTENT[:-1])  # the record tells that it is damaged
    assert fetch(server, "moved", sha256="").read_bytes() == CONTENT


def test_damaged_in_the_cache_is_fetched_again(server, cache):
    cache.mkdir()
    path = cache / f"net-{SHA256[:8]}.pth"
    path.write_bytes(CONTENT[:-1])
    assert fetch(server).read_bytes() == CONTENT
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(_download.DownloadError):
        fetch(server, "corrupted")
    assert list(cache.iterdir()) == [path]


def test_checksum_of_the_redirection(server):
    assert fetch(server, "moved", sha256="").read_bytes() == CONTENT


def test_wrong_checksum_of_the_redirection(server, cache):
    server.told = "0" * 64
    with pytest.raises(_download.DownloadError, match="SHA-256"):
        fetch(server, "moved", sha256="")
    assert list(cache.iterdir()) == []


def test_builder_downloads_and_loads(server, cache, tmp_path, monkeypatch):
    (case,) = (c for c in CASES if c.name == "torchvision-squeezenet1_1")
    seed, shapes, logits = recorded(case)
    tensors = {n: weights.tensor(n, s) for n, s in shapes.items()}
    write_state(tmp_path / "x.pth", tensors)
    content = (tmp_path / "x.pth").read_bytes()
    name = f"squeezenet1_1-{hashlib.sha256(content).hexdigest()[:8]}.pth"
    server.files[name] = content
    published = zoo.info("squeezenet1_1").checkpoints[0]
    local = {**vars(published), "url": f"{server.url}/good/{name}"}
    table = {"squeezenet1_1": (zoo.Checkpoint(**local),)}
    monkeypatch.setattr(_known, "_table", lambda: table)
    for spelling in ("torchvision", "torchvision/IMAGENET1K_V1"):
        model = zoo.squeezenet1_1(weights=spelling, input_shape=(64, 96, 3))
        outputs = np.asarray(model(weights.image(seed, (64, 96, 3))))[0]
        assert np.abs(outputs - logits).max() <= 1e-4 * np.abs(logits).max()
    assert server.requests == [f"/good/{name}"]
    few = zoo.squeezenet1_1(weights="torchvision", num_classes=3)
    for layer in few.layers:  # the classifier only has been left as it was
        if "logits" not in layer.name:
            for own, other in zip(
                layer.get_weights(),
                model.get_layer(layer.name).get_weights(),
                strict=True,
            ):
                np.testing.assert_array_equal(own, other)
    headless = zoo.squeezenet1_1(weights="torchvision", include_top=False)
    assert headless.output_shape[-1] == 512


def test_offline_builder_says_what_to_do(monkeypatch, cache):
    published = zoo.info("resnet18").checkpoints[0]
    local = {
        **vars(published),
        "url": "http://127.0.0.1:9/resnet18-f37072fd.pth",
    }
    table = {"resnet18": (zoo.Checkpoint(**local),)}
    monkeypatch.setattr(_known, "_table", lambda: table)
    with pytest.raises(ConnectionError) as error:
        zoo.resnet18(weights="torchvision")
    assert "http://127.0.0.1:9/resnet18-f37072fd.pth" in str(error.value)
    assert str(cache / "resnet18-f37072fd.pth") in str(error.value)


def test_cache_directory(monkeypatch):
    monkeypatch.delenv("KERAS_HOME")
    home = pathlib.Path.home()
    assert _download.cache_directory() == home / ".keras/models"

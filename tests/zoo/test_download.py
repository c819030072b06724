"""Published checkpoints over HTTP, from a server on this machine."""

import contextlib
import hashlib
import http.server
import pathlib
import threading

import numpy as np
import pytest

import zoo
from tests.parity import weights
from tests.parity.cases import CASES
from tests.parity.test_parity import recorded
from tests.zoo.torch_files import write_state
from zoo.checkpoints import _download, _known

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
        self.send_response(200)
        if kind != "unknown_length":
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if kind == "truncated":
            content = content[:-1000]
        elif kind == "corrupted":
            content = b"x" + content[1:]
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.files = {f"net-{SHA256[:8]}.pth": CONTENT}
    server.requests = []
    server.told = SHA256
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
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


def test_unknown_length(server):
    assert fetch(server, "unknown_length").read_bytes() == CONTENT


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

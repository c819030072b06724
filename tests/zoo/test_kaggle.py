"""kaggle:// by kagglehub, against a server on this machine."""

import gc
import http.server
import json
import pathlib
import threading

import pytest

from zoo.checkpoints import _hub

kaggle_env = pytest.importorskip("kagglesdk.kaggle_env")
pytest.importorskip("kagglehub")
# kagglehub leaves connections open when the server refuses.
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)
CONTENT = b"weights of somebody"


class Kaggle(http.server.BaseHTTPRequestHandler):
    """Serves one file of one model."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        asked = json.loads(self.rfile.read(length))
        self.server.asked.append(asked)
        there = asked["path"] == "folder/model.h5"
        self.send_response(200 if there else 404)
        self.send_header("Content-Length", str(len(CONTENT) * there))
        self.end_headers()
        self.wfile.write(CONTENT * there)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(monkeypatch, tmp_path):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Kaggle)
    server.asked = []
    url = f"http://127.0.0.1:{server.server_port}"
    own = dict.fromkeys(kaggle_env.KaggleEnv, url)
    monkeypatch.setattr(kaggle_env, "_env_to_endpoint", own)
    monkeypatch.setenv("KAGGLEHUB_CACHE", str(tmp_path))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
    gc.collect()  # while the warnings are ignored


def test_a_file_is_fetched_once(server):
    address = "kaggle://me/net/keras/base/1/folder/model.h5"
    for _ in range(2):
        path = pathlib.Path(_hub.fetch(address))
        assert path.read_bytes() == CONTENT
    (asked,) = server.asked
    assert (asked["ownerSlug"], asked["modelSlug"]) == ("me", "net")
    assert (asked["instanceSlug"], asked["versionNumber"]) == ("base", 1)


def test_what_is_not_there_is_told_in_one_line(server):
    with pytest.raises(ConnectionError, match="Cannot download") as error:
        _hub.fetch("kaggle://me/net/keras/base/1/other.h5")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        "kaggle://me/net",
        "kaggle://a/b/c/d",
        "kaggle://a/b/c/d/1",
        "kaggle://a//c/d/e",
    ],
)
def test_an_address_has_all_its_parts(address):
    with pytest.raises(ValueError, match="FRAMEWORK/VARIATION"):
        _hub.fetch(address)

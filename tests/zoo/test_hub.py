"""hf:// against a hub on this machine: pushing, and loading what was pushed."""

import base64
import http.server
import importlib
import json
import re
import threading

import numpy as np
import pytest

import zoo
from zoo import __main__ as cli, _loading, _push
from zoo.checkpoints import _hub, _own

pytest.importorskip("huggingface_hub")
COMMIT = "0123456789" * 4


class Hub(http.server.BaseHTTPRequestHandler):
    """As much of the hub as is asked here."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.do_GET(body=False)

    def do_GET(self, body=True):
        self.server.tokens.append(self.headers.get("Authorization"))
        match = re.fullmatch(
            r"/([\w.-]+/[\w.-]+)/resolve/([^/]+)/(.+)", self.path
        )
        if not match:
            return self.answer({}, 404)
        repository, _, name = match.groups()
        files = self.server.repositories.get(repository)
        if files is None or name not in files:
            kind = "RepoNotFound" if files is None else "EntryNotFound"
            return self.answer({}, 404, {"X-Error-Code": kind}, body)
        return self.answer(
            files[name],
            200,
            {"ETag": f'"{self.server.tag}"', "X-Repo-Commit": COMMIT},
            body,
        )

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        text = self.rfile.read(length).decode()
        self.server.tokens.append(self.headers.get("Authorization"))
        if self.path == "/api/repos/create":
            asked = json.loads(text)
            name = f"{asked.get('organization')}/{asked['name']}"
            self.server.repositories.setdefault(name, {})
            return self.answer({"url": f"{self.server.url}/{name}"})
        if self.path == "/api/validate-yaml":
            return self.answer({"errors": [], "warnings": []})
        if "/preupload/" in self.path:
            names = [f["path"] for f in json.loads(text)["files"]]
            return self.answer(
                {
                    "files": [
                        {
                            "path": name,
                            "uploadMode": "regular",
                            "shouldIgnore": False,
                        }
                        for name in names
                    ]
                }
            )
        if "/commit/" in self.path:
            repository = re.search(r"/api/models/(.+)/commit/", self.path)[1]
            for line in text.splitlines():
                entry = json.loads(line)
                if entry["key"] == "file":
                    value = entry["value"]
                    self.server.repositories[repository][value["path"]] = (
                        base64.b64decode(value["content"])
                    )
            url = f"{self.server.url}/{repository}/commit/{COMMIT}"
            return self.answer({"commitUrl": url, "commitOid": COMMIT})
        return self.answer({}, 404)

    def answer(self, content, status=200, headers=None, body=True):
        if not isinstance(content, bytes):
            content = json.dumps(content).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def hub(monkeypatch, tmp_path):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.repositories, server.tokens, server.tag = {}, [], "tag"
    server.constants = importlib.import_module("huggingface_hub.constants")
    monkeypatch.setenv("HF_ENDPOINT", server.url)
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    constants = server.constants
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True, raising=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def loaded():
    model = zoo.resnet20(input_shape=(8, 8, 3), num_classes=3)
    prepare = zoo.Preprocessing((8, 8), (1 / 255,) * 3, (0.0,) * 3)
    found = _loading.in_memory(model, prepare)
    return _loading.dataclasses.replace(found, classes=["a", "b", "c"])


def test_what_was_pushed_loads(hub, loaded, monkeypatch):
    address = "hf://me/small-net"
    url = _push.push(loaded, address, license="apache-2.0")
    assert url.endswith(f"/me/small-net/commit/{COMMIT}")
    files = hub.repositories["me/small-net"]
    card = files["README.md"].decode()
    assert "license: apache-2.0" in card
    assert 'weights="hf://me/small-net"' in card
    facts = json.loads(files["config.json"])
    assert facts["classes"] == ["a", "b", "c"]
    assert zoo.Preprocessing.from_dict(facts["preprocessing"]).size == (8, 8)
    assert "Bearer hf_secret" in hub.tokens

    for weights in (address, f"{address}/model.safetensors"):
        model = zoo.resnet20(
            input_shape=(8, 8, 3), num_classes=3, weights=weights
        )
        for ours, theirs in zip(
            model.weights, loaded.model.weights, strict=True
        ):
            np.testing.assert_array_equal(ours, theirs)
    headless = zoo.resnet20(
        input_shape=(8, 8, 3), include_top=False, weights=address
    )
    np.testing.assert_array_equal(headless.weights[0], loaded.model.weights[0])
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", True)  # cached
    assert _hub.fetch(f"{address}/model.safetensors")
    with pytest.raises(ConnectionError, match=r"Cannot download other\.pth"):
        _hub.fetch(f"{address}/other.pth")


def test_nothing_is_written_outside_of_the_cache(hub, tmp_path):
    hub.repositories["me/net"] = {"model.safetensors": b"{}"}
    hub.tag = "../../../outside"
    with pytest.raises(ConnectionError, match="as the file's tag"):
        _hub.fetch("hf://me/net")
    assert not list(tmp_path.rglob("outside*"))


def test_errors_say_what_is_wrong(hub):
    hub.repositories["me/empty"] = {"notes.txt": b"x"}
    with pytest.raises(ValueError, match=r"no model\.safetensors nor"):
        _hub.fetch("hf://me/empty")
    with pytest.raises(ValueError, match="there is no such model, or it is p"):
        zoo.resnet20(weights="hf://me/absent")
    for wrong in ("hf://me", "hf://", "hf://a b/c", "me/net"):
        with pytest.raises(ValueError, match="is no address: expected hf://U"):
            _hub.place(wrong)


def test_addresses():
    assert _hub.place("hf://me/net") == ("me/net", None, None)
    assert _hub.place("hf://me/net/a/b.pth") == ("me/net", None, "a/b.pth")
    assert _hub.place("hf://me/net@v1/b.pth") == ("me/net", "v1", "b.pth")
    with pytest.raises((ValueError, ImportError), match="kaggle"):
        _hub.fetch("kaggle://me/net")


def test_push_on_the_command_line_checks_first(capsys):
    assert cli.main(["push", "lenet5", "me/net", "--license=mit"]) == 2
    assert "expected hf://USER/MODEL" in capsys.readouterr().err
    assert cli.main(["push", "lenet5", "hf://me/net"]) == 2
    assert "license" in capsys.readouterr().err


def test_our_own_weights(tmp_path, loaded):
    path = tmp_path / "mine.safetensors"
    _own.save(loaded.model, path)
    model = zoo.resnet20(input_shape=(8, 8, 3), num_classes=3, weights=path)
    np.testing.assert_array_equal(model.weights[-1], loaded.model.weights[-1])
    with pytest.raises(
        ValueError, match=r"logits/kernel has the shape \[64, 3"
    ):
        zoo.resnet20(input_shape=(8, 8, 3), num_classes=5, weights=path)

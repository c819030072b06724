"""A hub that misbehaves, and addresses that lead elsewhere.

Attacks as in `_weight_attacks.py`.
"""

import functools
import http.server
import importlib
import os
import pathlib
import threading
import time

from zoo.checkpoints import _files, _hub

COMMIT = "0123456789" * 4
ADDRESSES = (
    "hf://", "hf://a", "hf://a/b/../../../../../etc/x", "hf://../../x",
    "hf://a/../b", "hf://a/b@../../x", "hf://a/b@x/../../y/model.safetensors",
    "hf://a/b//etc/passwd", "hf://a/b/..", "hf://a/b/%2e%2e/%2e%2e/x",
    "hf://a/b/\0", "hf://a/b\nHost: evil", "hf://a@evil/b", "hf://a/b?x=y",
    "hf://" + "a" * 5000 + "/b", "hf://a/" + "b/" * 5000, "hf://é/ü", "hf://./.",
    "file:///etc/passwd", "HF://a/b", "hf://a/b/\\..\\..\\x", "kaggle://a/b",
    "kaggle://../../../x/y/z", "kaggle://a/b/c/d/../../../x",
)  # fmt: skip
GOOD = b"\x02\0\0\0\0\0\0\0{}"  # safetensors without tensors


def headers(**others):
    return {"ETag": '"e"', "X-Repo-Commit": COMMIT} | {
        name.replace("_", "-"): value for name, value in others.items()
    }


# {what: (status, headers, content, told length)}
ANSWERS = {
    "a whole file": (200, headers(), GOOD, None),
    "an error": (500, headers(), b"", None),
    "a page": (200, headers(), b"<html>", None),
    "no tag": (200, {"X-Repo-Commit": COMMIT}, GOOD, None),
    "no commit": (200, {"ETag": '"e"'}, GOOD, None),
    "a commit elsewhere": (
        200, headers(X_Repo_Commit="../../../../outside"), GOOD, None,
    ),
    "a tag elsewhere": (200, headers(ETag='"../../../../outside"'), GOOD, None),
    "half a file": (200, headers(), GOOD, 1000),
    "to a file": (302, headers(Location="file:///etc/passwd"), b"", None),
    "to itself": (302, headers(Location="/a/b/resolve/main/x"), b"", None),
    "a terabyte": (200, headers(X_Linked_Size=str(2**40)), GOOD, None),
    "no length": (200, headers(X_Linked_Size="x"), GOOD, None),
    "nothing there": (404, {"X-Error-Code": "EntryNotFound"}, b"", None),
    "nobody there": (404, {"X-Error-Code": "RepoNotFound"}, b"", None),
    "no right": (401, {"X-Error-Code": "GatedRepo"}, b"", None),
    "a terminal's commands": (
        500, headers(X_Error_Message="\x1b[2J"), b"", None,
    ),
}  # fmt: skip


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.do_GET(body=False)

    def do_GET(self, body=True):
        status, given, content, length = self.server.answer
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        told = len(content) if length is None else length
        self.send_header("Content-Length", str(told))
        self.send_header("Connection", "close")
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *args):
        pass


def addresses(folder):
    """Addresses that name no repository, or a place outside of the cache."""
    server, outside = _serve(folder)
    server.answer = ANSWERS["a whole file"]
    for address in ADDRESSES:
        yield address[:60], functools.partial(_hub.fetch, address), outside
    server.shutdown()


def answers(folder):
    """A hub that answers otherwise than it should."""
    server, outside = _serve(folder)
    for number, (what, answer) in enumerate(ANSWERS.items()):
        server.answer = answer

        def fetched(number=number):
            _files.read(_hub.fetch(f"hf://a/b{number}/model.safetensors"))

        yield what, fetched, outside
    server.shutdown()


def _serve(folder):
    """A server, and a function that tells what was written elsewhere."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    constants = importlib.import_module("huggingface_hub.constants")
    constants.HF_HUB_CACHE = str(folder / "deep/er/cache")
    constants.HF_HUB_DISABLE_XET = True
    os.environ["HF_ENDPOINT"] = f"http://127.0.0.1:{server.server_port}"
    begun = time.time() - 1

    def outside():
        found = [
            str(path)
            for path in (*folder.rglob("*"), *folder.parent.glob("outside*"))
            if "outside" in path.name and path.stat().st_mtime > begun
        ]
        for path in map(pathlib.Path, found):  # for the next try
            path.unlink()
        return f"it wrote {found}" if found else ""

    return server, outside


ATTACKS = {
    "addresses of a hub": addresses,
    "a hub that misbehaves": answers,
}

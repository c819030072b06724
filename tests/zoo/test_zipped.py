"""Checkpoints in ZIP archives over HTTP, from a server on this machine."""

import hashlib
import io
import zipfile

import numpy as np
import pytest

import zoo
from tests.parity import weights
from tests.parity.cases import CASES
from tests.parity.test_parity import recorded
from tests.zoo.test_download import cache, server  # noqa: F401 (fixtures)
from tests.zoo.torch_files import write_state
from zoo.checkpoints import _download, _known, _zipped

FILE = "net-0597-12345678.pth"
CONTENT = np.random.default_rng(0).bytes(25_000)  # no smaller when packed
SHA1 = hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest()


def archive(**files):
    """A ZIP archive of files, by their names without the suffix."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(f"{name}.pth", content)
    return buffer.getvalue()


def fetch(server, content):  # noqa: F811
    server.files[f"{FILE}.zip"] = content
    return _zipped.fetch(f"{server.url}/good/{FILE}.zip", FILE, SHA1)


def test_is_unpacked_once_and_checked(server, cache):  # noqa: F811
    name = FILE.removesuffix(".pth")
    path = fetch(server, archive(**{f"folder/{name}": CONTENT}))
    assert path.read_bytes() == CONTENT
    assert list(cache.iterdir()) == [path]
    assert fetch(server, b"") == path  # without asking again
    assert len(server.requests) == 1
    path.write_bytes(CONTENT[:-1])  # is found damaged, and brought again
    assert fetch(server, archive(**{name: CONTENT})).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive(**{FILE.removesuffix(".pth"): b"x"}), "checksum is"),
        (archive(other=CONTENT), "it holds"),
        (archive(**{FILE.removesuffix(".pth"): bytes(10**6)}), "would take"),
        (b"<html>", "not a zip file"),
    ],
)
def test_another_content_leaves_nothing(server, cache, content, said):  # noqa: F811
    with pytest.raises(_download.DownloadError, match=said) as error:
        fetch(server, content)
    assert "unpack it and put it at" in str(error.value)
    assert list(cache.iterdir()) == []


def test_builder_loads_imgclsmob_s(server, cache, tmp_path, monkeypatch):  # noqa: F811
    (case,) = (c for c in CASES if c.name == "imgclsmob-resnet20_b")
    seed, shapes, logits = recorded(case)
    write_state(
        tmp_path / "x.pth", {n: weights.tensor(n, s) for n, s in shapes.items()}
    )
    content = (tmp_path / "x.pth").read_bytes()
    name = FILE.removesuffix(".pth")
    server.files[f"{FILE}.zip"] = archive(**{name: content})
    published = _known.find("resnet20_b", "imgclsmob/cifar10")
    local = {
        **vars(published),
        "url": f"{server.url}/good/{FILE}.zip",
        "checksum": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
    }
    build = zoo.resnet20_b  # registered with its checkpoints before
    table = {"resnet20_b": (zoo.Checkpoint(**local),)}
    monkeypatch.setattr(_known, "_table", lambda: table)
    model = build(weights="imgclsmob")
    assert model.input_shape == (None, 32, 32, 3)
    outputs = np.asarray(model(weights.image(seed, (32, 32, 3))))[0]
    assert np.abs(outputs - logits).max() <= 1e-4 * np.abs(logits).max()
    prepare = zoo.preprocessing("resnet20_b", "imgclsmob")
    pixels = np.full((1, 32, 32, 3), 255, "float32")
    np.testing.assert_allclose(
        np.asarray(prepare(pixels))[0, 0, 0],
        (1 - np.array(published.mean)) / published.std,
        rtol=1e-5,
    )

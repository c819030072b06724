"""Weights that the package itself brings."""

import hashlib

import numpy as np

import zoo
from tests.parity import make_packaged
from zoo.checkpoints import _known, _package


def test_what_is_shipped_is_loaded_offline(tmp_path, monkeypatch):
    trained = zoo.resnet20()
    facts = {
        "theirs": "resnet20", "num_classes": 10, "classes": "cifar_10",
        "top1": 90.0, "accuracy_source": "zoo reproduce", "resize": 32,
        "crop": 32, "interpolation": "bilinear",
    }  # fmt: skip
    path = make_packaged.write(trained, facts, tmp_path / "packaged")
    entry = zoo.Checkpoint(
        name="package",
        package="cnn-zoo",
        checksum=hashlib.sha256(path.read_bytes()).hexdigest(),
        **facts,
    )
    table = {"resnet20": (entry,)}
    monkeypatch.setattr(_known, "_table", lambda: table)
    monkeypatch.setattr(_package, "FOLDER", path.parent)
    loaded = zoo.resnet20(weights="package")
    for own, other in zip(loaded.weights, trained.weights, strict=True):
        np.testing.assert_array_equal(own, other)
    headless = zoo.resnet20(weights="package", include_top=False)
    np.testing.assert_array_equal(headless.weights[0], trained.weights[0])


def test_every_shipped_file_is_known_and_whole():
    shipped = {
        checkpoint.theirs: checkpoint
        for builder in _known.builders()
        for checkpoint in _known.of(builder)
        if checkpoint.package == _known.OWN_PACKAGE
    }
    files = {path.stem for path in _package.FOLDER.glob("*.h5")}
    assert files == shipped.keys()
    for checkpoint in shipped.values():
        content = _package.find(checkpoint).read_bytes()
        assert hashlib.sha256(content).hexdigest() == checkpoint.checksum

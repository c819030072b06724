"""Hostile and damaged weight files, 500 by chance, in a child process."""

import json
import pathlib
import subprocess
import sys

import h5py
import ml_dtypes
import numpy as np
import pytest

from zoo.checkpoints import _files, _h5, _keras_model

SCRIPT = pathlib.Path(__file__).parents[2] / "bench/attacks/files.py"
FILES = 500


def test_hostile_files_are_refused_and_do_nothing():
    """More of them: `python bench/attacks/files.py`."""
    done = subprocess.run(
        [sys.executable, SCRIPT, f"--files={FILES}", "--json"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert report["faults"] == []
    rows = report["rows"]
    chance = {k: r for k, r in rows.items() if not k.startswith("crafted")}
    assert sum(row["tried"] for row in chance.values()) == FILES
    assert all(row["refused"] > 9 for row in chance.values())
    assert sum(row.get("read", 0) for row in chance.values()) > FILES // 20
    assert sum(row["tried"] for row in rows.values()) >= FILES + 71


@pytest.mark.parametrize(
    ("start", "is_read_as"),
    [("h5", ".pth"), ("safetensors", ".bin"), ("pth", ".ckpt"), ("pth", "")],
)
def test_content_decides_over_the_suffix(tmp_path, start, is_read_as):
    data = pathlib.Path(__file__).parents[1] / "data/pth/zip_training.pth"
    path = tmp_path / f"x{is_read_as}"
    if start == "h5":
        with h5py.File(path, "w") as file:
            layer = file.create_group("running_var")
            layer.attrs["weight_names"] = ["running_var"]
            layer["running_var"] = np.ones(2)
    elif start == "safetensors":
        numpy = pytest.importorskip("safetensors.numpy")
        numpy.save_file({"running_var": np.ones(2)}, path)
    else:
        path.write_bytes(data.read_bytes())
    (value,) = (
        value
        for name, value in _files.read(path).items()
        if "running_var" in name
    )
    np.testing.assert_array_equal(value, [1, 1])


def test_names_in_several_attributes(tmp_path):
    """Keras divides a list of names that is too long for one."""
    with h5py.File(tmp_path / "x.h5", "w") as file:
        group = file.create_group("a")
        group.attrs["weight_names0"] = [b"a/kernel"]
        group.attrs["weight_names1"] = [b"a/bias"]
        group["a/kernel"], group["a/bias"] = np.ones(3), np.zeros(3)
    assert _files.read(tmp_path / "x.h5").keys() == {"a/kernel", "a/bias"}


def test_compressed_and_half_precision(tmp_path):
    values = np.random.default_rng(0).normal(size=1000).astype("float32")
    half = values.astype(ml_dtypes.bfloat16)
    with h5py.File(tmp_path / "x.h5", "w") as file:
        group = file.create_group("layers/dense/vars")
        group.attrs["name"] = "a"
        group.create_dataset("0", data=values, compression="gzip", shuffle=True)
        group.create_dataset("1", data=half).attrs["dtype"] = "bfloat16"
    tensors = _files.read(tmp_path / "x.h5")
    np.testing.assert_array_equal(tensors["a/kernel"], values)
    assert tensors["a/bias"].dtype == half.dtype
    np.testing.assert_array_equal(tensors["a/bias"], half)


def test_what_keras_opens_is_checked_first(tmp_path):
    import keras

    import zoo

    path = tmp_path / "x.weights.h5"
    model = zoo.lenet5(num_classes=3)
    model.save_weights(path)
    _h5.check(path)
    zoo.lenet5(num_classes=3, weights=path)
    with h5py.File(path, "a") as file:
        file["again"] = file["layers"]
    with pytest.raises(ValueError, match="linked twice"):
        zoo.lenet5(num_classes=3, weights=path)
    for suffix in (".keras", ".h5"):
        whole = tmp_path / f"whole{suffix}"
        keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)]).save(whole)
        _keras_model.check(whole)
    with pytest.raises(ValueError, match="load it with keras"):
        _files.read(tmp_path / "whole.keras")
    with pytest.raises(ValueError, match="no such file"):
        _keras_model.check(tmp_path / "absent.keras")

"""What people have loads: prefixes, averaged copies, objects beside it."""

import argparse
import collections
import datetime
import os
import pathlib
import pickle
import types

import numpy as np
import pytest

import zoo
from tests.zoo.test_pth import as_old, as_zip
from tests.zoo.torch_files import opcodes, tensor
from zoo.checkpoints import (
    CheckpointError,
    _files,
    _inert,
    _load,
    _names,
    _pth,
    _told,
)


class Config:
    """A user's own class."""


def state(*names, key="0"):
    """Opcodes of a dictionary of tensors."""
    items = b"".join(opcodes(n) + tensor(key=key) + b"s" for n in names)
    return b"}" + items


def training(**entries):
    """The pickle of a training's checkpoint: opcodes or objects by name."""
    text = b"\x80\x02}"
    for name, value in entries.items():
        is_opcodes = isinstance(value, bytes)
        text += opcodes(name)
        text += value if is_opcodes else pickle.dumps(value, 2)[2:-1]
        text += b"s"
    return text + b"."


def write(path, text, kind):
    content = np.array([1, 2], "<f4").tobytes()
    if kind is as_zip:
        as_zip(path, text, **{"0": content})
    else:
        size = (2).to_bytes(8, "little")
        as_old(path, text, ["0"], size + content)


OBJECTS = {
    "args": argparse.Namespace(lr=0.1, path=pathlib.PurePosixPath("/x")),
    "best": np.float64(0.5),
    "history": np.arange(3.0),
    "when": datetime.datetime(2026, 1, 1),
    "options": types.SimpleNamespace(a=1),
    "own": Config(),
    "classes": {"a", "b"},
    "by_class": {Config: 1, None: 2, 0.5: 3},
    "counts": collections.defaultdict(list, a=[1]),
}


@pytest.mark.parametrize("kind", [as_zip, as_old])
@pytest.mark.parametrize("name", OBJECTS)
def test_objects_beside_the_weights_are_skipped(tmp_path, caplog, kind, name):
    path = tmp_path / "x.pth.tar"
    entries = {name: OBJECTS[name], "state_dict": state("a.weight")}
    write(path, training(**entries), kind)
    tensors = _files.read(path)
    assert list(tensors) == ["a.weight"]
    np.testing.assert_array_equal(tensors["a.weight"], [1, 2])
    (record,) = caplog.records or [None]
    assert "skipped objects beside the weights" in record.getMessage()


def test_objects_of_torch_are_skipped(tmp_path):
    text = training(
        optimizer=b"ctorch.optim.sgd\nSGD\n)\x81}X\x02\x00\x00\x00lrK\x01sb",
        dtype=b"ctorch\nfloat32\n",
        state_dict=state("a.weight"),
    )
    write(tmp_path / "x.pth", text, as_zip)
    assert list(_files.read(tmp_path / "x.pth")) == ["a.weight"]


class Attack:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("kind", [as_zip, as_old])
@pytest.mark.parametrize(
    "call",
    [
        (os.mkdir, ("ran",)),
        (os.system, ("touch ran",)),
        (eval, ("open('ran', 'w')",)),
        (exec, ("open('ran', 'w')",)),
        (__import__, ("os",)),
        (getattr, (1, "real")),
    ],
)
def test_hostile_objects_beside_the_weights(tmp_path, monkeypatch, kind, call):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "x.pth"
    entries = {"state_dict": state("a.weight"), "args": Attack(*call)}
    write(path, training(**entries), kind)
    with pytest.raises(ValueError, match=r"the global .* is not accepted"):
        _files.read(path)
    assert not (tmp_path / "ran").exists()
    entries["args"] = b"ctypes\nFunctionType\n)R"  # the module types
    write(path, training(**entries), kind)
    with pytest.raises(ValueError, match=r"'types\.FunctionType' is not"):
        _files.read(path)


def test_classes_are_never_looked_up(tmp_path, monkeypatch):
    """A module of the user's is not even imported."""
    (tmp_path / "mine.py").write_text("raise SystemExit")
    monkeypatch.syspath_prepend(tmp_path)
    text = training(
        own=b"cmine\nThing\n)R}X\x01\x00\x00\x00aK\x01sb",
        state_dict=state("a.weight"),
    )
    write(tmp_path / "x.pth", text, as_zip)
    assert list(_pth.read(tmp_path / "x.pth")) == ["a.weight"]


@pytest.mark.parametrize(
    ("entries", "chosen", "said"),
    [
        ({"net": state("a")}, "a", None),
        ({"epoch": tensor(), "model": state("a", "b", "c")}, "a", None),
        ({"state_dict": state("a"), "model_ema": state("b")}, "b", "averaged"),
        (
            {"model": b"}" + opcodes("state_dict") + state("a") + b"s"},
            "a",
            None,
        ),
        ({"optimizer": state("m", "n"), "whatever": state("a")}, "a", None),
        ({"teacher": state("t"), "student": state("a")}, "t", "not 'student'"),
    ],
)
def test_weights_are_found_under_any_name(
    tmp_path, caplog, entries, chosen, said
):
    write(tmp_path / "x.ckpt", training(**entries), as_zip)
    assert next(iter(_files.read(tmp_path / "x.ckpt"))) == chosen
    assert (said is None) == (not caplog.records)
    if said:
        assert said in caplog.text


@pytest.fixture(scope="module")
def resnet18():
    from tests.zoo.test_checkpoints import checkpoint

    return checkpoint("torchvision-resnet18")


@pytest.mark.parametrize(
    "prefix", ["backbone.", "net.module.", "student.model."]
)
def test_prefixes_and_what_stands_beside_the_network(resnet18, caplog, prefix):
    model = zoo.resnet18(input_shape=(32, 32, 3))
    wrapped = {prefix + name: array for name, array in resnet18.items()}
    zoo.load_checkpoint(model, wrapped)
    assert not caplog.records
    wrapped["criterion.weight"] = np.zeros(1000, "float32")
    assert _load.guess_source(model, wrapped) in ("torchvision", "timm")
    caplog.clear()
    zoo.load_checkpoint(model, wrapped)
    assert "leaves out criterion.weight" in caplog.text
    np.testing.assert_array_equal(
        model.get_layer("logits").bias, resnet18["fc.bias"]
    )


def test_another_number_of_classes_is_told(resnet18):
    model = zoo.resnet18(input_shape=(32, 32, 3), num_classes=10)
    with pytest.raises(zoo.CheckpointError, match="num_classes=1000 to take"):
        zoo.load_checkpoint(model, resnet18)


def test_names_are_read_and_told_at_once(caplog):
    name = "module." * 100_000 + "w"
    (left,) = _names.plain({name: 0}, "timm")
    assert len(name) - len(left) == _names.MOST * len("module.")
    names = [name, *map(str, range(1000)), "\x1b[2J"]
    error = CheckpointError("net", "timm", (), names, {})
    assert len(str(error)) < 10_000
    assert "902 more" in str(error)
    assert error.extra == sorted(names)
    _told.tell("a file", ["skipped \x1b[2J\u202eand more"])
    assert "skipped \\x1b[2J\\u202eand more" in caplog.text


@pytest.mark.parametrize(
    ("name", "is_skipped"),
    [
        ("commands.Popen", False), ("popen2.Popen3", False),
        ("urllib2.urlopen", False), ("__builtin__.eval", False),
        ("copy_reg._reconstructor", True), ("mine.commands.Options", True),
    ],
)  # fmt: skip
def test_classes_as_python_2_names_them(name, is_skipped):
    assert _inert.accepts(name) == is_skipped

"""Weights that can be read and fit no network, or that hold more than weights.

An attack yields (what it is, function that tries it, function that tells what
is wrong afterwards).
"""

import functools
import importlib
import os
import pickle
import random
import shutil
import struct
import subprocess

import _writers as w
import numpy as np
from _crafted import CRAFTED

import zoo
from zoo.checkpoints import _applications, _files, _fit, _known

ONE = np.zeros(1, "float32")
ODD_NAMES = {
    "100,000 names": [f"layer{i}.conv.weight" for i in range(100_000)],
    "20,000 long names": [f"{i}." + "module." * 200 for i in range(20_000)],
    "20,000 prefixes": [f"p{i}.layer1.0.conv1.weight" for i in range(20_000)],
    "wrappers in wrappers": ["module." * 100_000 + "conv1.weight"],
    "a name of dots": ["." * 100_000, "..", ""],
    "a name of underscores": ["layer" + "_" * 50_000 + "1.weight"],
    "a name of digits": ["features." + "9" * 50_000 + ".weight"],
    "a terminal's commands": ["\x1b[2J\x07conv1.weight", "a\nb", "\u202e"],
    "300 layers of 100 blocks": [
        f"layers.{i}.blocks.{j}.weight" for i in range(300) for j in range(100)
    ],
    "none": [],
}
SHAPES = ((), (0,), (1,) * 32, (2**20,), (3, 3), (64, 3, 7, 7), (7, 7, 3, 64))
DTYPES = ("float64", "float16", "int8", "bool", "uint64", "complex64", "U3")


@functools.cache
def network():
    return zoo.resnet18(input_shape=(32, 32, 3), num_classes=10)


@functools.cache
def before():
    return [x.numpy().copy() for x in network().weights]


def unchanged():
    pairs = zip(before(), network().weights, strict=True)
    same = all(np.array_equal(a, b.numpy()) for a, b in pairs)
    return "" if same else "the network has changed"


def loading(tensors, source):
    return functools.partial(
        zoo.load_checkpoint, network(), tensors, source=source
    )


def names(folder):
    """Tensors whose names are made to take long, or are none."""
    before()
    for what, given in ODD_NAMES.items():
        for source in _fit.SOURCES:
            tensors = dict.fromkeys(given, ONE)
            yield f"{what}, {source}", loading(tensors, source), unchanged


def shapes(folder):
    """The right names, with other shapes and types under some of them."""
    before()
    good = theirs()
    chance = random.Random(0)
    for shape in SHAPES:
        for dtype in DTYPES:
            tensors = dict(good)
            for name in chance.sample(list(good), 3):
                tensors[name] = np.zeros(shape, dtype)
            tensors.pop(chance.choice(list(good)))
            yield f"{dtype}{shape}", loading(tensors, "torchvision"), unchanged


def theirs():
    """{name: array} of a whole checkpoint of the network."""
    names = [path for path, _ in _fit.walk(network())]
    weighted = _fit.weighted_layers(network())
    _, _, found = _fit.find_family(names, weighted, {}, "torchvision")
    wanted = _fit.all_tensors(found, weighted, "torchvision")
    return dict.fromkeys(sorted(wanted), ONE)


class Call:
    """Pickles as a call."""

    def __init__(self, function, *args):
        self.made = function, args

    def __reduce__(self):
        return self.made


def keyed(key, program):
    """The opcodes that put what a program makes under a key."""
    return b"X" + struct.pack("<I", len(key)) + key + program + b"s"


def places(call):
    """Checkpoints of a training, with the call beside the weights."""
    weights = b"}" + keyed(b"w", w.tensor())
    whole, beside = keyed(b"state_dict", weights), keyed(b"args", call)
    yield b"}" + whole + beside
    yield b"}" + beside + whole
    yield b"}" + keyed(b"state_dict", weights + keyed(b"hook", call))
    yield b"}" + whole + keyed(b"epochs", b"]" + call + b"a")
    yield b"}" + whole + call + b"Ns"
    yield weights + call + b"0"


def calls(folder):
    """Calls beside the weights of a training's checkpoint."""
    marker = folder / "it ran"
    touch = f"touch '{marker}'"
    write = f"open({str(marker)!r}, 'w')"
    hostile = (
        Call(os.system, touch), Call(eval, write), Call(exec, write),
        Call(open, str(marker), "w"), Call(getattr, "", "join"),
        Call(subprocess.Popen, ["touch", str(marker)]), Call(__import__, "os"),
        Call(functools.partial, os.system, touch),
        Call(compile, "1", "a", "eval"), Call(importlib.import_module, "os"),
        Call(shutil.rmtree, str(folder / "none")),
    )  # fmt: skip
    path = folder / "x.pth"

    def ran():
        return "its code ran" if marker.exists() else ""

    for call in hostile:
        for protocol in (2, 3, 4):
            found = pickle.dumps(call, protocol)
            start = 11 if protocol == 4 else 2  # behind PROTO and FRAME
            for program in places(found[start:-1]):
                w.pickled(program, **{"0": w.TWO})(path, "")
                what = f"{call.made[0].__name__}, protocol {protocol}"
                yield what, functools.partial(refused, path), ran


def refused(path):
    found = _files.read(path)
    raise AssertionError(f"it was read: {list(found)}")


def published(folder):
    """Crafted .h5 files in place of keras.applications' own."""
    known = _known.of("mobilenet_v1")
    checkpoint = next(c for c in known if c.name.startswith("keras/"))
    secret = folder / "secret"
    secret.write_bytes(b"A SECRET OF ANOTHER FILE")
    for what, (suffix, write, _) in CRAFTED.items():
        if suffix == ".h5":
            path = folder / "published.h5"
            write(path, str(secret))
            load = functools.partial(_applications.read, path, checkpoint)
            yield what, load, lambda: ""


ATTACKS = {
    "odd names, into a network": names,
    "odd shapes and types, into a network": shapes,
    "calls beside the weights": calls,
    "crafted files as keras.applications'": published,
}

"""Good files, and what becomes of them by chance.

`GOOD` is {kind: (suffix, bytes)}; `mutated` changes one, in general ways and,
half of the time, in one that its format invites.
"""

import io
import json
import pathlib
import pickle
import re
import struct
import zipfile

import _writers
import h5py
import numpy as np

DATA = pathlib.Path(__file__).parents[2] / "tests/data/pth"
NUMBERS = (0, 1, 2, 3, 255, 2**15, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1)
MODULES = (
    "os.system", "builtins.eval", "builtins.exec", "subprocess.Popen",
    "builtins.getattr", "functools.partial", "numpy.load", "torch.load",
    "torch._utils._rebuild_tensor_v2", "torch.FloatStorage",
    "collections.OrderedDict", "torch.Size", "torch._utils._rebuild_parameter",
)  # fmt: skip
OPCODES = (
    b"()]}NKJMXcR.tseua0Qqhr2bio\x80\x81\x82\x85\x86\x87\x88\x8a\x8c\x93\x94"
)
TOKENS = (
    "0", "-1", "1e99", "true", "null", '"F64"', '"F8_E4M3"', "[]", "{}",
    "18446744073709551615", "[[[[]]]]", '"\\u0000"', "4294967296",
)  # fmt: skip


def keras_2():
    file = io.BytesIO()
    with h5py.File(file, "w") as h5:
        for name in ("conv", "dense"):
            group = h5.create_group(f"model_weights/{name}")
            group.attrs["weight_names"] = [
                f"{name}/kernel".encode(),
                f"{name}/bias".encode(),
            ]
            group.create_dataset(f"{name}/kernel", data=np.ones((3, 4), "f4"))
            group[f"{name}/bias"] = np.arange(4.0)
        h5.attrs["model_config"] = "{}"
    return file.getvalue()


def keras_3(compression=None):
    file = io.BytesIO()
    with h5py.File(file, "w") as h5:
        for name in ("conv2d", "dense_1"):
            group = h5.create_group(f"layers/{name}/vars")
            group.attrs["name"] = name
            group.create_dataset("0", data=np.ones((9, 9), "f4"),
                                 compression=compression)  # fmt: skip
            group["1"] = np.arange(9.0)
    return file.getvalue()


def keras_model():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", "{}")
        archive.writestr("metadata.json", "{}")
        archive.writestr("model.weights.h5", keras_3())
    return file.getvalue()


def safetensors():
    entries, body = {"__metadata__": {"format": "pt"}}, b""
    for name in ("conv.weight", "conv.bias", "fc.weight"):
        entries[name] = {
            "dtype": "F32",
            "shape": [2, 4],
            "data_offsets": [len(body), len(body) + 32],
        }
        body += np.arange(8, dtype="f4").tobytes()
    text = json.dumps(entries).encode()
    return struct.pack("<Q", len(text)) + text + body


GOOD = {
    "pth": (".pth", (DATA / "zip.pth").read_bytes()),
    "pth of a training": (".pth", (DATA / "zip_training.pth").read_bytes()),
    "old pth": (".pth", (DATA / "old.pth").read_bytes()),
    "safetensors": (".safetensors", safetensors()),
    "h5 of Keras 2": (".h5", keras_2()),
    "h5 of Keras 3": (".h5", keras_3()),
    "h5 in gzip": (".h5", keras_3("gzip")),
    "keras": (".keras", keras_model()),
}


def mutated(kind, random):
    """The bytes of a file, by this `random.Random`."""
    _, data = GOOD[kind]
    special = {".pth": _pickle, ".safetensors": _header, ".keras": _archive}
    own = special.get(GOOD[kind][0])
    if own and random.random() < 0.5:
        return own(bytearray(data), random)
    data = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 4, 16))):
        random.choice(GENERAL)(data, random)
    return bytes(data)


def _at(data, random):
    """A place, more often in the first 1,000 bytes."""
    return random.randrange(
        max(1, random.choice((len(data), min(len(data), 1000))))
    )


def _flip(data, random):
    if data:
        data[_at(data, random)] ^= 1 << random.randrange(8)


def _number(data, random):
    """A wrong size, offset or count."""
    width = random.choice((1, 2, 4, 8))
    value = random.choice(NUMBERS) + random.randrange(-2, 3)
    at = _at(data, random) // width * width
    value %= 256**width
    data[at : at + width] = value.to_bytes(width, "little")


def _cut(data, random):
    del data[_at(data, random) :]


def _delete(data, random):
    at = _at(data, random)
    del data[at : at + random.choice((1, 8, 100))]


def _insert(data, random):
    at = _at(data, random)
    data[at:at] = random.randbytes(random.choice((1, 8, 100)))


def _repeat(data, random):
    """A piece written over another, as of a disk that mixed up blocks."""
    source, at, length = _at(data, random), _at(data, random), 64
    data[at : at + length] = data[source : source + length]


def _zero(data, random):
    at, length = _at(data, random), random.choice((4, 64, 512))
    data[at : at + length] = bytes(len(data[at : at + length]))


GENERAL = (_flip, _flip, _number, _number, _cut, _delete, _insert, _repeat,
           _zero)  # fmt: skip


def _pickle(data, random):
    """The archive with a pickle of chance, or a call."""
    kind = random.randrange(3)
    if kind == 0:
        program = bytes(
            random.choice(OPCODES) if random.random() < 0.8 else
            random.randrange(256) for _ in range(random.randrange(1, 200))
        )  # fmt: skip
    elif kind == 1:
        program = _program(random)
    else:
        found = re.search(rb"\x80\x02.{20,}?\.", bytes(data), re.S)
        program = bytearray(found[0][2:] if found else b"}.")
        for _ in range(random.choice((1, 4))):
            random.choice(GENERAL)(program, random)
    program = bytes(program)
    if random.random() < 0.5:
        parts = [pickle.dumps(x, 2) for x in (0x1950A86A20F9469CFC6C, 1001)]
        parts += [pickle.dumps({"little_endian": True}, 2), b"\x80\x02"]
        return b"".join(parts) + program + b".\x80\x02]."
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        folder = random.choice(("a", "../a", "/a", "a/b", "\udc80".encode(
            "utf-8", "surrogatepass").decode("latin-1")))  # fmt: skip
        archive.writestr(f"{folder}/data.pkl", b"\x80\x02" + program)
        archive.writestr(f"{folder}/data/0", bytes(8))
    return file.getvalue()


def _program(random):
    """A dictionary in which something is called, in one of the ways."""
    module, _, name = random.choice(MODULES).rpartition(".")
    call = random.choice((b"R", b"\x81", b"b", b"\x85R", b"0"))
    argument = random.choice(
        (
            b"(X\x04\0\0\0truet",
            b")",
            b"(K\x01K\x02t",
            _writers.tensor() + b"\x85",
        )
    )
    if random.random() < 0.3:
        made = b"".join(
            b"\x8c" + bytes([len(x)]) + x.encode() for x in (module, name)
        )
        made += b"\x93"
    else:
        made = f"c{module}\n{name}\n".encode()
    return b"}X\x01\0\0\0w" + made + argument + call + b"s."


def _header(data, random):
    """The header with another number, text or list in one place."""
    (length,) = struct.unpack("<Q", data[:8])
    text = data[8 : 8 + length].decode()
    tokens = list(re.finditer(r'-?\d+|"[^"]*"|\[[^\[]*?\]', text))
    for token in random.sample(tokens, random.choice((1, 1, 3))):
        text = text.replace(token[0], random.choice(TOKENS), 1)
    new = text.encode()
    size = len(new) + random.choice((0, 0, 0, 1, -1, 2**30, 2**62))
    return struct.pack("<Q", max(0, size)) + new + data[8 + length :]


def _archive(data, random):
    """The archive with damaged weights, so that its checksums are right."""
    weights = bytearray(keras_3())
    random.choice(GENERAL)(weights, random)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", random.choice((0, 8))) as archive:
        archive.writestr("config.json", "{}")
        archive.writestr("model.weights.h5", bytes(weights))
    return file.getvalue()

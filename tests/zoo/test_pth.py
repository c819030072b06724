"""`.pth` and `.safetensors` files, honest, damaged and hostile."""

import json
import os
import pathlib
import pickle
import random
import struct
import tracemalloc
import zipfile

import ml_dtypes
import numpy as np
import pytest

from tests.zoo.torch_files import opcodes, tensor as torch_tensor
from zoo.checkpoints import _files

DATA = pathlib.Path(__file__).parents[1] / "data/pth"
RAMP = np.arange(24, dtype="float32")


def expected():
    """What tests/data/pth/make.py saved."""
    return {
        "float32": RAMP.reshape(2, 3, 4),
        "float64": RAMP.astype("float64"),
        "float16": (RAMP / 8).astype("float16"),
        "bfloat16": (RAMP / 8).astype(ml_dtypes.bfloat16),
        "int64": np.array(7, "int64"),
        "int32": np.arange(3, dtype="int32"),
        "int16": np.arange(3, dtype="int16"),
        "int8": np.arange(3, dtype="int8"),
        "uint8": np.arange(3, dtype="uint8"),
        "bool": np.array([True, False]),
        "scalar": np.array(1.5, "float32"),
        "empty": np.zeros((0, 3), "float32"),
        "transposed": RAMP.reshape(4, 6).T,
        "channels_last": RAMP.reshape(1, 2, 3, 4),
        "sliced": RAMP.reshape(4, 6)[1::2, 2:4],
        "shared": RAMP[:6],
        "shared_tail": RAMP[2:6],
        "expanded": np.full((3, 4), 2.5, "float32"),
        "parameter": RAMP[:2],
    }


@pytest.mark.parametrize("name", ["zip", "old", "zip_protocol4"])
def test_every_kind_of_tensor(name):
    tensors = _files.read(DATA / f"{name}.pth")
    wanted = expected()
    assert list(tensors) == list(wanted)
    for key, array in wanted.items():
        assert tensors[key].dtype == array.dtype, key
        np.testing.assert_array_equal(tensors[key], array, err_msg=key)


@pytest.mark.parametrize("name", ["zip_training", "old_training"])
def test_state_dict_within_a_training_checkpoint(name):
    tensors = _files.read(DATA / f"{name}.pth")
    assert list(tensors) == [
        "weight", "bias", "running_mean", "running_var", "num_batches_tracked",
    ]  # fmt: skip
    np.testing.assert_array_equal(tensors["running_var"], [1, 1])


@pytest.mark.parametrize("name", ["zip_module", "old_module"])
def test_module_is_refused_by_name(name):
    with pytest.raises(
        ValueError, match=r"'torch\.nn\.modules\.linear\.Linear'"
    ):
        _files.read(DATA / f"{name}.pth")


class Attack:
    """Pickles as a call of `function`."""

    def __init__(self, function, *args):
        self.call = function, args

    def __reduce__(self):
        return self.call


def as_zip(path, pickled, **entries):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/data.pkl", pickled)
        for name, content in entries.items():
            archive.writestr(f"a/data/{name}", content)


def as_old(path, pickled, keys=(), storages=b""):
    parts = [
        pickle.dumps(0x1950A86A20F9469CFC6C, 2),
        pickle.dumps(1001, 2),
        pickle.dumps({"little_endian": True}, 2),
        pickled,
        pickle.dumps(list(keys), 2),
    ]
    path.write_bytes(b"".join(parts) + storages)


@pytest.mark.parametrize("write", [as_zip, as_old])
@pytest.mark.parametrize("protocol", [0, 1, 2, 4])
@pytest.mark.parametrize("place", ["value", "key", "nested", "top"])
def test_hostile_call_is_refused_by_name(tmp_path, write, protocol, place):
    flag = tmp_path / "ran"
    attack = Attack(os.mkdir, str(flag))
    payload = {
        "value": {"weight": attack},
        "key": {attack: 1},
        "nested": {"state_dict": [({"x": attack},)]},
        "top": attack,
    }[place]
    if place == "key":
        pickled = b"\x80\x02}cposix\nmkdir\nX\x01\x00\x00\x00a\x85RK\x01s."
    else:
        pickled = pickle.dumps(payload, protocol)
    path = tmp_path / "x.pth"
    write(path, pickled)
    with pytest.raises(
        ValueError, match=rf"{os.mkdir.__module__}\.mkdir|opcode"
    ):
        _files.read(path)
    assert not flag.exists()


@pytest.mark.parametrize(
    ("pickled", "message"),
    [
        (b"(S'echo'\nios\nsystem\n.", "opcode STRING"),
        (b"(ios\nsystem\n.", "'os.system'"),
        (b"\x80\x02cbuiltins\neval\n.", "'builtins.eval'"),
        (b"\x80\x04\x8c\x02os\x8c\x06system\x93.", "'os.system'"),
        (b"\x80\x02ctorch._utils\n_rebuild_tensor_v2.x\n.", "v2.x'"),
        (b"\x80\x02\x82\x01.", "opcode EXT1"),
        (b"Pname\n.", "opcode PERSID"),
        (b"\x80\x02}}\x81.", "opcode NEWOBJ"),
        (b"\x80\x02ctorch\nFloatStorage\n)R.", "damaged"),
        (b"\x80\x02ctorch\nSize\n(K\x01)tR.", "damaged"),
        (b"\x80\x02}" + b"\x85" * 500 + b"K\x01s.", "damaged"),
        (b"\x80\x02}r\xff\xff\xff\x7f.", "no dictionary of tensors"),
        (b"\x80\x02\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.", "damaged"),
        (b"\x80\x02]q\x00h\x00a.", "no dictionary of tensors"),
        (b"\x80\x02(((((.", "no dictionary of tensors"),
        (b"\x80\x02t.", "damaged"),
        (b"\x80\x02", "damaged"),
        (b"", "damaged"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("write", [as_zip, as_old])
def test_hostile_pickle(tmp_path, write, pickled, message):
    path = tmp_path / "x.pth"
    write(path, pickled)
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        _files.read(path)


def tensor_pickle(**options):
    """A pickle of {"w": tensor}."""
    return b"\x80\x02}" + opcodes("w") + torch_tensor(**options) + b"s."


TWO = struct.pack("<2f", 1.0, 2.0)


@pytest.mark.parametrize("write", [as_zip, as_old])
def test_by_hand_is_read(tmp_path, write):
    path = tmp_path / "x.pth"
    if write is as_zip:
        as_zip(path, tensor_pickle(), **{"0": TWO})
    else:
        as_old(path, tensor_pickle(), ["0"], struct.pack("<q", 2) + TWO)
    np.testing.assert_array_equal(_files.read(path)["w"], [1.0, 2.0])


def test_view_of_an_old_storage(tmp_path):
    path = tmp_path / "x.pth"
    pickled = tensor_pickle(shape=(1,), view=("v", 1, 1))
    as_old(path, pickled, ["0"], struct.pack("<q", 2) + TWO)
    np.testing.assert_array_equal(_files.read(path)["w"], [2.0])


@pytest.mark.parametrize("write", [as_zip, as_old])
@pytest.mark.parametrize(
    "options",
    [
        {"shape": (3,)},
        {"shape": (-2,)},
        {"shape": (2**40,), "strides": (0,)},
        {"shape": (2**20,) * 20, "strides": (0,) * 20},
        {"shape": (2,) * 40, "strides": (0,) * 40},
        {"shape": (2, 1)},
        {"shape": (True,)},
        {"shape": (1.0,)},
        {"strides": (-1,), "offset": 1},
        {"strides": (2,)},
        {"strides": (2**62,)},
        {"offset": 1},
        {"offset": -1},
        {"size": 2**40},
        {"size": 2**100},
        {"size": -2},
        {"size": 3},
        {"key": "1"},
        {"key": ("0",)},
        {"key": "../../data.pkl"},
        {"kind": "DoubleStorage"},
        {"kind": "Size"},
        {"view": ("v", 1, 5)},
    ],
    ids=str,
)
def test_tensor_outside_of_the_file(tmp_path, write, options):
    path = tmp_path / "x.pth"
    if write is as_zip:
        as_zip(path, tensor_pickle(**options), **{"0": TWO})
    else:
        storages = struct.pack("<q", 2) + TWO
        as_old(path, tensor_pickle(**options), ["0"], storages)
    assert peak_of(lambda: fails(path)) < 2**20


def fails(path):
    with pytest.raises(ValueError, match=r"x\.(pth|safetensors)"):
        _files.read(path)


def peak_of(function):
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_zip_bombs(tmp_path):
    path = tmp_path / "x.pth"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/data.pkl", tensor_pickle(size=2**24))
        archive.writestr("a/data/0", bytes(2**26))
    assert peak_of(lambda: fails(path)) < 2**22
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/data.pkl", tensor_pickle())
        archive.writestr("a/data/0", TWO)
    fails(path)  # torch never compresses


def test_pickles_that_multiply(tmp_path):
    """A big container named again and again is neither copied nor hashed."""
    path = tmp_path / "x.pth"
    many = b"N" * 50_000
    for name, use in (
        ("collections\nOrderedDict", b"(" + many + b"lq\x00"),
        ("torch\nSize", b"](" + many + b"eq\x00"),
        ("torch._utils\n_rebuild_parameter", b"(" + many + b"tq\x00"),
    ):
        again = f"c{name}\n".encode() + b"h\x00\x85R"
        as_zip(path, b"\x80\x02" + use + again * 5_000 + b".")
        assert peak_of(lambda: fails(path)) < 2**24
    doubling = b"\x80\x02}K\x01\x85" + b"q\x00h\x00\x86" * 200 + b"K\x01s."
    as_zip(path, doubling)
    fails(path)


def test_torchscript_is_told_apart(tmp_path):
    path = tmp_path / "x.pth"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/data.pkl", b"\x80\x02}.")
        archive.writestr("a/constants.pkl", b"\x80\x02).")
    with pytest.raises(ValueError, match="TorchScript"):
        _files.read(path)


def test_changed_storage_fails_its_checksum(tmp_path):
    path = tmp_path / "x.pth"
    data = bytearray((DATA / "zip.pth").read_bytes())
    at = data.find(RAMP.tobytes())
    data[at + 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match="checksum"):
        _files.read(path)


@pytest.mark.parametrize("name", ["zip", "old", "zip_training"])
def test_truncated(tmp_path, name):
    data = (DATA / f"{name}.pth").read_bytes()
    path = tmp_path / "x.pth"
    for length in [*range(0, 200, 7), *range(200, len(data) - 1, 151)]:
        path.write_bytes(data[:length])
        fails(path)


@pytest.mark.parametrize(
    "name", ["zip", "old", "zip_protocol4", "old_training"]
)
def test_fuzzed(tmp_path, name):
    """Any other bytes give tensors or a ValueError, within the file's size."""
    original = (DATA / f"{name}.pth").read_bytes()
    path = tmp_path / "x.pth"
    rng = random.Random(0)
    outcomes = set()

    def run():
        for _ in range(400):
            data = bytearray(original)
            for _ in range(rng.choice((1, 1, 2, 8))):
                data[rng.randrange(len(data))] = rng.randrange(256)
            path.write_bytes(data)
            try:
                tensors = _files.read(path)
            except ValueError:
                outcomes.add("refused")
            else:
                outcomes.add("read")
                assert all(isinstance(a, np.ndarray) for a in tensors.values())

    assert peak_of(run) < 2**23
    assert outcomes == {"read", "refused"}


def write_safetensors(path, header, body=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


def test_safetensors(tmp_path):
    path = tmp_path / "x.safetensors"
    write_safetensors(
        path,
        {
            "__metadata__": {"format": "pt"},
            "w": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
            "b": {"dtype": "BF16", "shape": [], "data_offsets": [8, 10]},
        },
        TWO + b"\x80\x3f",
    )
    tensors = _files.read(path)
    np.testing.assert_array_equal(tensors["w"], [[1.0], [2.0]])
    assert tensors["b"].dtype == ml_dtypes.bfloat16
    assert tensors["b"] == 1


def test_safetensors_as_the_library_writes_them(tmp_path):
    save_file = pytest.importorskip("safetensors.numpy").save_file
    wanted = {k: np.ascontiguousarray(v) for k, v in expected().items()}
    del wanted["bfloat16"]
    save_file(wanted, tmp_path / "x.safetensors")
    tensors = _files.read(tmp_path / "x.safetensors")
    assert tensors.keys() == wanted.keys()
    for key, array in wanted.items():
        assert tensors[key].dtype == array.dtype
        np.testing.assert_array_equal(tensors[key], array)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{",
        b"[" * 100_000,
        {"w": {}},
        {"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}},
        {"w": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}},
        {"w": {"dtype": "F32", "shape": [-1, -2], "data_offsets": [0, 8]}},
        {"w": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}},
        {"w": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}},
        {"w": {"dtype": "F32", "shape": [2**60], "data_offsets": [0, 2**62]}},
        {"w": {"dtype": "F8", "shape": [2], "data_offsets": [0, 8]}},
        {"w": {"dtype": "F32", "shape": [2.0], "data_offsets": [0, 8]}},
        {"w": 3},
    ],
    ids=lambda header: str(header)[:60],
)
def test_damaged_safetensors(tmp_path, header):
    path = tmp_path / "x.safetensors"
    write_safetensors(path, header, TWO)
    fails(path)
    path.write_bytes(struct.pack("<Q", 2**63) + b"{}")
    fails(path)
    path.write_bytes(b"\x01")
    fails(path)


def test_dictionaries_of_python_2(tmp_path):
    """They are made from a list of pairs; torchvision has such files."""
    path = tmp_path / "x.pth"
    pair = tensor_pickle()[len(b"\x80\x02}") : -len(b"s.")]  # name and tensor
    pair = pair.replace(opcodes("w"), b"U\x01w")
    pickled = b"\x80\x02ccollections\nOrderedDict\n](](" + pair + b"ee\x85R."
    as_old(path, pickled, ["0"], struct.pack("<q", 2) + TWO)
    np.testing.assert_array_equal(_files.read(path)["w"], [1.0, 2.0])


def test_unknown_files(tmp_path):
    (tmp_path / "x.ckpt").write_bytes(b"text")
    with pytest.raises(ValueError, match=r"\.safetensors, \.pth"):
        _files.read(tmp_path / "x.ckpt")
    with pytest.raises(ValueError, match="there is no file"):
        _files.read(tmp_path)
    with pytest.raises(ValueError, match="no such file"):
        _files.read(tmp_path / "x.pth")
    (tmp_path / "x.h5").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    with pytest.raises(ValueError, match="HDF5"):
        _files.read(tmp_path / "x.h5")

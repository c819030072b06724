"""Writes hostile files: of HDF5, pickles, safetensors and Keras's archives.

A writer takes the path to write and that of a file with a secret, which no
answer may contain.
"""

import json
import struct
import zipfile

import h5py
import numpy as np

FEW = np.ones(3, "float32")
PROTOCOL = b"\x80\x02"


def keras_2(write):
    """A file of one layer, `conv`, whose kernel is written otherwise."""

    def make(path, secret):
        with h5py.File(path, "w") as file:
            group = file.create_group("conv")
            group.attrs["weight_names"] = [b"conv/kernel"]
            write(group, secret)

    return make


def dataset(**options):
    options = {"shape": (16,), "dtype": "float32"} | options
    return keras_2(lambda g, _: g.create_dataset("conv/kernel", **options))


def put(value):
    def write(group, secret):
        group["conv/kernel"] = value(group) if callable(value) else value

    return keras_2(write)


def secret_of(path):
    return np.fromfile(path, "u1")


def external(group, secret):
    group.create_dataset("conv/kernel", (16,), "u1", external=[(secret, 0, 16)])


def elsewhere(group, secret):
    with h5py.File(f"{secret}.h5", "w") as other:
        other["x"] = secret_of(secret)
    group["conv/kernel"] = h5py.ExternalLink(f"{secret}.h5", "x")


def virtual(group, secret):
    with h5py.File(f"{secret}.h5", "w") as other:
        other["x"] = secret_of(secret)
    layout = h5py.VirtualLayout((8,), "u1")
    layout[:] = h5py.VirtualSource(f"{secret}.h5", "x", (8,))
    group.create_virtual_dataset("conv/kernel", layout)


def bomb(group, secret):
    group.create_dataset(
        "conv/kernel", (2**28,), "float32", chunks=(2**20,),
        compression="gzip",
    )  # fmt: skip
    group["conv/kernel"].id.write_direct_chunk((0,), b"x")


def gzipped(group, secret):
    zeros = np.zeros(2**23, "float32")
    group.create_dataset("conv/kernel", data=zeros, compression="gzip")


def chunk(group, secret):
    group.create_dataset(
        "conv/kernel", (1,), "float32", chunks=(2**28,), maxshape=(None,),
        compression="gzip",
    )  # fmt: skip


def cycle(group, secret):
    group["conv/kernel"] = FEW
    group["again"] = group


def root_cycle(group, secret):
    group["conv/kernel"] = FEW
    group["again"] = group.file["/"]


def twice(group, secret):
    group["conv/kernel"] = FEW
    group["conv/again"] = group["conv/kernel"]


def deep(group, secret):
    for _ in range(100):
        group = group.create_group("g")


def names(value, **options):
    def write(group, secret):
        group["conv/kernel"] = FEW
        group.attrs.create("weight_names", value, **options)

    return keras_2(write)


def attribute(group, secret):
    text = h5py.string_dtype()
    group["conv/kernel"] = FEW
    group.attrs.create("x", ["x" * 60_000] + ["y"] * 4_000, dtype=text)


def endless_heap(path, secret):
    """The text of an attribute in a heap whose first object has no size."""
    with h5py.File(path, "w") as file:
        group = file.create_group("conv")
        names = np.array(["conv/kernel"], h5py.string_dtype())
        group.attrs["weight_names"] = names
        group["conv/kernel"] = FEW
    data = bytearray(path.read_bytes())
    at = data.index(b"GCOL") + 16
    data[at : at + 16] = bytes(16)
    path.write_bytes(data)


def reference(group, secret):
    group["conv/kernel"] = FEW
    group.attrs["x"] = group["conv/kernel"].ref


def keras_3(kind="conv2d", number="0", name="conv"):
    def make(path, secret):
        with h5py.File(path, "w") as file:
            group = file.create_group(f"layers/{kind}/vars")
            if name is not None:
                group.attrs["name"] = name
            group[number] = FEW

    return make


def pickled(program, repeat=1, end=b".", **entries):
    """A `.pth` file with this pickle, or so many copies of it."""

    def make(path, secret):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a/data.pkl", PROTOCOL + program * repeat + end)
            for name, content in entries.items():
                archive.writestr(f"a/data/{name}", content)

    return make


def storage(size, key="0", kind="FloatStorage"):
    pid = b"(X\x07\0\0\0storagectorch\n" + kind.encode() + b"\n"
    pid += b"X\x01\0\0\0" + key.encode() + b"X\x03\0\0\0cpu"
    return pid + b"J" + struct.pack("<i", size) + b"tQ"


def tensor(size=2, shape=2, stride=1):
    """The opcodes of a tensor of one dimension."""
    args = b"".join(
        b"(J" + struct.pack("<i", n) + b"t" for n in (shape, stride)
    )
    return (
        b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage(size) + b"K\0" + args
    ) + b"tR"


TWO = struct.pack("<2f", 1, 2)
MANY = b"".join(
    b"X\x04\0\0\0" + b"%04d" % i + tensor(2, 2**20, 0) + b"s"
    for i in range(2000)
)


def zipped(count):
    def make(path, secret):
        with zipfile.ZipFile(path, "w") as archive:
            for i in range(count):
                archive.writestr(f"a/{i}", b"")
            archive.writestr("a/data.pkl", PROTOCOL + b"}.")

    return make


def half(writer, part=0.5):
    def make(path, secret):
        writer(path, secret)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * part)])

    return make


def good_pth(path, secret):
    pickled(b"}X\x01\0\0\0w" + tensor() + b"s", **{"0": TWO})(path, secret)


def header(entries, body=bytes(8), length=None):
    """A `.safetensors` file with this header."""

    def make(path, secret):
        text = entries if isinstance(entries, bytes) else json.dumps(entries)
        text = text if isinstance(text, bytes) else text.encode()
        size = len(text) if length is None else length
        path.write_bytes(struct.pack("<Q", size) + text + body)

    return make


def entry(dtype="F32", shape=(2,), offsets=(0, 8)):
    return {"dtype": dtype, "shape": list(shape), "data_offsets": offsets}


def keras_model(*entries, weights=None):
    """A `.keras` file with these entries, (name, content) each."""

    def make(path, secret):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries:
                archive.writestr(name, content)
            if weights:
                weights(path.with_suffix(".h5"), secret)
                archive.write(path.with_suffix(".h5"), "model.weights.h5")

    return make


def content(data):
    return lambda path, secret: path.write_bytes(data)

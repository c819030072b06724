"""Writes `.pth` files without torch, by hand."""

import pickle
import zipfile

import numpy as np


def opcodes(value):
    """The pickle of plain data, without its beginning and end."""
    if isinstance(value, tuple):
        return b"(" + b"".join(map(opcodes, value)) + b"t"
    return pickle.dumps(value, 2)[2:-1]


def tensor(
    kind="FloatStorage",
    size=2,
    offset=0,
    shape=(2,),
    strides=(1,),
    key="0",
    view=None,
):
    """The opcodes of a tensor."""
    pid = b"(" + opcodes("storage") + f"ctorch\n{kind}\n".encode()
    pid += b"".join(map(opcodes, (key, "cpu", size, view))) + b"tQ"
    args = b"(" + pid + b"".join(map(opcodes, (offset, shape, strides))) + b"t"
    return b"ctorch._utils\n_rebuild_tensor\n" + args + b"R"


def write_state(path, tensors):
    """A state dictionary of float32 tensors, in the newer format."""
    pickled = b"\x80\x02}"
    with zipfile.ZipFile(path, "w") as archive:
        for i, (name, array) in enumerate(tensors.items()):
            array = np.ascontiguousarray(array, "float32")
            strides = tuple(stride // 4 for stride in array.strides)
            pickled += opcodes(name) + tensor(
                size=array.size,
                shape=array.shape,
                strides=strides,
                key=str(i),
            )
            pickled += b"s"
            archive.writestr(f"archive/data/{i}", array.tobytes())
        archive.writestr("archive/data.pkl", pickled + b".")

"""Reads `.pth` files, in both formats of torch.save, without torch.

The newer format is a zip archive of one pickle and one entry a storage. The
older one is five pickles (magic number, protocol, system, objects, keys of
storages), then the storages, each after its length. Only tensors and plain
containers are read; see `_unpickle`. Every size is checked against the file's
before anything is allocated.
"""

import io
import math
import pathlib
import struct
import zipfile
import zlib
from typing import NamedTuple

import ml_dtypes
import numpy as np

from zoo.checkpoints import _inert, _state, _told, _unpickle

MAGIC = 0x1950A86A20F9469CFC6C
MOST_ENTRIES = 100_000  # of a zip archive; each takes memory
# What tensors may take together that share memory or repeat it: tied weights
# and expanded ones do.
EXPANSION, SMALL = 8, 2**24
DTYPES = {
    "torch.FloatStorage": "<f4",
    "torch.DoubleStorage": "<f8",
    "torch.HalfStorage": "<f2",
    "torch.BFloat16Storage": ml_dtypes.bfloat16,
    "torch.LongStorage": "<i8",
    "torch.IntStorage": "<i4",
    "torch.ShortStorage": "<i2",
    "torch.CharStorage": "i1",
    "torch.ByteStorage": "u1",
    "torch.BoolStorage": "?",
}


class Storage(NamedTuple):
    """A storage, or a part of one, whose bytes come later."""

    key: str
    dtype: np.dtype
    size: int  # of the whole storage, in elements
    start: int = 0

    @property
    def nbytes(self):
        return self.size * self.dtype.itemsize


class Tensor(NamedTuple):
    """A tensor as the pickle has it."""

    storage: Storage
    offset: int
    shape: tuple
    strides: tuple

    def array(self, data):
        """The tensor's view of its storage's bytes."""
        size = self.storage.dtype.itemsize
        return np.ndarray(
            self.shape,
            self.storage.dtype,
            data,  # NumPy checks the bounds
            (self.storage.start + self.offset) * size,
            tuple(stride * size for stride in self.strides),
        )


def read(path):
    """{name: array} of the file's state dictionary.

    Raises:
        ValueError: The file is damaged, holds other things than tensors and
            plain containers, or no state dictionary.
    """
    data = pathlib.Path(path).read_bytes()
    try:
        read_format = _read_zip if data.startswith(b"PK\x03\x04") else _read_old
        told = []  # what is said where the file can be read
        state, bytes_of = read_format(data, told)
        if sum(map(_nbytes, state.values())) > EXPANSION * len(data) + SMALL:
            raise ValueError("its tensors are larger than the file")
        found = {
            name: tensor.array(bytes_of(tensor.storage))
            for name, tensor in state.items()
        }
        _told.tell(path, told)
        return found
    except _unpickle.Refused as error:
        raise ValueError(
            f"{path}: {error}. Only tensors and plain containers are read, "
            "because anything else could run code."
        ) from None
    except DAMAGED as error:
        raise ValueError(
            f"{path} is no PyTorch file, or damaged: {error!s:.300}"
        ) from error


DAMAGED = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, EOFError,
    OverflowError, struct.error, zipfile.BadZipFile, NotImplementedError,
)  # fmt: skip


def _nbytes(tensor):
    return math.prod(tensor.shape) * tensor.storage.dtype.itemsize


def _read_zip(data, told):
    if data.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise ValueError(f"it has more than {MOST_ENTRIES:,} entries")
    if b"PK\x05\x06" not in data[-(2**16 + 22) :]:
        raise ValueError("it is cut off, for its table of contents is missing")
    infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    if sum(info.file_size for info in infos) > len(data):
        raise ValueError("its entries are larger than the file")
    entries = {info.filename: info for info in infos}
    pickles = [name for name in entries if name.endswith("/data.pkl")]
    if len(pickles) != 1:
        raise ValueError("it must have one data.pkl")
    root = pickles[0].removesuffix("data.pkl")
    if f"{root}constants.pkl" in entries:
        raise _unpickle.Refused("a TorchScript program, not a state dictionary")
    if f"{root}byteorder" in entries:
        order = bytes(_entry(data, entries[f"{root}byteorder"]))
        if order != b"little":
            raise ValueError("its byte order is not little-endian")
    file = io.BytesIO(_entry(data, entries[pickles[0]]))
    state = _state_of(file, _storage, told)
    checked = {}

    def bytes_of(storage):
        name = f"{root}data/{storage.key}"
        if name not in checked:
            checked[name] = _entry(data, entries[name])
        if len(checked[name]) != storage.nbytes:
            raise ValueError(
                f"the storage {storage.key!r:.99} has another size"
            )
        return checked[name]

    return state, bytes_of


def _entry(data, info):
    """The bytes of an entry that is stored as it is: no copy of them."""
    header = info.header_offset
    *_, name, extra = struct.unpack_from("<4s5H3L2H", data, header)
    start = header + 30 + name + extra
    content = memoryview(data)[start : start + info.file_size]
    if (
        info.compress_type != zipfile.ZIP_STORED
        or len(content) != info.file_size
        or zlib.crc32(content) != info.CRC
    ):
        raise ValueError(f"the checksum of {info.filename!r:.99} is wrong")
    return content


def _read_old(data, told):
    file = io.BytesIO(data)
    if _unpickle.load(file, {}) != MAGIC:
        raise ValueError("the magic number is missing")
    _unpickle.load(file, {})
    if _unpickle.load(file, {}).get("little_endian") is not True:
        raise ValueError("its byte order is not little-endian")
    sizes, parts = {}, {}

    def storage(pid):
        part = _storage(pid)
        if not isinstance(part, Storage):  # a class
            return part
        if sizes.setdefault(part.key, part.nbytes) != part.nbytes:
            raise ValueError(f"the storage {part.key!r:.99} has two sizes")
        return part

    state = _state_of(file, storage, told)
    keys = _unpickle.load(file, {})
    position = file.tell()
    for key in map(_key, keys):
        # The length, in elements, is in the first pickle as well.
        start, end = position + 8, position + 8 + sizes[key]
        if end > len(data):
            raise ValueError(f"the storage {key!r:.99} is cut off")
        parts[key] = memoryview(data)[start:end]
        position = end
    return state, lambda storage: parts[storage.key]


def _state_of(file, persistent_load, told):
    """The state dictionary in the pickle at the file's position."""
    skipped = []
    loaded = _unpickle.load(file, FUNCTIONS, persistent_load, skipped)
    return _state.find(loaded, Tensor, skipped, told)


def _storage(pid):
    if isinstance(pid, tuple) and pid[:1] == ("module",) and len(pid) > 1:
        return pid[1]  # old versions kept the source of classes
    if not isinstance(pid, tuple) or len(pid) not in (5, 6):
        raise ValueError("a persistent id is not a storage's")
    kind, dtype, key, _, size, view = (*pid, None)[:6]
    if kind != "storage" or not isinstance(dtype, _unpickle.Global):
        raise ValueError("a persistent id is not a storage's")
    whole = Storage(_key(key), np.dtype(DTYPES[dtype.name]), _natural(size))
    if view is not None:  # a part, as old versions wrote it
        _, start, length = view
        if _natural(start) + _natural(length) > whole.size:
            raise ValueError("a storage's part is outside of it")
        whole = whole._replace(start=start)
    return whole


def _tensor(storage, offset, shape, strides, *rest):
    if not isinstance(storage, Storage) or not (
        len(shape) == len(strides) <= 32
    ):
        raise TypeError("a tensor is malformed")
    shape = tuple(map(_natural, shape))
    if math.prod(shape) > max(storage.size, 2**20):  # by strides of 0
        raise ValueError("a tensor is larger than its storage")
    return Tensor(
        storage, _natural(offset), shape, tuple(map(_natural, strides))
    )


def _size(items=()):
    if len(items) > 32:
        raise ValueError("a shape has too many dimensions")
    return tuple(items)


def _parameter(tensor, *rest):
    if isinstance(tensor, _inert.Opaque):
        return tensor
    if not isinstance(tensor, Tensor):
        raise TypeError("a parameter is malformed")
    return tensor


FUNCTIONS = {
    **dict.fromkeys(DTYPES),
    "collections.OrderedDict": _unpickle.ordered_dict,
    "torch.Size": _size,
    "torch._utils._rebuild_tensor": _tensor,
    "torch._utils._rebuild_tensor_v2": _tensor,
    "torch._utils._rebuild_parameter": _parameter,
}


def _natural(value):
    if type(value) is not int or not 0 <= value < 2**48:
        raise ValueError("a size is no natural number")
    return value


def _key(value):
    if not isinstance(value, (str, int)):  # nothing that is slow to hash
        raise ValueError("a storage's key is no name")
    return str(value)

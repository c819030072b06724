"""Reads `.safetensors` files.

Eight bytes say how long the JSON header is; it gives each tensor's type, shape
and place in what follows.
"""

import json
import math
import pathlib

import ml_dtypes
import numpy as np

DTYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "BF16": ml_dtypes.bfloat16,
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "i1",
    "U8": "u1",
    "BOOL": "?",
}


def read(path):
    """{name: array} of the file.

    Raises:
        ValueError: The file is damaged.
    """
    data = pathlib.Path(path).read_bytes()
    try:
        start = 8 + int.from_bytes(data[:8], "little")
        if start > len(data):
            raise ValueError("its header is cut off")
        header = json.loads(data[8:start])
        header.pop("__metadata__", None)
        body = memoryview(data)[start:]
        return {name: _tensor(body, **entry) for name, entry in header.items()}
    except DAMAGED as error:
        raise ValueError(
            f"{path} is no safetensors file, or damaged: {error}"
        ) from error


DAMAGED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


def _tensor(body, dtype, shape, data_offsets):
    dtype = np.dtype(DTYPES[dtype])
    begin, end = data_offsets
    size = math.prod(shape) * dtype.itemsize
    if not 0 <= begin <= end <= len(body) or end - begin != size:
        raise ValueError("a tensor lies outside of the file")
    return np.frombuffer(body[begin:end], dtype).reshape(shape)

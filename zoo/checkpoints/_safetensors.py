"""Reads `.safetensors` files with the library of that name."""

import json
import os

LARGEST_HEADER = 2**25  # bytes; a network of 1,000 tensors needs 100,000
DTYPES = (
    "F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U64", "U32", "U16",
    "U8", "BOOL",
)  # fmt: skip


def begins(start):
    """Whether these first bytes are such a file's: a length, then JSON."""
    length = int.from_bytes(start[:8], "little")
    return 2 <= length < 2**40 and start[8:9] == b"{"


def read(path):
    """{name: array} of the file.

    Raises:
        ImportError: The library is not installed.
        ValueError: The file is damaged, or has tensors of an unknown type.
    """
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load_file
    except ImportError as error:
        raise ImportError(
            f"{path}: reading .safetensors needs a library; "
            "pip install safetensors."
        ) from error
    try:
        _check_types(path)
        return load_file(path)
    except (SafetensorError, ValueError, RecursionError) as error:
        raise ValueError(
            f"{path} is no safetensors file, or damaged: {error!s:.300}"
        ) from error


def _check_types(path):
    """The library fails at types that NumPy lacks; all else it checks."""
    with open(path, "rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > min(LARGEST_HEADER, os.path.getsize(path) - 8):
            raise ValueError(
                f"its header should have {length:,} bytes; the file has "
                f"{os.path.getsize(path):,}"
            )
        header = json.loads(file.read(length).decode())
    if not isinstance(header, dict):
        raise ValueError("its header is no dictionary")
    for name, entry in header.items():
        dtype = entry.get("dtype") if isinstance(entry, dict) else None
        if name != "__metadata__" and dtype not in DTYPES:
            raise ValueError(
                f"{name!r:.99} has the type {dtype!r:.99}, which is none of "
                f"{', '.join(DTYPES)}"
            )

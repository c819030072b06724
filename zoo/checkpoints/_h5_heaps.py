"""Checks the global heaps of an HDF5 file, where texts stand.

HDF5 does not come back from a damaged one: an object of no size keeps it in
place for ever. The layout is in section III.E of its file format.
"""

import re
import struct

HEAP = re.compile(rb"GCOL\x01")
HEADER = 16  # bytes in front of the objects, and of each object
MOST_OBJECTS = 1_000_000
CHUNK = 2**20


class Refused(ValueError):
    """The file has something that weights do not need, and that could harm."""


def check(raw, size):
    """Walks over the objects of all heaps.

    Args:
        raw: The file, open for reading bytes.
        size: Bytes that it has.

    Returns:
        The bytes of its largest object.

    Raises:
        Refused: An object has no size, or is not within its heap.
    """
    largest, left = 0, MOST_OBJECTS
    for start in list(_starts(raw)):
        end = min(start + _numbers(raw, start, "<8xQ", size)[0], size)
        at = start + HEADER
        while at + HEADER <= end:
            index, length = _numbers(raw, at, "<H6xQ", size)
            needed = HEADER + -(-length // 8) * 8 if index else length
            left -= 1
            if not HEADER <= needed <= end - at or not left:
                raise Refused("a heap of texts is damaged")
            largest, at = max(largest, length), at + needed
    return largest


def _starts(raw):
    """The places where heaps begin."""
    raw.seek(0)
    place, end = 0, b""
    while chunk := raw.read(CHUNK):
        for found in HEAP.finditer(end + chunk):
            yield place - len(end) + found.start()
        place += len(chunk)
        end = chunk[-4:]


def _numbers(raw, at, form, size):
    if at + struct.calcsize(form) > size:
        raise Refused("a heap of texts is cut off")
    raw.seek(at)
    return struct.unpack(form, raw.read(struct.calcsize(form)))

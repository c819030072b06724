"""Refuses HDF5 files that reach beyond themselves.

HDF5 can keep a dataset's values in any other file, link into other files, and
declare any size for what is not there or is compressed. Weights need none of
it: `check` goes through the whole file before a value is read.
"""

import math
import os

import h5py
import numpy as np

from zoo.checkpoints import _h5_heaps
from zoo.checkpoints._h5_heaps import Refused

MOST_DEEP = 64  # groups in groups; 12 are usual
# Of compressed values together, beyond which they are taken for a bomb: gzip
# shrinks trained weights by a tenth, zeros a thousand times.
EXPANSION = 16
SMALL = 2**24  # bytes that any file may expand to
FILTERS = (
    h5py.h5z.FILTER_DEFLATE,
    h5py.h5z.FILTER_SHUFFLE,
    h5py.h5z.FILTER_FLETCHER32,
    h5py.h5z.FILTER_LZF,
)
NUMBERS = "biuf"
PLAIN = (h5py.h5t.INTEGER, h5py.h5t.FLOAT, h5py.h5t.STRING, h5py.h5t.ENUM)
LARGEST_ATTRIBUTE = 2**27  # bytes
LARGEST_LIST = 2**30  # of the names of a model's layers, by the same reckoning
LISTS = ("layer_names",)


def check(file, raw):
    """Goes through an open file.

    Args:
        file: The `h5py.File`.
        raw: The same file, open for reading bytes.

    Raises:
        Refused: It has a link that is not hard or leads to what is linked
            already, values in other files, values that are no numbers, or
            larger ones than the file can hold.
    """
    size = raw.seek(0, os.SEEK_END)
    longest = _h5_heaps.check(raw, size)
    stored = expanded = 0
    seen = {h5py.h5o.get_info(file.id).addr}
    waiting = [(file["/"], 0)]
    while waiting:
        group, depth = waiting.pop()
        _attributes(group, size, longest)
        for name in group:
            place = f"{group.name.rstrip('/')}/{name}"
            member = _member(group, name, place)
            address = h5py.h5o.get_info(member.id).addr
            if address in seen:
                raise Refused(f"{place:.99} is linked twice")
            seen.add(address)
            _attributes(member, size, longest)
            if isinstance(member, h5py.Group):
                if depth == MOST_DEEP:
                    raise Refused(f"more than {MOST_DEEP} groups in groups")
                waiting.append((member, depth + 1))
                continue
            held, made = _sizes(member, place)
            stored, expanded = stored + held, expanded + made
            if stored > size:
                raise Refused("its datasets are larger than the file")
            if expanded > max(SMALL, EXPANSION * size):
                raise Refused(
                    f"{place:.99} expands to more than {EXPANSION} times "
                    "the file"
                )


def _member(group, name, place):
    link = group.get(name, getlink=True)
    if type(link) is not h5py.HardLink:
        kind = {"ExternalLink": "to another file"}.get(
            type(link).__name__, "by name"
        )
        raise Refused(f"{place:.99} is a link {kind}")
    member = group[name]
    if not isinstance(member, h5py.Group | h5py.Dataset):
        raise Refused(f"{place:.99} is neither a group nor a dataset")
    return member


def _sizes(dataset, place):
    """(bytes in the file, bytes in memory beyond those) of a dataset."""
    if dataset.external:
        raise Refused(f"{place:.99} has its values in another file")
    if dataset.is_virtual:
        raise Refused(f"{place:.99} has its values in other datasets")
    if dataset.shape is None or not (
        dataset.dtype.kind in NUMBERS or is_bfloat16(dataset)
    ):
        raise Refused(f"{place:.99} holds no numbers")
    plist = dataset.id.get_create_plist()
    filters = [plist.get_filter(i)[0] for i in range(plist.get_nfilters())]
    if set(filters) - set(FILTERS):
        raise Refused(f"{place:.99} is compressed in an unusual way")
    needed = math.prod(dataset.shape) * dataset.dtype.itemsize
    held = dataset.id.get_storage_size()
    if not filters and held < needed:
        raise Refused(
            f"{place:.99} should have {needed:,} bytes, and {held:,} are there"
        )
    chunk = math.prod(dataset.chunks or ()) * dataset.dtype.itemsize
    return held, max(needed, chunk) if filters else 0


def _attributes(member, size, longest):
    for name in member.attrs:
        attribute = h5py.h5a.open(
            member.id, name.encode("utf-8", "surrogateescape")
        )
        kind, count = attribute.get_type(), math.prod(attribute.shape or ())
        length = count * kind.get_size()
        if kind.get_class() not in PLAIN:
            raise Refused(f"the attribute {name!r:.99} is no text or number")
        if kind.get_class() == h5py.h5t.STRING and kind.is_variable_str():
            length = count * longest  # all could be the file's longest
        most = LARGEST_LIST if name in LISTS else LARGEST_ATTRIBUTE
        if length > max(most, size):
            raise Refused(f"the attribute {name!r:.99} is larger than the file")


def is_bfloat16(dataset):
    """Whether Keras wrote it in that precision, which HDF5 does not know."""
    named = dataset.attrs.get("dtype") == "bfloat16"
    return named and dataset.dtype.kind == "V" and dataset.dtype.itemsize == 2


def texts(member, name):
    """The strings of an attribute, also of one in parts as Keras writes it.

    Raises:
        ValueError: The attribute holds something else.
    """
    found, number = [], 0
    key = name
    if name not in member.attrs:
        key = f"{name}{number}"
    while key in member.attrs:
        values = member.attrs[key]
        found += np.ravel(values).tolist() if np.ndim(values) else [values]
        if key == name:
            break
        number += 1
        key = f"{name}{number}"
    found = [x.decode() if isinstance(x, bytes) else x for x in found]
    if not all(isinstance(text, str) for text in found):
        raise ValueError(f"the attribute {name!r} of {member.name} is no text")
    return found

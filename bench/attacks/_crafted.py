"""Hostile files, made one by one: each must be refused, for the reason given.

`CRAFTED` is {name: (suffix, writer, words of the message)}.
"""

import _writers as w
import h5py
import numpy as np

CONFIG = ("config.json", b"{}")
A = {"w": w.entry()}
CRAFTED = {
    "values in another file": (".h5", w.keras_2(w.external), "another file"),
    "a link to another file": (".h5", w.keras_2(w.elsewhere), "another file"),
    "a virtual dataset": (".h5", w.keras_2(w.virtual), "other datasets"),
    "a link by name": (
        ".h5", w.put(h5py.SoftLink("/conv")), "a link by name",
    ),
    "a group in itself": (".h5", w.keras_2(w.cycle), "linked twice"),
    "the root in a group": (".h5", w.keras_2(w.root_cycle), "linked twice"),
    "a dataset of two names": (".h5", w.keras_2(w.twice), "linked twice"),
    "100 groups in groups": (".h5", w.keras_2(w.deep), "groups in groups"),
    "256 GiB that are not there": (
        ".h5", w.dataset(shape=(2**36,)), "are there",
    ),
    "256 GiB in chunks that are not there": (
        ".h5", w.dataset(shape=(2**36,), chunks=(1024,)), "are there",
    ),
    "1 GiB in one damaged chunk": (".h5", w.keras_2(w.bomb), "expands"),
    "zeros in gzip": (".h5", w.keras_2(w.gzipped), "expands"),
    "a chunk of 1 GiB": (".h5", w.keras_2(w.chunk), "expands"),
    "2 GiB in the layout of Keras 3": (
        ".h5",
        w.keras_2(lambda g, _: g.file.create_dataset(
            "layers/conv2d/vars/0", (2**29,), "float32")),
        "are there",
    ),
    "an unusual filter": (
        ".h5", w.dataset(chunks=(8,), scaleoffset=2), "unusual way",
    ),
    "records": (".h5", w.put(np.zeros(3, [("a", "f4")])), "no numbers"),
    "a reference": (".h5", w.put(lambda g: g.ref), "no numbers"),
    "a text": (".h5", w.put("text"), "no numbers"),
    "no shape": (".h5", w.put(h5py.Empty("f4")), "no numbers"),
    "complex numbers": (".h5", w.put(np.ones(3, "complex64")), "no numbers"),
    "a type": (".h5", w.put(np.dtype("f4")), "neither a group nor a dataset"),
    "a group in place of numbers": (
        ".h5", w.keras_2(lambda g, _: g.create_group("conv/kernel")),
        "no dataset",
    ),
    "numbers in place of a group": (
        ".h5", w.keras_2(lambda g, _: g.file.create_dataset("a", data=w.FEW)),
        "no group",
    ),
    "names that are numbers": (".h5", w.names([1, 2]), "no text"),
    "a name that is not there": (".h5", w.names([b"conv/bias"]), "missing"),
    "a name in many spellings": (
        ".h5", w.names([b"conv/kernel", b"conv/./kernel"]), "no name",
    ),
    "an attribute of 4,000 long texts": (
        ".h5", w.keras_2(w.attribute), "larger than the file",
    ),
    "texts without an end": (".h5", w.endless_heap, "heap of texts"),
    "an attribute of references": (".h5", w.keras_2(w.reference), "no text"),
    "a variable 7": (".h5", w.keras_3(number="7"), "no variable '7'"),
    "a variable x": (".h5", w.keras_3(number="x"), "no variable 'x'"),
    "a layer without a name": (".h5", w.keras_3(name=None), "has no name"),
    "a layer whose name is a number": (".h5", w.keras_3(name=3), "no text"),
    "a layer of an unknown kind": (".h5", w.keras_3("mine"), "have no names"),
    "half an .h5": (".h5", w.half(w.put(np.zeros(999))), "HDF5"),
    "20 million opcodes }": (
        ".pth", w.pickled(b"}", 20_000_000), "opcodes",
    ),
    "20 million opcodes ]": (
        ".pth", w.pickled(b"]", 20_000_000), "opcodes",
    ),
    "5 million MEMOIZE": (
        ".pth", w.pickled(b"}\x94", 5_000_000), "opcodes",
    ),
    "2,000 tensors of stride 0": (
        ".pth", w.pickled(b"}" + w.MANY, **{"0": w.TWO}),
        "larger than the file",
    ),
    "a call": (
        ".pth", w.pickled(b"cos\nsystem\n(X\x04\0\0\0trueR"), "os.system",
    ),
    "a name of 1 MB": (
        ".pth", w.pickled(b"cos\n" + b"x" * 2**20 + b"\n"), "not accepted",
    ),
    "100,001 entries": (".pth", w.zipped(100_001), "entries"),
    "half a .pth": (".pth", w.half(w.good_pth), "cut off"),
    "no tensors": (".pth", w.pickled(b"}"), "no dictionary of tensors"),
    **{
        f"the type {dtype!r}": (
            ".safetensors", w.header({"w": w.entry(dtype)}),
            f"the type {dtype!r}",
        )
        for dtype in ("F8_E4M3", "F8_E5M2", "F4", "C64", "X", "", 3, None)
    },
    "two tensors in one place": (
        ".safetensors", w.header({"a": w.entry(), "b": w.entry()}), "damaged",
    ),
    "tensors that overlap": (
        ".safetensors",
        w.header({"a": w.entry(), "b": w.entry(offsets=(4, 12))}, bytes(12)),
        "damaged",
    ),
    "a tensor behind the end": (
        ".safetensors", w.header({"a": w.entry(offsets=(8, 16))}), "damaged",
    ),
    "a gap": (".safetensors", w.header(A, bytes(16)), "damaged"),
    "2**60 numbers": (
        ".safetensors",
        w.header({"a": w.entry(shape=(2**60,), offsets=(0, 2**62))}), "damaged",
    ),
    "a header of 2**39 bytes": (
        ".safetensors", w.header(A, length=2**39), "the file has",
    ),
    "lists in lists": (
        ".safetensors", w.header(b'{"a":' + b"[" * 200_000), "damaged",
    ),
    "half a .safetensors": (
        ".safetensors", w.half(w.header(A, bytes(8)), 0.9), "damaged",
    ),
    "half a header": (".safetensors", w.half(w.header(A)), "header"),
    "a model with values in another file": (
        ".keras", w.keras_model(CONFIG, weights=w.keras_2(w.external)),
        "another file",
    ),
    "zeros in a .keras": (
        ".keras", w.keras_model(CONFIG, ("assets/x", bytes(2**26))), "larger",
    ),
    "a .keras of two configurations": (
        ".keras", w.keras_model(CONFIG, CONFIG), "one name",
    ),
    "a .keras without one": (
        ".keras", w.keras_model(("a", b"")), "config.json",
    ),
    "half a .keras": (
        ".keras", w.half(w.keras_model(CONFIG, weights=w.put(w.FEW))),
        "damaged",
    ),
    "a .keras that is text": (".keras", w.content(b"text"), "no Keras model"),
    "an empty file": (".pth", w.content(b""), "is empty"),
    "a web page": (".pth", w.content(b"<!DOCTYPE html>"), "a web page"),
    "a Git LFS pointer": (
        ".safetensors",
        w.content(b"version https://git-lfs.github.com/spec/v1\n"), "git lfs",
    ),
    "an unknown file": (".ckpt", w.content(bytes(99)), "none of the files"),
}  # fmt: skip

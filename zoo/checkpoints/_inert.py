"""Objects beside the weights in a pickle, which are skipped and never made.

A training's checkpoint holds its options, optimizer and figures. Of these only
the names are read, so that the pickle can be gone through; no class is looked
up, and nothing is called. What could only be there to run code is refused.
"""

import _compat_pickle
import sys

# Of Python's own modules, those whose objects people save.
HARMLESS = {
    "argparse", "collections", "copyreg", "copy_reg", "datetime", "decimal",
    "enum", "fractions", "pathlib", "types", "uuid",
}  # fmt: skip
# builtins.eval and their like are functions; these are types of plain data.
BUILTINS = {
    "bool", "bytearray", "bytes", "complex", "dict", "float", "frozenset",
    "int", "list", "object", "range", "set", "slice", "str", "tuple",
}  # fmt: skip
CALLS = {"types.FunctionType", "types.CodeType", "types.LambdaType"}
STANDARD = {
    *sys.stdlib_module_names,
    *(name.partition(".")[0] for name in _compat_pickle.IMPORT_MAPPING),
    "nt", "pip", "popen2", "posix",
}  # fmt: skip


class Opaque:
    """Stands for an object that was not made."""

    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name


def accepts(name: str) -> bool:
    """Whether an object of that class, "module.name", is skipped."""
    module, _, attribute = name.rpartition(".")
    top = module.partition(".")[0]
    if top in ("builtins", "__builtin__"):
        return module == top and attribute in BUILTINS
    if name == "_codecs.encode":  # how bytes are written
        return True
    if name in CALLS or not top:
        return False
    return top in HARMLESS or top not in STANDARD

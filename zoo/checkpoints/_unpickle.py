"""Reads plain data from a pickle without running anything that is in it.

A pickle is a program for a stack machine. This is the machine with only the
opcodes that build containers and with only the globals that the caller names:
there is no importing, and nothing but the caller's functions is ever called.
"""

import collections
import pickletools

from zoo.checkpoints import _inert

MARK = object()
MOST_OPCODES = 1_000_000  # each takes memory; a large network has 100,000


class Refused(ValueError):
    """The pickle asks for something that is not plain data."""


class Global(collections.namedtuple("Global", "name")):
    """A global of the pickle that the caller accepts."""


def load(file, functions, persistent_load=None, skipped=None):
    """The object that the pickle at the file's position describes.

    Args:
        file: A binary file that can seek.
        functions: {"module name": function}, the globals that are accepted.
            A global with None in place of a function stands only for itself.
        persistent_load: Function from the persistent id to the object.
        skipped: A list; objects of classes that `_inert` accepts then become
            `Opaque`, and their names are put there. None: they are refused.

    Raises:
        Refused: The pickle has another global, which is named, or an opcode
            that plain data does not need.
        ValueError: The pickle is damaged or endless. So are those that raise
            IndexError, KeyError or TypeError.
    """
    stack, memo = [], {}

    def pop_to_mark():
        for start in range(len(stack) - 1, -1, -1):
            if stack[start] is MARK:
                items = stack[start + 1 :]
                del stack[start:]
                return items
        raise ValueError("a mark is missing")

    def push_global(name):
        if name not in functions:
            if skipped is None or not _inert.accepts(name):
                raise Refused(f"the global {name!r:.99} is not accepted")
            skipped.append(name)
        stack.append(Global(name))

    for count, (opcode, arg, _) in enumerate(pickletools.genops(file)):
        if count == MOST_OPCODES:
            raise ValueError(f"a pickle of more than {MOST_OPCODES:,} opcodes")
        name = opcode.name
        if name in CONSTANTS:
            stack.append(CONSTANTS[name]())
        elif name in LITERALS:
            stack.append(arg)
        elif name == "MARK":
            stack.append(MARK)
        elif name in ("BINPUT", "LONG_BINPUT"):
            memo[arg] = stack[-1]
        elif name == "MEMOIZE":
            memo[len(memo)] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(memo[arg])
        elif name == "TUPLE":
            stack.append(tuple(pop_to_mark()))
        elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
            count = int(name[-1])
            if len(stack) < count:
                raise IndexError(name)
            stack[-count:] = [tuple(stack[-count:])]
        elif name == "APPEND":
            item = stack.pop()
            if not isinstance(stack[-1], _inert.Opaque):
                _of_kind(stack[-1], list).append(item)
        elif name == "APPENDS":
            items = pop_to_mark()
            if not isinstance(stack[-1], _inert.Opaque):
                _of_kind(stack[-1], list).extend(items)
        elif name in ("EMPTY_SET", "FROZENSET") and skipped is not None:
            if name == "FROZENSET":
                pop_to_mark()
            stack.append(_inert.Opaque("builtins.set"))
        elif name == "ADDITEMS" and skipped is not None:
            pop_to_mark()
            _of_kind(stack[-1], _inert.Opaque)
        elif name in NEW and skipped is not None:
            del stack[-NEW[name] :]
            made = stack.pop()
            if not isinstance(made, Global) or made.name in functions:
                raise Refused(f"the pickle opcode {name} is not accepted")
            stack.append(_inert.Opaque(made.name))
        elif name == "SETITEM":
            value, key = stack.pop(), stack.pop()
            _set_items(stack[-1], [key, value])
        elif name == "SETITEMS":
            items = pop_to_mark()
            _set_items(stack[-1], items)
        elif name == "GLOBAL":
            push_global(arg.replace(" ", ".", 1))
        elif name == "STACK_GLOBAL":
            attribute, module = stack.pop(), stack.pop()
            push_global(f"{_of_kind(module, str)}.{_of_kind(attribute, str)}")
        elif name == "INST":
            raise Refused(
                f"the global {arg.replace(' ', '.', 1)!r:.99} is not accepted"
            )
        elif name == "REDUCE":
            args, function = stack.pop(), stack.pop()
            called = _of_kind(function, Global).name
            if called not in functions:  # then it is skipped
                stack.append(_inert.Opaque(called))
                continue
            function = functions[called]
            if len(_of_kind(args, tuple)) > 16:  # each use would copy them
                raise ValueError("a function has too many arguments")
            stack.append(function(*args))
        elif name == "BUILD":  # state of a container: attributes, not items
            stack.pop()
            if not isinstance(stack[-1], _inert.Opaque):
                _of_kind(stack[-1], dict)
        elif name == "BINPERSID" and persistent_load:
            stack.append(persistent_load(stack.pop()))
        elif name == "STOP":
            return stack.pop()
        elif name not in ("PROTO", "FRAME"):
            raise Refused(f"the pickle opcode {name} is not accepted")
    raise ValueError("the pickle does not end")


CONSTANTS = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
}
NEW = {"NEWOBJ": 1, "NEWOBJ_EX": 2}  # arguments on the stack
LITERALS = {
    "BININT", "BININT1", "BININT2", "LONG1", "LONG4", "BINFLOAT",
    "BINUNICODE", "SHORT_BINUNICODE", "BINUNICODE8",
    "BINSTRING", "SHORT_BINSTRING", "BINBYTES", "SHORT_BINBYTES",
}  # fmt: skip


# They name no tensor, and are left out unhashed.
PLAIN_KEYS = (float, type(None), bytes, Global, _inert.Opaque)


def _of_kind(value, kind):
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected")
    return value


def ordered_dict(items=None):
    """`collections.OrderedDict`, as Python 3 and 2 pickle its making."""
    made = {}
    if items:
        items.reverse()
    while items:  # moved, not copied: a pickle can name a list many times
        _set_items(made, _of_kind(items.pop(), list)[:2])
    return made


def _set_items(target, items):
    if isinstance(target, _inert.Opaque):
        return
    _of_kind(target, dict)
    for key, value in zip(items[::2], items[1::2], strict=True):
        # Hashing a nested tuple can take forever, a name or number cannot.
        if isinstance(key, (str, int)):
            target[key] = value
        elif not isinstance(key, PLAIN_KEYS):
            raise TypeError("a key is no plain data")

"""Options as dataclasses, checked as they are set."""

import dataclasses
import functools
import math
import numbers
import os
import typing

from zoo._choices import one_of

NUMPY_BOOL = ("bool", "bool_")  # its name in NumPy 2 and 1
WORDS = {
    bool: "True or False",
    int: "a whole number",
    float: "a finite number",
    str: "a text",
}


def option(default, text, *, choices=None, least=None, most=None, words=()):
    """A field of `Options`.

    Args:
        default: Its value unless another is given.
        text: Help for people: a sentence, with units.
        choices: The strings that are accepted. None: any.
        least, most: Bounds of a number, both accepted. None: no bound.
        words: Strings that are accepted in place of a number.
    """
    return dataclasses.field(
        default=default,
        metadata={
            "text": text, "choices": choices, "least": least, "most": most,
            "words": words,
        },
    )  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Options:
    """Options by name, checked as they are set.

    Raises:
        ValueError: A value is of the wrong type, out of its bounds, or none
            of the choices.
    """

    def __post_init__(self):
        for field in dataclasses.fields(self):
            value = checked(type(self), field, getattr(self, field.name))
            object.__setattr__(self, field.name, value)

    def part(self, kind: type["Options"]) -> dict[str, typing.Any]:
        """{name: value} of the options that a class of them has, too."""
        names = [field.name for field in dataclasses.fields(kind)]
        return {name: getattr(self, name) for name in names}


@functools.cache
def types(options):
    """{name: (type, whether None is accepted)} of the fields of a class."""
    found = {}
    for name, hint in typing.get_type_hints(options).items():
        parts = [t for t in typing.get_args(hint) if t is not type(None)]
        found[name] = (parts[0], True) if parts else (hint, False)
    return found


def checked(options, field, value):
    """The value of a field as its plain Python type.

    Raises:
        ValueError: It is none that the field accepts; says which are.
    """
    kind, optional = types(options)[field.name]
    if value is None and optional:
        return None
    meta = field.metadata
    words = meta.get("words", ())
    if words and isinstance(value, str):
        if value in words:
            return value
        value = _number(field.name, kind, value, words)
    value = _converted(field.name, kind, value)
    if meta.get("choices"):
        return one_of(field.name, value, meta["choices"])
    least, most = meta.get("least"), meta.get("most")
    low = least is not None and not value >= least
    if low or (most is not None and not value <= most):
        bound = (
            f"at least {least}" if most is None else f"from {least} to {most}"
        )
        raise ValueError(f"{field.name}={value!r} must be {bound}.")
    return value


def _number(name, kind, text, words):
    try:
        return kind(text)
    except ValueError:
        number = "a whole number" if kind is int else "a number"
        accepted = " or ".join((number, *words))
        raise ValueError(
            f"{name} must be {accepted}; received {text!r}."
        ) from None


def _converted(name, kind, value):
    is_bool = isinstance(value, bool) or type(value).__name__ in NUMPY_BOOL
    accepted = {
        bool: is_bool,
        int: isinstance(value, numbers.Integral) and not is_bool,
        float: isinstance(value, numbers.Real) and not is_bool,
        str: isinstance(value, (str, os.PathLike)),
    }[kind]
    if not accepted or (kind is float and not math.isfinite(value)):
        raise ValueError(f"{name} must be {WORDS[kind]}; received {value!r}.")
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    return kind(value)

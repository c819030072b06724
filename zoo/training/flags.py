"""Makes a command line of a dataclass of options.

Nothing here defines a flag in `absl.flags.FLAGS`: each call has flags of its
own, so that one process can parse many command lines.
"""

import dataclasses
import sys
import textwrap
import typing

from absl import flags, logging

from zoo._printable import printable
from zoo.training.errors import UserError
from zoo.training.options import types

Given = dict[str, typing.Any]
Fill = typing.Callable[[Given], Given]
WIDTH = 78
DEFINE: dict[type, typing.Callable] = {
    bool: flags.DEFINE_bool,
    int: flags.DEFINE_integer,
    float: flags.DEFINE_float,
    str: flags.DEFINE_string,
}


class Help(Exception):
    """The command line asked for help; the exception's text is the help."""


def run(
    options: type,
    main: typing.Callable[[typing.Any, Given], int],
    argv: typing.Sequence[str] | None = None,
    *,
    command: str | None = None,
    about: str = "",
    fill: Fill | None = None,
) -> int:
    """Parses a command line and calls `main(options, given)`.

    Args:
        options: A class derived from `options.Options`.
        main: Gets the options, and {name: value} of those that the command
            line sets; returns the exit status.
        argv: Words after the command's name. None: those of this process.
        command: What the user types to start it. None: `python SCRIPT`.
        about: The first lines of `--help`.
        fill: Function of {name: value} of what the command line sets, to
            {name: value} of options that it does not set. It may raise a
            ValueError.

    Returns:
        The exit status: what `main` returns; 2 after a UserError, which is
        printed as one line; 130 after Ctrl-C, 143 after SIGTERM.
    """
    argv = sys.argv[1:] if argv is None else argv
    command = command or f"python {sys.argv[0]}"
    try:
        return main(*parse(options, argv, command, about, fill))
    except Help as text:
        print(text)
        return 0
    except UserError as error:
        print(f"error: {printable(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        print(f"\n{stop}" if stop.args else "\nstopped", file=sys.stderr)
        return getattr(stop, "status", 130)


def parse(
    options: type,
    argv: typing.Sequence[str],
    command: str = "",
    about: str = "",
    fill: Fill | None = None,
) -> tuple[typing.Any, Given]:
    """(options, {name: value} of those given) of a command line's words.

    Raises:
        Help: The words ask for it.
        UserError: A word is not understood; names the nearest flag.
    """
    values = _define(options)
    try:
        rest = values([command, *argv])[1:]
        if values.help:
            raise Help(describe(options, command, about))
        if rest:
            raise UserError(
                f"{rest[0]!r} is not understood: every option is written "
                "--name=value. --help lists them."
            )
        _set_verbosity(values.verbosity)
        names = [field.name for field in dataclasses.fields(options)]
        chosen = {name: values[name].value for name in names}
        if fill:
            set_here = {n: v for n, v in chosen.items() if values[n].present}
            chosen |= fill(set_here)
        chosen = options(**chosen)
    except flags.Error as error:
        raise UserError(f"{error}\n--help lists all flags.") from error
    except UserError:
        raise
    except ValueError as error:
        raise UserError(str(error)) from error
    given = {n: getattr(chosen, n) for n in names if values[n].present}
    return chosen, given


def describe(options: type, command: str, about: str = "") -> str:
    """The text of `--help`."""
    lines = [about.strip(), "", f"usage: {command} [--name=value ...]"]
    told = set()
    for group in reversed(options.__mro__):
        if not dataclasses.is_dataclass(group):
            continue
        fields = [f for f in dataclasses.fields(group) if f.name not in told]
        if fields:
            lines += ["", (group.__doc__ or "").partition("\n")[0], ""]
        for field in fields:
            lines += _describe(field, types(options)[field.name][0])
            told.add(field.name)
    return "\n".join(lines).lstrip("\n")


def _describe(field, kind):
    choices = field.metadata["choices"]
    word = {int: "N", float: "NUMBER", str: "TEXT"}.get(kind)
    word = "|".join((word or "", *field.metadata["words"]))
    value = "|".join(choices) if choices else word
    text = field.metadata["text"]
    if kind is bool and field.default:
        text += " Default: yes."
    elif kind is not bool and field.default is not None:
        text += f" Default: {field.default}."
    option = f"[no]{field.name}" if kind is bool else f"{field.name}={value}"
    indent = " " * 6
    return [
        f"  --{option}",
        *textwrap.wrap(
            text, WIDTH, initial_indent=indent, subsequent_indent=indent
        ),
    ]


def _define(options):
    values = flags.FlagValues()
    for field in dataclasses.fields(options):
        kind, _ = types(options)[field.name]
        meta, about = field.metadata, [field.name, field.default]
        define, bounds = DEFINE[kind], [meta["least"], meta["most"]]
        if meta["choices"]:
            define, about = flags.DEFINE_enum, [*about, meta["choices"]]
        elif meta["words"]:  # `options` reads the number
            kind, define = str, flags.DEFINE_string
        define(  # pyright: ignore[reportCallIssue]
            *about,
            meta["text"],
            *(bounds if kind in (int, float) else ()),
            flag_values=values,
        )
    flags.DEFINE_bool("help", False, "", short_name="h", flag_values=values)
    flags.DEFINE_integer(
        "verbosity", None, "Messages of libraries.", flag_values=values
    )
    return values


def _set_verbosity(level):
    """TFDS and Keras tell a lot; a level of absl shows it."""
    logging.set_verbosity(logging.WARNING if level is None else level)

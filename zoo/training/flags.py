"""Makes a command line of a dataclass of options.

Nothing here defines a flag in `absl.flags.FLAGS`: each call has flags of its
own, so that one process can parse many command lines.
"""

import dataclasses
import sys
import textwrap
import typing

from absl import flags, logging

from zoo.training import config
from zoo.training.errors import UserError

Given = dict[str, typing.Any]
WIDTH = 78


class Help(Exception):
    """The command line asked for help; the exception's text is the help."""


def run(
    options: type,
    main: typing.Callable[[typing.Any, Given], int],
    argv: typing.Sequence[str] | None = None,
    *,
    command: str | None = None,
    about: str = "",
) -> int:
    """Parses a command line and calls `main(options, given)`.

    Args:
        options: A class derived from `config.Options`.
        main: Gets the options, and {name: value} of those that the command
            line sets; returns the exit status.
        argv: Words after the command's name. None: those of this process.
        command: What the user types to start it. None: `python SCRIPT`.
        about: The first lines of `--help`.

    Returns:
        The exit status: what `main` returns; 2 after a UserError, which is
        printed as one line; 130 after Ctrl-C.
    """
    argv = sys.argv[1:] if argv is None else argv
    command = command or f"python {sys.argv[0]}"
    try:
        return main(*parse(options, argv, command, about))
    except Help as text:
        print(text)
        return 0
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt as stop:
        print(f"\n{stop}" if stop.args else "\nstopped", file=sys.stderr)
        return 130


def parse(
    options: type,
    argv: typing.Sequence[str],
    command: str = "",
    about: str = "",
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
        chosen = options(**{name: values[name].value for name in names})
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
    lines = [about.strip(), "", f"usage: {command} [--name=value ...]", ""]
    for field in dataclasses.fields(options):
        kind, _ = config.types(options)[field.name]
        choices = field.metadata.get("choices")
        value = "|".join(choices) if choices else kind.__name__.upper()
        lines.append(
            f"  --[no]{field.name}" if kind is bool
            else f"  --{field.name}={value.replace('STR', 'TEXT')}"
        )  # fmt: skip
        text = field.metadata["text"]
        if field.default is not None and kind is not bool:
            text += f" Default: {field.default}."
        elif kind is bool and field.default:
            text += " Default: yes."
        lines += textwrap.wrap(
            text, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6
        )
    return "\n".join(lines).lstrip("\n")


def _define(options):
    values = flags.FlagValues()
    for field in dataclasses.fields(options):
        kind, _ = config.types(options)[field.name]
        meta, about = field.metadata, (field.name, field.default)
        text, more = meta["text"], {"flag_values": values}
        bounds = meta["least"], meta["most"]
        if meta["choices"]:
            flags.DEFINE_enum(*about, meta["choices"], text, **more)
        elif kind is bool:
            flags.DEFINE_bool(*about, text, **more)
        elif kind is int:
            flags.DEFINE_integer(*about, text, *bounds, **more)
        elif kind is float:
            flags.DEFINE_float(*about, text, *bounds, **more)
        else:
            flags.DEFINE_string(*about, text, **more)
    flags.DEFINE_bool("help", False, "", short_name="h", flag_values=values)
    flags.DEFINE_integer(
        "verbosity", None, "Messages of libraries.", flag_values=values
    )
    return values


def _set_verbosity(level):
    """TFDS and Keras tell a lot; a level of absl shows it."""
    logging.set_verbosity(logging.WARNING if level is None else level)

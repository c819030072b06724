"""Reads a command line; an error is one line that says what would be right."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from zoo._choices import did_you_mean

SUFFIXES = {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9}


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps the longest command and its text on one line."""

    def add_argument(self, action):
        super().add_argument(action)
        for command in self._iter_indented_subactions(action):
            name = self._format_action_invocation(command)
            self._action_max_length = max(
                self._action_max_length,
                len(name) + self._current_indent + self._indent_increment,
            )


class UsageError(ValueError):
    """A command line that is not understood; the text names its command."""


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` and suggests what is near."""

    def __init__(self, *args, **options):
        super().__init__(
            *args,
            allow_abbrev=False,
            formatter_class=_Formatter,
            **options,
        )

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {message}; see {self.prog} --help")


def parse(parser: Parser, words: Sequence[str]) -> argparse.Namespace:
    """The options of the words.

    Raises:
        UsageError: A word is not understood.
    """
    commands = _commands(parser)
    if words and not words[0].startswith("-") and words[0] not in commands:
        hint = did_you_mean(words[0], commands)
        raise UsageError(
            f"{parser.prog}: {words[0]!r} is not a command.{hint} The commands "
            f"are {', '.join(commands)}."
        )
    args, rest = parser.parse_known_args(words)
    if rest:
        used = commands.get(words[0], parser)
        name = rest[0].partition("=")[0]
        known = [s for a in used._actions for s in a.option_strings]
        raise UsageError(
            f"{used.prog}: {name!r} is not understood."
            f"{did_you_mean(name, known)} See {used.prog} --help."
        )
    return args


def _commands(parser):
    """{name: parser} of the commands of a parser."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    return {}


def number(text: str) -> float:
    """5e6, 5_000_000 or 5M as a number, for `--max_params`."""
    head, factor = text, 1.0
    if text[-1:].lower() in SUFFIXES:
        head, factor = text[:-1], SUFFIXES[text[-1].lower()]
    try:
        return float(head) * factor
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number such as 5000000, 5e6 or 5M"
        ) from None


def count(text: str) -> int:
    """5e6, 5_000_000 or 5M as a whole number from 1."""
    value = number(text)
    if not 1 <= value < 1e15 or value != int(value):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a whole number from 1, such as 5000000 or 5M"
        )
    return int(value)


def years(text: str) -> tuple[int | None, int | None]:
    """2015, 2012-2015, 2012- or -2015 as (first, last) year."""
    first, dash, last = text.partition("-")
    try:
        if not text.strip("-"):
            raise ValueError
        start = int(first) if first else None
        end = (int(last) if last else None) if dash else start
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a year or a range such as 2012-2015 or 2012-"
        ) from None
    return start, end


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a whole number from 1"
        )
    return int(text)

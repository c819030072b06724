"""Checks a choice, and says what would have been one."""

from difflib import get_close_matches


def one_of(argument, value, accepted):
    """Returns `value` if it is among `accepted`; else says what would be."""
    if value in accepted:
        return value
    names = ", ".join(repr(a) for a in accepted)
    hint = did_you_mean(value, accepted)
    raise ValueError(f"{argument}={value!r} is not one of {names}.{hint}")


def did_you_mean(value, accepted, most=1, show=repr):
    """A question that names what is near among `accepted`, or "".

    Args:
        value: What was given.
        accepted: What would have been accepted.
        most: How many names the question has at most.
        show: How it writes a name: `str` for words of a command line.
    """
    near = get_close_matches(str(value), map(str, accepted), n=most)
    return f" Did you mean {' or '.join(map(show, near))}?" if near else ""

"""Checks a choice, and says what would have been one."""

from difflib import get_close_matches


def one_of(argument, value, accepted):
    """Returns `value` if it is among `accepted`; else says what would be."""
    if value in accepted:
        return value
    names = ", ".join(repr(a) for a in accepted)
    hint = did_you_mean(value, accepted)
    raise ValueError(f"{argument}={value!r} is not one of {names}.{hint}")


def did_you_mean(value, accepted, most=1):
    """A question that names what is near among `accepted`, or ""."""
    near = get_close_matches(str(value), map(str, accepted), n=most)
    return f" Did you mean {' or '.join(map(repr, near))}?" if near else ""

"""Which networks of other packages are builders of ours, a file a family.

`TORCHVISION`, `TIMM` and `KERAS` (keras.applications; "MobileNet 0.5" is that
of width 0.5) are pairs of a regular expression of their whole name and ours, in
which `\\1` stands for what the first parentheses matched; or a function makes
ours of the match. Only those stand there that compute what ours do.
"""

import functools
import importlib
import pkgutil
import re


@functools.cache
def tables(source):
    """{pattern: our name} of all families for a source, such as "timm"."""
    found = {}
    for family in _families():
        table = getattr(family, source.upper(), {})
        for pattern in table:
            if pattern in found:
                raise ValueError(f"{family.__name__} has {pattern!r} once more")
        found |= table
    return found


def ours(source, theirs):
    """The name of our builder of a network of theirs, or None."""
    names = {
        template(match) if callable(template) else match.expand(template)
        for pattern, template in tables(source).items()
        if (match := re.fullmatch(pattern, theirs))
    }
    if len(names) > 1:
        raise ValueError(f"{source}'s {theirs} is all of {sorted(names)}")
    return names.pop() if names else None


def by_authors():
    """{our name: facts of the file of the paper's authors}."""
    found = {}
    for family in _families():
        found |= getattr(family, "AUTHORS", {})
    return found


def _families():
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        yield importlib.import_module(f"{__name__}.{module}")

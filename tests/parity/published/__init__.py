"""Which networks of other packages are builders of ours, a file a family.

`TORCHVISION`, `TIMM`, `KERAS` (keras.applications; "MobileNet 0.5" is that of
width 0.5) and `IMGCLSMOB` (pytorchcv; "resnet20_cifar10") are pairs of a
regular expression of their whole name and ours, in which `\\1` stands for what
the first parentheses matched; or a function makes ours of the match. Only those
stand there that compute what ours do. `AUTHORS` and `AKAMASTER` say the same of
single files.
"""

import functools
import importlib
import pkgutil
import re

# What ends imgclsmob's names of networks for small images.
SMALL = r"_(?:cifar100?|svhn)"


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


def files(source):
    """{our name: facts of one file}, where a page tells them.

    Args:
        source: "authors" of the paper, or "akamaster".
    """
    found = {}
    for family in _families():
        found |= getattr(family, source.upper(), {})
    return found


def _families():
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        yield importlib.import_module(f"{__name__}.{module}")

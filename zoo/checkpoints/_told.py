"""Says in a line on stderr what was done with a checkpoint besides loading."""

import logging

from zoo._printable import printable

LOGGER = logging.getLogger("zoo.checkpoints")


def tell(what, lines):
    """One line for each of `lines` about the file or model `what`."""
    for line in lines:
        LOGGER.warning("%s: %.500s", what, printable(line))


def some(names, most=3):
    """The first names, and how many there are more."""
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(map(str, names[:most])) + more

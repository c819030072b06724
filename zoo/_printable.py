"""What a file says, so that a terminal shows it and does nothing else."""

import unicodedata

HIDDEN = {"Cc", "Cf", "Cs"}  # that control, that turn, halves of characters


def printable(text: object) -> str:
    r"""The text with characters that a terminal would obey spelled out.

    Names of classes, layers and tensors come from files of anybody.

    Example:
        >>> print(printable("a\x1b[2Jb"))
        a\x1b[2Jb
    """
    return "".join(
        c
        if c in "\n\t" or unicodedata.category(c) not in HIDDEN
        else c.encode("unicode_escape").decode()
        for c in str(text)
    )

"""Writes files so that a reader, or a crash, never meets half of one."""

import contextlib
import os
import pathlib


@contextlib.contextmanager
def written_aside(path, suffix=""):
    """Gives a path beside `path` to write to; renames it when that went well.

    A symbolic link stays one: its target is replaced. A device or pipe is
    never replaced but written to.

    Args:
        path: The file to write; its folder is made where it is missing.
        suffix: Ending of the file aside, for writers that go by it.

    Example:
        >>> import pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> with written_aside(folder / "a.txt") as aside:
        ...     _ = aside.write_text("whole")
        >>> [file.name for file in folder.iterdir()]
        ['a.txt']
    """
    path = pathlib.Path(path)
    if is_special(path):
        yield path
        return
    if path.is_symlink():
        path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part{suffix}")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_whole(path, text):
    """Writes a text in UTF-8 as it is, at once or not at all."""
    with written_aside(path) as aside:
        aside.write_text(text, encoding="utf-8", newline="")


def is_special(path):
    """Whether something is there that is neither file nor folder."""
    path = pathlib.Path(path)
    return path.exists() and not path.is_file() and not path.is_dir()

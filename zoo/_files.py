"""Writes files so that a reader, or a crash, never meets half of one."""

import contextlib
import errno
import os
import pathlib
import sys

# Faults of a disk, and of who may write to it.
DISK = (
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM,
    errno.EFBIG, errno.EIO, errno.ENOENT,
)  # fmt: skip


@contextlib.contextmanager
def written_aside(path, suffix="", durable=False):
    """Gives a path beside `path` to write to; renames it when that went well.

    A symbolic link stays one: its target is replaced. A device or pipe is
    never replaced but written to.

    Args:
        path: The file to write; its folder is made where it is missing.
        suffix: Ending of the file aside, for writers that go by it.
        durable: Wait until the disk has it, so that a power failure leaves the
            old file or the new one.

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
        if durable:
            sync(aside)
        os.replace(aside, path)
        if durable:
            sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def write_whole(path, text, durable=False):
    """Writes a text in UTF-8 as it is, at once or not at all."""
    with written_aside(path, durable=durable) as aside:
        aside.write_text(text, encoding="utf-8", newline="")


def sync(path):
    """Waits until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and os.path.isdir(path):
        return
    flags = os.O_RDWR if os.name == "nt" else os.O_RDONLY
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    except OSError as error:  # some file systems cannot
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def disk_errors():
    """Turns what TensorFlow raises about a disk within into an OSError.

    Its own errors tell a full disk only by their text.
    """
    try:
        yield
    except Exception as error:
        tf = sys.modules.get("tensorflow")
        if tf is None or not isinstance(error, tf.errors.OpError):
            raise
        for number in DISK:
            if os.strerror(number) in str(error):
                raise OSError(number, os.strerror(number)) from error
        raise


def is_special(path):
    """Whether something is there that is neither file nor folder."""
    path = pathlib.Path(path)
    return path.exists() and not path.is_file() and not path.is_dir()

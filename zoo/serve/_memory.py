"""Whether there is memory for a batch, asked before TensorFlow needs it.

Some kernels of TensorFlow end the process where an allocation fails.
"""

import mmap
import pathlib
import re

OWN = pathlib.Path("/proc/self")
SPARE = 2**27  # bytes for stacks, and for what malloc reserves for a thread


def growth(function):
    """The bytes that a call takes at its peak; 0 where Linux does not tell."""
    try:
        (OWN / "clear_refs").write_text("5")  # the peak is counted from here
        before = _status("VmRSS")
        function()
        return max(0, _status("VmHWM") - before)
    except OSError:
        function()
        return 0


def is_there(size):
    """Whether so many bytes, and some more, could be allocated."""
    try:
        mmap.mmap(-1, int(size) + SPARE).close()
    except (OSError, ValueError, OverflowError):
        return False
    return True


def _status(name):
    text = (OWN / "status").read_text()
    return 1024 * int(re.search(rf"{name}:\s+(\d+) kB", text)[1])

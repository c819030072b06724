"""Keeps TensorFlow's start-up notices from those who did not ask for them.

For command lines only: whoever imports TensorFlow in their own program decides
there what it tells.
"""

import contextlib
import os
import re
import sys
import tempfile

LEVEL = "TF_CPP_MIN_LOG_LEVEL"
BY_TENSORFLOW = "1"  # which it sets, too, for the processes that it starts
NOTICE = re.compile(
    r"[IW]\d{4} |\d{4}-\d\d-\d\d [\d:.]+: [IW] |E\d{4} .*(cuInit|Unable to)"
    r"|WARNING: All log messages before absl|To enable the following|\s*$"
)


def asked_for():
    """Whether the user set TF_CPP_MIN_LOG_LEVEL=0, to see everything."""
    return os.environ.get(LEVEL) == "0"


def _level():
    """The level that leaves what a user could act on.

    On a CPU TensorFlow raises what goes wrong, and what it logs as an error is
    that oneDNN has no kernel for bytes; on a GPU the log explains exceptions.
    """
    return "2" if os.path.exists("/dev/nvidiactl") else "3"


@contextlib.contextmanager
def without_notices():
    """Drops what TensorFlow tells about itself while it is imported within.

    Setting TF_CPP_MIN_LOG_LEVEL alone does not do: TensorFlow writes some
    lines before it hears it. Other lines on stderr pass.
    """
    if "tensorflow" in sys.modules:  # the program's own import decided
        yield
        return
    if os.environ.get(LEVEL) in (None, BY_TENSORFLOW):
        os.environ[LEVEL] = _level()  # else the user's own value wins
    if asked_for():
        yield
        return
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is no stderr
        yield
        return
    with tempfile.TemporaryFile() as told:
        os.dup2(told.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            told.seek(0)
            for line in told.read().decode(errors="replace").splitlines():
                if not NOTICE.match(line):
                    print(line, file=sys.stderr)


def import_tensorflow():
    """Imports TensorFlow and Keras, and wakes the devices, without notices."""
    with without_notices():
        import keras  # noqa: F401
        import tensorflow as tf

        tf.config.list_physical_devices()

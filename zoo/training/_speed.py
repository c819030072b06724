"""Chooses what is fastest on this machine; call before TensorFlow is imported.

oneDNN speeds up the CPU's convolutions also on processors where TensorFlow
leaves it off; XLA makes the CPU slower; mixed precision gains on GPUs with
tensor cores and on TPUs.
"""

import contextlib
import dataclasses
import os
import platform
import re
import sys
import tempfile

from absl import flags

NOTICE = re.compile(
    r"[IW]\d{4} |WARNING: All log messages before absl|E\d{4} .*cuInit|\s*$"
    r"|To enable the following"
)
CHOICES = ("auto", "on", "off")
started = None  # the Speed of this process, once it is chosen

flags.DEFINE_enum(
    "onednn", "auto", CHOICES, "Intel's oneDNN kernels on the CPU."
)
flags.DEFINE_enum("jit", "auto", CHOICES, "Compile the model with XLA.")
flags.DEFINE_enum(
    "mixed_precision",
    "auto",
    CHOICES,
    "Compute in 16 bits, keep the weights in 32.",
)
flags.DEFINE_integer(
    "threads", 0, "CPU threads of an operation; 0: TensorFlow chooses.", 0
)


@dataclasses.dataclass(frozen=True)
class Speed:
    """What was chosen: `jit_compile` is for `compile`, `line` for the user."""

    jit_compile: bool
    line: str


def start(onednn="auto", jit="auto", mixed_precision="auto", threads=0):
    """Sets TensorFlow up and imports it.

    Args:
        onednn, jit, mixed_precision: "auto", "on" or "off".
        threads: CPU threads of one operation; 0 leaves it to TensorFlow.

    Returns:
        A `Speed`.
    """
    global started
    early = "tensorflow" not in sys.modules
    x86 = platform.machine().lower() in ("x86_64", "amd64")
    if onednn != "auto":
        os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1" if onednn == "on" else "0"
    elif x86 and early:
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    with _without_notices():
        import keras
        import tensorflow as tf

        if threads and early:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
        gpus = tf.config.list_physical_devices("GPU")
        tpus = tf.config.list_logical_devices("TPU")
    half = _half_precision(tf, tpus, gpus)
    if mixed_precision == "off" or (mixed_precision == "auto" and not half):
        policy = "float32"
    else:
        policy = half or "mixed_bfloat16"
    keras.mixed_precision.set_global_policy(policy)
    jit_compile = jit == "on" or (jit == "auto" and bool(tpus or gpus))

    if tpus:
        device = f"{len(tpus)} TPU cores"
    elif gpus:
        name = tf.config.experimental.get_device_details(gpus[0])
        device = f"{len(gpus)} × {name.get('device_name', 'GPU')}"
    else:
        device = f"{cores()} CPU cores"
    setting = os.environ.get("TF_ENABLE_ONEDNN_OPTS")
    words = [
        device,
        {"1": "oneDNN on", "0": "oneDNN off"}.get(
            setting, "oneDNN as TensorFlow has it"
        )
        + ("" if early else " (TensorFlow was already imported)"),
        f"XLA {'on' if jit_compile else 'off'}",
        policy,
    ]
    if threads:
        words.append("1 thread" if threads == 1 else f"{threads} threads")
    started = Speed(jit_compile, "speed: " + ", ".join(words))
    return started


def cores():
    """CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


@contextlib.contextmanager
def _without_notices():
    """Drops what TensorFlow tells about itself while it is imported.

    Some of it comes before its own TF_CPP_MIN_LOG_LEVEL is heard. Whoever has
    set that variable reads everything (but for 2, which processes that this
    one starts find set).
    """
    level = os.environ.get("TF_CPP_MIN_LOG_LEVEL", "2")
    if level != "2" or "tensorflow" in sys.modules:
        yield
        return
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as notices:
        os.dup2(notices.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            notices.seek(0)
            for line in notices.read().decode(errors="replace").splitlines():
                if not NOTICE.match(line):
                    print(line, file=sys.stderr)


def _half_precision(tf, tpus, gpus):
    """The 16-bit policy that gains here, or None."""
    if tpus:
        return "mixed_bfloat16"
    details = [tf.config.experimental.get_device_details(gpu) for gpu in gpus]
    capable = [d.get("compute_capability", (0, 0)) >= (7, 0) for d in details]
    return "mixed_float16" if capable and all(capable) else None

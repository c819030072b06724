"""Chooses what is fastest on this machine; call before TensorFlow is imported.

oneDNN speeds up the CPU's convolutions also on processors where TensorFlow
leaves it off; XLA makes the CPU slower; mixed precision gains on GPUs with
tensor cores and on TPUs.
"""

import dataclasses
import os
import platform
import sys

from zoo._notices import without_notices
from zoo.training import devices as devices_module
from zoo.training.devices import Devices, Wanted
from zoo.training.errors import UserError


@dataclasses.dataclass(frozen=True)
class Speed:
    """What was chosen.

    Attributes:
        jit_compile: For `Model.compile`: whether XLA compiles the step.
        former_policy: Keras's global dtype policy before, to set it again.
        line: The choices as a line for the user.
        devices: The devices that train.
    """

    jit_compile: bool | str
    former_policy: object
    line: str
    devices: Devices = dataclasses.field(default_factory=Devices)


def start(
    onednn: str = "auto",
    jit: str = "auto",
    mixed_precision: str = "auto",
    threads: int = 0,
    devices: Wanted | bool = False,
) -> Speed:
    """Sets TensorFlow up and imports it.

    Args:
        onednn: "on" or "off" for Intel's oneDNN kernels, or "auto": on x86
            processors unless TF_ENABLE_ONEDNN_OPTS says otherwise.
        jit: "on" or "off" for XLA, or "auto": on GPUs and TPUs.
        mixed_precision: "on" or "off" for computing in 16 bits, or "auto": on
            GPUs with tensor cores and on TPUs. Sets Keras's global policy.
        threads: CPU threads of one operation; 0 leaves it to TensorFlow.
        devices: The option `devices` of a training, which joins a job that
            TF_CONFIG or SLURM names. False: one device, of no job.

    Returns:
        A `Speed`.

    Raises:
        UserError: There are no such devices.
    """
    early = "tensorflow" not in sys.modules
    x86 = platform.machine().lower() in ("x86_64", "amd64")
    if onednn != "auto":
        os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1" if onednn == "on" else "0"
    elif x86 and early:
        os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    with without_notices():
        import keras
        import tensorflow as tf

        if threads and early:
            tf.config.threading.set_intra_op_parallelism_threads(threads)
        chosen = Devices()
        if devices is not False:
            chosen = devices_module.start(devices)
        gpus = tf.config.get_visible_devices("GPU")
        tpus = tf.config.list_logical_devices("TPU")
    on_jax = keras.backend.backend() == "jax"
    half = _half_on_jax() if on_jax else _half_precision(tf, tpus, gpus)
    if mixed_precision == "off" or (mixed_precision == "auto" and not half):
        policy = "float32"
    else:
        policy = half or "mixed_bfloat16"
    former = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    jit_compile = jit == "on" or (jit == "auto" and bool(tpus or gpus))
    if on_jax:
        jit_compile = jit != "off"  # without it nothing is fast
    if chosen.strategy is not None:
        if jit == "on":
            raise UserError("--jit=on: XLA compiles no steps of --devices.")
        jit_compile = False
    words = [
        chosen.words or _device(tf, tpus, gpus),
        _onednn() + ("" if early else " (TensorFlow was already imported)"),
        f"XLA {'on' if jit_compile else 'off'}",
        policy,
    ]
    if threads:
        words.append("1 thread" if threads == 1 else f"{threads} threads")
    line = "speed: " + ", ".join(words)
    return Speed(jit_compile, former, line, chosen)


def cores() -> int:
    """CPU cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _device(tf, tpus, gpus):
    if tpus:
        return f"{len(tpus)} TPU cores"
    if gpus:
        name = tf.config.experimental.get_device_details(gpus[0])
        return f"{len(gpus)} × {name.get('device_name', 'GPU')}"
    return f"{cores()} CPU cores"


def _onednn():
    words = {"1": "oneDNN on", "0": "oneDNN off"}
    setting = os.environ.get("TF_ENABLE_ONEDNN_OPTS", "")
    return words.get(setting, "oneDNN as TensorFlow has it")


def _half_on_jax():
    from zoo.training import _jax_devices

    return _jax_devices.half_precision()


def _half_precision(tf, tpus, gpus):
    """The 16-bit policy that gains here, or None."""
    if tpus:
        return "mixed_bfloat16"
    details = [tf.config.experimental.get_device_details(gpu) for gpu in gpus]
    capable = [d.get("compute_capability", (0, 0)) >= (7, 0) for d in details]
    return "mixed_float16" if capable and all(capable) else None

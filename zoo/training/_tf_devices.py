"""Devices of TensorFlow: several GPUs, or several logical processors."""

import functools

import tensorflow as tf

from zoo.training.devices import Devices, Role, Wanted
from zoo.training.errors import UserError


def start(wanted: Wanted, role: Role) -> Devices:
    """The `Devices` that the option `devices` asks for.

    Raises:
        UserError: There are fewer, or TensorFlow runs already with others.
    """
    if wanted == "cpu":
        _hide_gpus()
        gpus = []
    else:
        gpus = tf.config.list_physical_devices("GPU")
    if role.workers > 1:
        from zoo.training import _tf_workers

        return _tf_workers.start(wanted, role, len(gpus))
    count = _count(wanted, gpus)
    if count == 1:
        words = ""
        if len(gpus) > 1 and wanted is None:
            words = f"1 of {len(gpus)} GPUs (--devices=all takes all)"
        return Devices(words=words)
    kind = "GPU" if gpus else "CPU"
    if not gpus:
        _divide(count)
    names = tuple(f"{kind}:{i}" for i in range(count))
    words = f"{count} × GPU" if gpus else f"{count} logical CPUs"
    return Devices(count, role, _mirrored(names), words)


def _count(wanted, gpus):
    if wanted in (None, "cpu"):
        return 1
    if wanted == "all":
        return max(1, len(gpus))
    count = int(wanted)
    if gpus and count > len(gpus):
        raise UserError(f"--devices={count}: there are {len(gpus)} GPUs.")
    return count


def _hide_gpus():
    try:
        tf.config.set_visible_devices([], "GPU")
    except RuntimeError as error:
        if tf.config.list_logical_devices("GPU"):
            raise UserError(
                "--devices=cpu: TensorFlow uses a GPU in this process already."
            ) from error


def _divide(count):
    """Makes the processor that many logical devices, which share its cores."""
    (processor,) = tf.config.list_physical_devices("CPU")
    logical = [tf.config.LogicalDeviceConfiguration()] * count
    try:
        tf.config.set_logical_device_configuration(processor, logical)
    except RuntimeError as error:
        there = len(tf.config.list_logical_devices("CPU"))
        if there < count:
            raise UserError(
                f"--devices={count}: TensorFlow runs already in this process, "
                f"on {there} logical CPU{'s' * (there > 1)}."
            ) from error


@functools.cache
def _mirrored(names):
    """One strategy for each set of devices: two would mix their messages."""
    across = None
    if names[0].startswith("CPU"):
        across = tf.distribute.ReductionToOneDevice()
    return tf.distribute.MirroredStrategy(list(names), across)

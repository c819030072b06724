"""Processes of several machines that train one model, by JAX.

All have the same weights after every step. The first, the chief, alone writes
the run directory. JAX has all processes take part in making an array that they
share, also in a variable that Keras makes for itself while it saves, so that
what the chief does for itself it does `alone`.
"""

import contextlib
from collections.abc import Iterator

import jax
import keras
import numpy as np
import tensorflow as tf
from jax.experimental import multihost_utils

from zoo.training import _jax_devices
from zoo.training.devices import Devices, Role, Wanted, check_each
from zoo.training.errors import UserError

LOST = ("Gloo", "NCCL", "UNAVAILABLE", "DEADLINE_EXCEEDED", "coordination")


def start(wanted: Wanted, role: Role) -> Devices:
    """Joins the job; returns once all of its processes have.

    Args:
        wanted: The option `devices`.
        role: The place of this process.

    Raises:
        UserError: JAX computes already, or some process did not come.
    """
    check_each(wanted)
    if wanted == "cpu":
        jax.config.update("jax_platforms", "cpu")
    # Its handler of SIGTERM would take the place of ours.
    jax.config.update("jax_enable_preemption_service", False)
    try:
        keras.distribution.initialize(
            role.address or None, role.workers, role.worker
        )
    except (RuntimeError, ValueError) as error:
        raise UserError(
            f"worker {role.worker} could not join the job of {role.source}: "
            f"start all {role.workers} within five minutes of each other, and "
            f"each in a new process ({str(error).splitlines()[0][:200]})."
        ) from error
    there = keras.distribution.list_devices()
    keras.distribution.set_distribution(_jax_devices.Divided(there))
    kind = jax.devices()[0].platform.upper()
    each = jax.local_device_count()
    words = f"worker {role.worker} of {role.workers}, JAX on {each} × {kind}"
    return Devices(len(there), role, words=words)


def part(batches: tf.data.Dataset, role: Role) -> tf.data.Dataset:
    """This process's part of each batch, which divides among the devices."""

    def cut(value):
        size = tf.shape(value)[0] // role.workers
        return value[role.worker * size : (role.worker + 1) * size]

    return batches.map(lambda *batch: tf.nest.map_structure(cut, batch))


class ValidatesWhole(keras.callbacks.Callback):
    """Has all devices compute held-out batches that cannot be divided."""

    def on_test_begin(self, logs=None):
        keras.distribution.distribution().divides = False

    def on_test_end(self, logs=None):
        keras.distribution.distribution().divides = True


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Within it, variables and arrays that are made are of this process."""
    shared = keras.distribution.distribution()
    keras.distribution.set_distribution(None)
    try:
        yield
    finally:
        keras.distribution.set_distribution(shared)


def leave(model: keras.Model) -> keras.Model:
    """Ends the job, in all processes; the model for this one alone."""
    weights = model.get_weights()
    keras.distribution.set_distribution(None)
    plain = type(model).from_config(model.get_config())
    plain.set_weights(weights)
    jax.distributed.shutdown()
    return plain


def share(devices: Devices, value: bytes | None) -> bytes:
    """The chief's bytes, in all processes, which all have to call it."""
    is_chief = devices.role.is_chief
    data = np.frombuffer((is_chief and value) or b"", np.uint8)
    length = int(_of_chief(np.array(len(data)), is_chief))
    padded = np.zeros(max(1, length), np.uint8)
    padded[: len(data)] = data
    return _of_chief(padded, is_chief).tobytes()[:length]


def _of_chief(array, is_chief):
    return np.asarray(multihost_utils.broadcast_one_to_all(array, is_chief))


def is_lost(error: Exception) -> bool:
    """Whether an error tells that another process cannot be reached."""
    if isinstance(error, UserError):
        return False
    return any(word in str(error) for word in LOST)  # of several types

"""Devices of JAX: GPUs, TPU cores, or parts of the processor."""

import jax
import keras
import tensorflow as tf

from zoo.training.devices import Devices, Role, Wanted
from zoo.training.errors import UserError

DIVIDE = "XLA_FLAGS=--xla_force_host_platform_device_count"


class Divided(keras.distribution.DataParallel):
    """Data parallelism in which all devices compute what cannot be divided.

    JAX divides arrays into equal parts only, and Keras does with all batches
    as with the first.

    Attributes:
        divides: Whether a process's batch is its part of a larger one; False:
            all processes have the same.
    """

    def __init__(self, devices):
        super().__init__(devices=devices, auto_shard_dataset=False)
        self.divides = True

    def get_data_layout(self, data_shape):
        layout = super().get_data_layout(data_shape)
        count = self.device_mesh.shape[0]
        if jax.process_count() > 1:
            count = jax.local_device_count()
        whole = not self.divides or not data_shape
        if whole or data_shape[0] % count:
            axes = [None] * len(data_shape)
            mesh = self.device_mesh
            return keras.distribution.TensorLayout(axes, mesh)
        return layout


def start(wanted: Wanted, role: Role) -> Devices:
    """The `Devices` that the option `devices` asks for.

    Raises:
        UserError: There are fewer.
    """
    tf.config.set_visible_devices([], "GPU")  # TensorFlow reads images only
    if role.workers > 1:
        from zoo.training import _jax_workers

        return _jax_workers.start(wanted, role)
    if wanted == "cpu":
        jax.config.update("jax_platforms", "cpu")
    there = keras.distribution.list_devices()
    kind = jax.devices()[0].platform.upper()
    if wanted in (None, "cpu"):
        wanted = 1
    count = len(there) if wanted == "all" else int(wanted)
    if count == 1:
        return Devices(words=f"JAX on {kind}")
    if count > len(there):
        more = f"; {DIVIDE}={count} divides the processor"
        raise UserError(
            f"--devices={wanted}: JAX has {len(there)} of {kind}"
            + (more if kind == "CPU" else "")
            + "."
        )
    keras.distribution.set_distribution(Divided(there[:count]))
    return Devices(count, words=f"JAX on {count} × {kind}")


def batch_size(count: int, most: int, replicas: int) -> int:
    """A size of batches that are all divided equally, or none is.

    Args:
        count: Number of images.
        most: Largest size.
        replicas: Number of devices, at least 2.
    """
    divided = count % replicas == 0
    sizes = range(most, 0, -1)
    return next(s for s in sizes if (s % replicas == 0) == divided)


def stop() -> None:
    """Lets go of the devices."""
    keras.distribution.set_distribution(None)


def half_precision() -> str | None:
    """The 16-bit policy that gains here, or None."""
    is_tpu = jax.devices()[0].platform == "tpu"
    return "mixed_bfloat16" if is_tpu else None

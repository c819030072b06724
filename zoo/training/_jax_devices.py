"""Devices of JAX: GPUs, TPU cores, or parts of the processor."""

import math

import jax
import keras
import tensorflow as tf

from zoo.training.devices import Devices, Wanted
from zoo.training.errors import UserError

DIVIDE = "XLA_FLAGS=--xla_force_host_platform_device_count"


class Divided(keras.distribution.DataParallel):
    """Data parallelism in which all devices compute what cannot be divided.

    JAX divides arrays into equal parts only, and Keras does with all batches
    as with the first.
    """

    def get_data_layout(self, data_shape):
        layout = super().get_data_layout(data_shape)
        count = math.prod(self.device_mesh.shape)
        if not data_shape or data_shape[0] % count:
            axes = [None] * len(data_shape)
            mesh = self.device_mesh
            return keras.distribution.TensorLayout(axes, mesh)
        return layout


def start(wanted: Wanted) -> Devices:
    """The `Devices` that the option `devices` asks for.

    Raises:
        UserError: There are fewer.
    """
    tf.config.set_visible_devices([], "GPU")  # TensorFlow reads images only
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
    keras.distribution.set_distribution(Divided(devices=there[:count]))
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

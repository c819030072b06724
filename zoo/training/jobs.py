"""What the processes of a job tell each other, on TensorFlow and on JAX."""

import json
from types import ModuleType

from zoo.training.devices import Devices, Role
from zoo.training.errors import WorkerLost


def backend(devices: Devices) -> ModuleType:
    """`_tf_workers` or `_jax_workers`."""
    if devices.strategy is None:
        from zoo.training import _jax_workers

        return _jax_workers
    from zoo.training import _tf_workers

    return _tf_workers


def share(devices: Devices, value: bytes | None) -> bytes:
    """The chief's bytes, in all processes, which all have to call it."""
    return backend(devices).share(devices, value)


def share_json(devices: Devices, value):
    """The chief's JSON value, in all processes."""
    text = json.dumps(value).encode() if devices.role.is_chief else None
    return json.loads(share(devices, text))


def lost(error: Exception, role: Role, restart: str) -> WorkerLost:
    """What is said where another process of the job has ended."""
    return WorkerLost(
        f"worker {role.worker} stops: another of the {role.workers} processes "
        f"ended or cannot be reached ({type(error).__name__}); start all "
        f"again: {restart}"
    )

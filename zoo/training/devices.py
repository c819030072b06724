"""Which devices a training uses: one, several, those of several machines.

`role` tells, without TensorFlow, which of the job's processes this is;
`start` sets the devices up, before anything else uses TensorFlow or JAX.
"""

import contextlib
import dataclasses
import os
from collections.abc import Mapping
from typing import Any

from zoo import _json
from zoo.training.errors import UserError

Wanted = int | str | None


@dataclasses.dataclass(frozen=True)
class Role:
    """The place of this process among those of a job.

    Attributes:
        workers: Number of processes.
        worker: The number of this one, from 0.
        source: What says so: "TF_CONFIG", "SLURM" or "".
        address: The first one's, "host:port"; "": SLURM tells it.
    """

    workers: int = 1
    worker: int = 0
    source: str = ""
    address: str = ""

    @property
    def is_chief(self) -> bool:
        """Whether this process writes the run directory."""
        return self.worker == 0


@dataclasses.dataclass(frozen=True)
class Devices:
    """The devices of a training.

    Attributes:
        replicas: How many there are in all processes; each has a part of the
            images of a step.
        role: The place of this process.
        strategy: The `tf.distribute.Strategy`; None: there is none.
        words: What a user is told of them; "": nothing.
    """

    replicas: int = 1
    role: Role = dataclasses.field(default_factory=Role)
    strategy: Any = None
    words: str = ""

    def scope(self) -> contextlib.AbstractContextManager:
        """Within it models and optimizers are made for these devices."""
        if self.strategy is None:
            return contextlib.nullcontext()
        return self.strategy.scope()

    def alone(self) -> contextlib.AbstractContextManager:
        """Within it this process saves or reads without the others."""
        if self.strategy is not None or self.role.workers == 1:
            return contextlib.nullcontext()
        from zoo.training import _jax_workers

        return _jax_workers.alone()


def role(
    wanted: Wanted = None, environment: Mapping[str, str] = os.environ
) -> Role:
    """The place of this process in its job.

    Args:
        wanted: The option `devices`. SLURM's variables count only where it is
            given: its tasks may as well be trainings of their own.
        environment: The variables of the process.

    Raises:
        UserError: TF_CONFIG is not as TensorFlow has it.
    """
    if text := environment.get("TF_CONFIG"):
        return _of_tf_config(text)
    tasks = environment.get("SLURM_STEP_NUM_TASKS")
    if wanted is not None and tasks and int(tasks) > 1:
        worker = int(environment.get("SLURM_PROCID", 0))
        return Role(int(tasks), worker, "SLURM")
    return Role()


def _of_tf_config(text):
    wrong = (
        'TF_CONFIG must be as {"cluster": {"worker": ["host:port", ...]}, '
        '"task": {"type": "worker", "index": 0}}; received '
    )
    try:
        config = _json.parse(text)
        cluster = config.get("cluster") or {}
        jobs = [(job, at) for job in ("chief", "worker") for at in range(
            len(cluster.get(job, ()))
        )]  # fmt: skip
        others = sorted(set(cluster) - {"chief", "worker"})
        task = config.get("task") or {}
        place = task.get("type", "worker"), int(task.get("index", 0))
    except (ValueError, TypeError, AttributeError) as error:
        raise UserError(f"{wrong}{text[:200]}") from error
    if others:
        raise UserError(
            f"TF_CONFIG has {', '.join(others)}: only chief and worker train."
        )
    if len(jobs) <= 1:
        return Role()
    if place not in jobs:
        raise UserError(f"{wrong}{text[:200]}, whose cluster lacks the task.")
    job, at = jobs[0]
    address = str(cluster[job][at])
    return Role(len(jobs), jobs.index(place), "TF_CONFIG", address)


def check_each(wanted: Wanted) -> None:
    """Raises a UserError for what a process of a job cannot take."""
    if wanted not in (None, "all", "cpu"):
        raise UserError(
            f"--devices={wanted}: a process of a job takes all GPUs of its "
            "machine, or its processor; start as many as there are to be, or "
            "choose GPUs by CUDA_VISIBLE_DEVICES."
        )


def start(wanted: Wanted = None) -> Devices:
    """Sets the devices up; nothing may have used TensorFlow or JAX before.

    Args:
        wanted: The option `devices`.

    Raises:
        UserError: There are fewer, or it is too late.
    """
    import keras

    backend = keras.backend.backend()
    if backend == "tensorflow":
        from zoo.training import _tf_devices

        return _tf_devices.start(wanted, role(wanted))
    if backend == "jax":
        from zoo.training import _jax_devices

        return _jax_devices.start(wanted, role(wanted))
    if place := role(wanted).source:
        raise UserError(
            f"{place} names several processes, which train under "
            f"KERAS_BACKEND=tensorflow or jax; Keras runs on {backend} here."
        )
    if wanted not in (None, 1):
        raise UserError(
            f"--devices={wanted}: Keras runs on {backend} here, and several "
            "devices are for TensorFlow and JAX."
        )
    return Devices()


def stop() -> None:
    """Lets go of the devices, after the training."""
    import keras

    if keras.backend.backend() == "jax":
        from zoo.training import _jax_devices

        _jax_devices.stop()

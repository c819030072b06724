"""Processes of several machines that train one model, by TensorFlow.

All have the same weights after every step. The first, the chief, alone writes
the run directory; it sends the others the run's options and checkpoint, so that
they need no common disk for them.
"""

import functools

import numpy as np
import tensorflow as tf
from tensorflow.python.eager import context

from zoo.training.devices import Devices, Role, Wanted, check_each
from zoo.training.errors import UserError

JOIN_SECONDS = 600  # in which all processes of a job have to start
ENDED_SECONDS = 20  # after which a process that is silent counts as ended
SLURM_PORT = 12321


def start(wanted: Wanted, role: Role, gpus: int) -> Devices:
    """Joins the job; returns once all of its processes have.

    Args:
        wanted: The option `devices`.
        role: The place of this process.
        gpus: How many there are on this machine.

    Raises:
        UserError: TensorFlow runs already, or some process did not come.
    """
    check_each(wanted)
    strategy = _joined(role)
    replicas = strategy.num_replicas_in_sync
    each = replicas // role.workers
    kind = f"{each} × GPU" if gpus else "the processor"
    words = f"worker {role.worker} of {role.workers}, {kind} of each"
    return Devices(replicas, role, strategy, words)


@functools.cache  # TensorFlow joins a job once in the life of a process
def _joined(role):
    resolver = _resolver(role)
    service = context.context()
    service.configure_coordination_service = functools.partial(
        service.configure_coordination_service,
        cluster_register_timeout_in_ms=JOIN_SECONDS * 1000,
        heartbeat_timeout_in_ms=ENDED_SECONDS * 1000,
    )
    try:
        return tf.distribute.MultiWorkerMirroredStrategy(resolver)
    except (RuntimeError, tf.errors.OpError) as error:
        raise UserError(
            f"worker {role.worker} could not join the job of {role.source} "
            f"({type(error).__name__}): start all {role.workers} within "
            f"{JOIN_SECONDS} seconds of each other."
        ) from error


def _resolver(role):
    if role.source == "SLURM":
        return tf.distribute.cluster_resolver.SlurmClusterResolver(
            port_base=SLURM_PORT
        )
    return tf.distribute.cluster_resolver.TFConfigClusterResolver()


def share(devices: Devices, value: bytes | None) -> bytes:
    """The chief's bytes, in all processes, which all have to call it."""
    data = np.frombuffer(value or b"", np.uint8)
    if not devices.role.is_chief:
        data = data[:0]
    add = _adder(devices.strategy, devices.replicas // devices.role.workers)
    length = int(add(tf.constant([len(data)]))[0])
    if not length:
        return b""  # TensorFlow cannot add nothing
    # uint8 cannot be added, int32 can.
    padded = np.zeros(-(-length // 4) * 4, np.uint8)
    padded[: len(data)] = data
    whole = add(tf.constant(padded.view(np.int32)))
    return whole.numpy().view(np.uint8).tobytes()[:length]


@functools.cache
def _adder(strategy, local):
    """A function that adds int32 values of all processes, element by element.

    Args:
        strategy: Their strategy.
        local: How many devices each process has, of which the first counts.
    """

    def replica(values):
        replica_context = tf.distribute.get_replica_context()
        first = replica_context.replica_id_in_sync_group % local == 0
        part = values * tf.cast(first, values.dtype)
        return replica_context.all_reduce(tf.distribute.ReduceOp.SUM, part)

    @tf.function(
        input_signature=[tf.TensorSpec([None], tf.int32)], autograph=False
    )
    def add(values):
        summed = strategy.run(replica, (values,))
        return strategy.experimental_local_results(summed)[0]

    return add


def is_lost(error: Exception) -> bool:
    """Whether an error tells that another process cannot be reached."""
    kinds = (
        tf.errors.AbortedError,
        tf.errors.CancelledError,
        tf.errors.DeadlineExceededError,
        tf.errors.UnavailableError,
    )
    return isinstance(error, kinds) or "Collective ops is aborted" in str(error)

"""What the processes of one training agree on, and what they cannot do."""

import contextlib
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from zoo.training import jobs, run_directory
from zoo.training.config import TrainConfig
from zoo.training.devices import Devices
from zoo.training.errors import UserError
from zoo.training.follower import Follower, agree
from zoo.training.run_directory import RunDirectory

# What each process of a job has for itself.
OWN = ("data_dir", "devices", "download", "onednn", "threads", "workdir")


def agreed(config: TrainConfig, devices: Devices) -> TrainConfig:
    """The chief's options, in all processes of a job."""
    if devices.role.workers == 1:
        return config
    told = jobs.share_json(devices, dataclasses.asdict(config))
    if devices.role.is_chief:
        return config
    own = {name: getattr(config, name) for name in OWN}
    return TrainConfig(**{**told, **own, "workdir": told["workdir"]})


def check(config: TrainConfig, devices: Devices) -> None:
    """Raises a UserError for what several devices, or JAX, cannot do."""
    import keras  # not before TensorFlow is set up

    if config.ema and keras.backend.backend() == "jax":
        raise UserError(
            f"--ema={config.ema:g}: the averages are validated under "
            "KERAS_BACKEND=tensorflow only; --ema=0 goes without."
        )
    if devices.replicas == 1:
        return
    if devices.strategy is not None and config.accumulate > 1:
        raise UserError(
            f"--accumulate={config.accumulate}: Keras accumulates on one "
            "device of TensorFlow only; take a larger --batch_size, which the "
            f"{devices.replicas} devices share, or KERAS_BACKEND=jax."
        )
    if devices.strategy is not None and config.learning_rate == "auto":
        raise UserError(
            "--learning_rate=auto searches on one device: search without "
            "--devices, then give the number that was found."
        )


def check_batch(size: int, devices: Devices) -> None:
    """Raises a UserError where JAX cannot divide a step's images."""
    over = size % devices.replicas
    if over and devices.strategy is None:
        raise UserError(
            f"--batch_size={size} does not divide among {devices.replicas} "
            f"devices of JAX; {size - over or devices.replicas} or "
            f"{size - over + devices.replicas} do."
        )


def open_run(
    config: TrainConfig, workdir: Path, devices: Devices
) -> RunDirectory:
    """The run, open to write in the chief and in memory in the others.

    Raises:
        UserError: `run_directory.open_run` refuses the directory.
    """
    if devices.role.is_chief:
        run = run_directory.open_run(workdir, config.resume, config.overwrite)
    else:
        run = Follower(workdir)
    run.replicas = run._config.setdefault("replicas", devices.replicas)
    if devices.role.workers > 1:
        try:
            agree(run, devices)
        except BaseException:
            run.__exit__()
            raise
    return run


@contextlib.contextmanager
def explained(devices: Devices, command: str) -> Iterator[None]:
    """Says in one line that another process of the job has ended."""
    if devices.role.workers == 1:
        yield
        return
    try:
        yield
    except Exception as error:
        if not jobs.backend(devices).is_lost(error):
            raise
        again = f"{command} … --restart"
        raise jobs.lost(error, devices.role, again) from error

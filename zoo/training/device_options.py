"""The options that say which devices train."""

import dataclasses

from zoo.training.options import Options, option


@dataclasses.dataclass(frozen=True, kw_only=True)
class DeviceOptions(Options):
    """On which devices it is trained."""

    devices: int | str | None = option(
        None,
        "Devices that share each training step's images: all (GPUs of this "
        "machine), a number of them (of processors where there is no GPU), or "
        "cpu; on each of several machines where TF_CONFIG or SLURM names "
        "them. Default: one.",
        least=1,
        words=("all", "cpu"),
    )
    synchronized: bool = option(
        False,
        "Batch normalization by the images of all devices together; else by "
        "those of each device.",
    )
    scale_rate: bool = option(
        False,
        "Multiply the learning rate by the number of devices, for a "
        "--batch_size that was multiplied by it, too.",
    )

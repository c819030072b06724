"""The options of a sweep: an experiment's command line is made of them."""

import dataclasses

from zoo.training.config import DataOptions, SpeedOptions
from zoo.training.options import Options, option

SMOKE = {"seeds": 1, "epochs": 1, "images_per_class": 20}
# Options that do not belong to the command that repeats the results.
OWN = ("data_dir", "fresh", "jobs", "ray_address", "results", "threads")


@dataclasses.dataclass(frozen=True, kw_only=True)
class SweepOptions(Options):
    """Which runs there are, where they run, and where results are kept."""

    seeds: int | None = option(
        None,
        "Runs of each setting, each with its own seed; default: the "
        "experiment's own, mostly 5.",
        least=1,
    )
    epochs: int | None = option(
        None,
        "Passes over the training images; default: the experiment's own.",
        least=1,
    )
    jobs: int = option(
        1,
        "Processes that run at the same time and share the CPU cores; with "
        "--ray_address: CPU cores that one run gets.",
        least=1,
    )
    ray_address: str | None = option(
        None,
        "Ray cluster to run on: auto, ray://HOST:PORT, or local; default: "
        "this machine, without Ray.",
    )
    results: str = option(
        "results",
        "Directory of all results; this experiment writes to "
        "RESULTS/NAME/DATASET.",
    )
    fresh: bool = option(
        False, "Run everything again, and delete the runs that were kept."
    )
    smoke: bool = option(
        False,
        "See within a minute whether everything works: run few settings on "
        "few images for one epoch, and write to RESULTS/NAME/DATASET_smoke.",
    )


@dataclasses.dataclass(frozen=True, kw_only=True)
class SweepConfig(SpeedOptions, SweepOptions, DataOptions):
    """All options of one sweep; `python recipes/NAME.py --help` lists them.

    Example:
        >>> SweepConfig(dataset="digits", seeds=2).command("dropout")
        'python recipes/dropout.py --dataset=digits --seeds=2'
    """

    def resolved(self, experiment):
        """The same options, with the experiment's own where none is given."""
        own = {"seeds": experiment.seeds, "epochs": experiment.epochs}
        own = SMOKE if self.smoke else own
        missing = {k: v for k, v in own.items() if not getattr(self, k)}
        return dataclasses.replace(self, **missing)

    def command(self, name):
        """The command line that repeats the results of an experiment."""
        given = [
            f"--{field.name}={getattr(self, field.name)}"
            for field in dataclasses.fields(self)
            if field.name not in OWN
            and getattr(self, field.name) != field.default
        ]
        return " ".join(["python", f"recipes/{name}.py", *given])

    def speed(self):
        """The arguments of `zoo.training.speed.start`."""
        return self.part(SpeedOptions)

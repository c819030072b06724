"""What an experiment is, and how it is run.

A recipe describes itself as an `Experiment` and ends with

    if __name__ == "__main__":
        experiment.start(EXPERIMENT)

recipes/README.md shows how one is written. From Python:

    from zoo.recipes import dropout
    from zoo.recipes.lab import experiment
    from zoo.recipes.lab.config import SweepConfig

    claims = experiment.conduct(dropout.EXPERIMENT, SweepConfig(smoke=True))
"""

import contextlib
import dataclasses
import functools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from zoo.recipes.lab import early, summary, sweep
from zoo.recipes.lab.config import SweepConfig
from zoo.recipes.lab.rows import Rows
from zoo.training import flags, sources, speed

SMOKE_VALIDATION = 5  # images of each class
DATA_DIR = "TFDS_DATA_DIR"  # which new processes read, too


@dataclasses.dataclass(frozen=True)
class Experiment:
    """What is shown, how it is measured, and how it is told.

    Attributes:
        name: Name of the script, without .py.
        title: Heading of the summary.
        settings: Function of the options that lists the settings to run: flat
            dicts of JSON values. `dataset`, `epochs`, `images_per_class` and
            `seed` are added to each (`epochs` where it is missing). With
            `options.smoke`: the fewest, three or four.
        run: Function of a setting that returns the rest of its row: numbers,
            texts, lists of numbers. It is called with all seeds set, maybe in
            another process, and imports TensorFlow itself. Columns with
            "seconds" in their name may differ from run to run, no others.
        tables: Function of `Rows` that returns `tables.Table`s.
        figures: {file name: function of Rows that returns a Figure}.
        claims: Functions made by `claims.claim`.
        epochs: Default of --epochs.
        seeds: Default of --seeds; fewer than 5 where runs are long.
        validation: Training images of each class that are set apart, to
            choose rates by (`validation_accuracy` of the rows).
        version: Number to raise when `run` changes, so that kept runs do not
            count any more.
        asha: Which runs end early on Ray, such as in a search for rates. Their
            rows have `stopped`, the epochs they had, and what they reported.
            None: each goes to its end, as with --jobs.
        options: Class of the options: `SweepConfig`, or one derived from it
            with options of the experiment's own, for `settings`.
    """

    name: str
    title: str
    settings: Callable
    run: Callable
    tables: Callable
    figures: dict
    claims: list
    epochs: int = 10
    seeds: int = 5
    validation: int = 0
    version: int = 1
    asha: early.Asha | None = None
    options: type = SweepConfig


def start(experiment: Experiment, argv: list | None = None):
    """Runs the experiment as the command line says; does not return."""

    def main(options, given):
        summary.tell(conduct(experiment, options))
        print(f"all of it: {directory(experiment, options) / 'summary.md'}")
        return 0

    sys.exit(
        flags.run(
            experiment.options,
            main,
            argv,
            command=f"python recipes/{experiment.name}.py",
            about=sys.modules[experiment.run.__module__].__doc__ or "",
        )
    )


def conduct(experiment: Experiment, options: SweepConfig) -> list:
    """Sweeps over all settings and seeds, and writes the results.

    Args:
        experiment: What is run.
        options: Its `options`.

    Returns:
        The claims, each a `claims.Claim`.

    Raises:
        UserError: Runs have failed, or the options fit no data set.
    """
    command = options.command(experiment.name)
    options = options.resolved(experiment)
    folder = directory(experiment, options)
    chosen = settings(experiment, options)
    if options.fresh:
        shutil.rmtree(folder / "runs", ignore_errors=True)
    with _started(options) as line:
        print(f"{line}; results in {folder}", flush=True)
        records = sweep.sweep(
            functools.partial(seeded, experiment.run, options.jit),
            chosen,
            folder,
            version=experiment.version,
            jobs=options.jobs,
            ray_address=options.ray_address,
            setup=options.speed(),
            asha=experiment.asha,
        )
    rows = Rows(
        {
            **r["setting"],
            **r["result"],
            "seconds": r["seconds"],
            **{k: r[k] for k in ("stopped",) if k in r},
        }
        for r in records
    )
    return summary.write(folder, experiment, rows, records, command, line)


def directory(experiment: Experiment, options: SweepConfig) -> Path:
    """The directory of the results."""
    name = sources.find(options.dataset, options.data_dir).name
    folder = name.replace("/", "_") + ("_smoke" if options.smoke else "")
    return Path(options.results).expanduser() / experiment.name / folder


def seeded(run, jit, setting):
    """`run(setting)` from a clean state, with the setting's seed set.

    Args:
        run: The experiment's.
        jit: "on", "off" or "auto": whether XLA compiles the training's step.
        setting: What is run.
    """
    import keras

    from zoo.recipes.lab import runs

    policy = keras.config.dtype_policy()
    keras.utils.clear_session()
    keras.config.set_dtype_policy(policy)  # which clear_session forgets
    keras.utils.set_random_seed(setting["seed"])
    with runs.compiled_with(jit):
        return run(setting)


@contextlib.contextmanager
def _started(options):
    """Sets TensorFlow up, here and for new processes; gives speed's line."""
    former = os.environ.get(DATA_DIR)
    if options.data_dir:
        path = Path(options.data_dir).expanduser().absolute()
        os.environ[DATA_DIR] = str(path)
    chosen = speed.start(**options.speed())
    import keras  # not before `speed.start`

    try:
        yield chosen.line
    finally:
        keras.config.set_dtype_policy(chosen.former_policy)
        if former is not None:
            os.environ[DATA_DIR] = former
        elif options.data_dir:
            del os.environ[DATA_DIR]


def settings(experiment: Experiment, options) -> list[dict]:
    """All settings of a sweep, seed by seed."""
    common = {
        name: getattr(options, name)
        for name in ("dataset", "images_per_class", "epochs")
    }
    if experiment.validation:
        few = options.smoke and min(SMOKE_VALIDATION, experiment.validation)
        common["validation_per_class"] = few or experiment.validation
    return [
        {**common, **setting, "seed": seed}
        for seed in range(options.seeds)
        for setting in experiment.settings(options)
    ]

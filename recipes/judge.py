"""Judges the claims of kept results anew, from their runs.csv alone.

    python recipes/judge.py              # all of results/
    python recipes/judge.py results/dropout/mnist_5k --figures
    python recipes/judge.py --check      # changes nothing; 1: something differs

Nothing is trained. `summary.md` gets the claims with their verdicts and the
tables; what it says of command, data and machine stays. `--figures` draws the
figures anew, too. Then `python docs/make_handbook.py` puts them into the
handbook. It takes seconds.
"""

import argparse
import importlib
import sys
from pathlib import Path

from zoo._files import write_whole
from zoo.recipes.lab import summary


def main(argv=None):
    """Returns the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "directories", nargs="*", type=Path, metavar="RESULTS/NAME/DATASET",
        help="Directories of results; default: all of results/.",
    )  # fmt: skip
    parser.add_argument(
        "--figures", action="store_true", help="Draw the figures, too."
    )
    parser.add_argument(
        "--check", action="store_true",
        help="Write nothing; exit with 1 where a summary would change.",
    )  # fmt: skip
    options = parser.parse_args(argv)
    found = options.directories or kept(Path("results"))
    stale = 0
    for directory in found:
        file = directory / "summary.md"
        if not (file.is_file() and (directory / "runs.csv").is_file()):
            parser.error(f"{directory} has no summary.md and runs.csv")
        draw = options.figures and not options.check
        text = retold(directory, draw=draw)
        if text == file.read_text("utf-8"):
            continue
        stale += 1
        print(f"{file} {'differs' if options.check else 'written'}")
        if not options.check:
            write_whole(file, text)
    return int(options.check and stale > 0)


def kept(results):
    """Directories of results, without those of smoke runs."""
    return [
        path.parent
        for path in sorted(results.glob("*/*/runs.csv"))
        if not path.parent.name.endswith("_smoke")
    ]


def retold(directory, draw=False):
    """`summary.retold` of the experiment that the directory belongs to."""
    name = Path(directory).resolve().parent.name
    module = importlib.import_module(f"zoo.recipes.{name}")
    return summary.retold(Path(directory), module.EXPERIMENT, draw)


if __name__ == "__main__":
    sys.exit(main())

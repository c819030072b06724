"""Runs every experiment, resumes where it was stopped, writes the handbook.

    python recipes/everything.py --jobs=2 --threads=1
    python recipes/everything.py --only=skip,signals --jobs=2 --threads=1

Each experiment takes its own number of seeds and, where it needs one, its own
data set; further options are those of every experiment (`python
recipes/skip.py --help`). Finished runs are kept, so the same command goes on
after a stop. It takes some nine hours on 2 CPU cores; without a run, with
`--list`, it tells what it would start.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ORDER = {  # quickest first: name and its options
    "signals": (),
    "skip": (),
    "inside_batch_norm": (),
    "sparsity": (),
    "recurrent": (),
    "cartpole": (),
    "optimizers": (),
    "activations": (),
    "gradient_flow": (),
    "normalizers": (),
    "batch_norm": (),
    "dropout": (),
    "dead_relu": (),
    "transfer": ("--dataset=cifar10",),
    "lenet": ("--dataset=mnist",),
    "evolution": (
        "--dataset=cifar10", "--epochs=1", "--images_per_class=1500",
    ),
}  # fmt: skip
AFTER = (
    "recipes/judge.py", "docs/make_handbook.py", "docs/make_notebooks.py",
    "docs/make_chinese.py",
)  # fmt: skip


def main(argv=None):
    """Returns the exit status: how many experiments failed, up to 1."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", default=",".join(ORDER), metavar="NAME,NAME",
        help="Experiments to run, in this order; default: all.",
    )  # fmt: skip
    parser.add_argument(
        "--list", action="store_true", help="Print the commands, run nothing."
    )
    options, more = parser.parse_known_args(argv)
    names = [name.strip() for name in options.only.split(",")]
    strange = [name for name in names if name not in ORDER]
    if strange:
        parser.error(
            f"--only: no experiment {strange[0]}; there are {', '.join(ORDER)}"
        )
    commands = [
        [str(FOLDER / f"{name}.py"), *ORDER[name], *more] for name in names
    ]
    failed = []
    for name, command in zip(names, commands, strict=True):
        print("python", *command, flush=True)
        if options.list:
            continue
        if subprocess.run([sys.executable, *command]).returncode:
            failed.append(name)
    for script in () if options.list else AFTER:
        subprocess.run([sys.executable, script], cwd=FOLDER.parent, check=True)
    if failed:
        print(f"failed: {', '.join(failed)}; the same command goes on")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())

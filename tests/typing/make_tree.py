"""Links the package as it is installed into build/types, for type checkers.

    python tests/typing/make_tree.py

`setup.cfg` maps folders of the repository into the package (`zoo.layers` is
`layers/`). Python's import finds them there, type checkers do not.
"""

import configparser
import os
import pathlib
import shutil

ROOT = pathlib.Path(__file__).parents[2]
TREE = ROOT / "build/types"


def main():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    shutil.rmtree(TREE, ignore_errors=True)
    for line in settings["options"]["package_dir"].split("\n"):
        package, _, folder = line.replace(" ", "").partition("=")
        if package:
            shutil.copytree(
                ROOT / folder,
                TREE.joinpath(*package.split(".")),
                ignore=shutil.ignore_patterns("__pycache__"),
                copy_function=os.symlink,
                dirs_exist_ok=True,
            )


if __name__ == "__main__":
    main()

"""Asks what `tests.machines.grid` left in a folder, with TensorFlow alone.

    python -m tests.machines.serve FOLDER

prints a line for each fault.
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

from tests.machines import isolated
from tests.machines.compare import unlike


class Served:
    """A function of a SavedModel."""

    def __init__(self, path, i, name):
        self.path, self.i, self.name = path, i, name


def main(folder):
    """Prints faults; returns how many there are."""
    count = 0
    for note in sorted(pathlib.Path(folder).rglob("cases.json")):
        names = json.loads(note.read_text())
        cases = [Served(note.parent, i, name) for i, name in enumerate(names)]
        for fault in isolated.faults(ask, cases):
            count += 1
            print(f"fault: {fault}", flush=True)
    print(f"{count} faults")
    return count


def ask(cases):
    found = []
    isolated.say(f"loading {cases[0].path}")
    loaded = tf.saved_model.load(str(cases[0].path))
    arrays = np.load(cases[0].path / "arrays.npz")
    for case in cases:
        x, expected = arrays[f"x{case.i}"], arrays[f"y{case.i}"]
        for kind in ("variables", "constants"):
            how = f"SavedModel with {kind}"
            isolated.say(how, case)
            y = getattr(loaded, f"{kind}_{case.i}")(tf.constant(x))
            (y,) = tf.nest.flatten(y)
            found += unlike(case.name, how, "y", y, expected)
    return found


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1])))

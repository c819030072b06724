"""Asks what other processes left in a folder, with TensorFlow alone.

    python -m tests.machines.serve FOLDER

prints a line for each fault of what `tests.machines.grid` or
`tests.machines.models` wrote.
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

from tests.machines import isolated
from tests.machines.compare import unlike

LIST, ARRAYS = "cases.json", "arrays.npz"  # as in written.py, which needs Keras
REPEATS = 2  # what runs first is not always what runs then


class Served:
    """Two functions of a SavedModel."""

    def __init__(self, path, i, name, tolerance):
        self.path, self.i = path, i
        self.name, self.tolerance = name, tolerance


def main(folder):
    """Prints faults; returns how many there are."""
    asked = count = 0
    for note in sorted(pathlib.Path(folder).rglob(LIST)):
        kept = json.loads(note.read_text())
        cases = [
            Served(note.parent, i, name, kept["tolerance"])
            for i, name in enumerate(kept["names"])
        ]
        asked += len(cases)
        for fault in isolated.faults(ask, cases):
            count += 1
            print(f"fault: {fault}", flush=True)
    print(f"{asked} served, {count} faults")
    return count or not asked


def ask(cases):
    found = []
    isolated.say(f"loading {cases[0].path.name}")
    loaded = tf.saved_model.load(str(cases[0].path))
    arrays = np.load(cases[0].path / ARRAYS)
    for case in cases:
        x, expected = arrays[f"x{case.i}"], arrays[f"y{case.i}"]
        for kind in ("variables", "constants"):
            how = f"SavedModel with {kind}"
            isolated.say(how, case)
            for _ in range(REPEATS):
                y = getattr(loaded, f"{kind}_{case.i}")(tf.constant(x))
            (y,) = tf.nest.flatten(y)
            found += unlike(case.name, how, "y", y, expected, case.tolerance)
    return found


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1])))

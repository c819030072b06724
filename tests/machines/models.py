"""Runs networks eagerly, as graphs, and folded and frozen.

    python -m tests.machines.models FOLDER PART

prints a line for each fault, and leaves in FOLDER what `tests.machines.serve`
loads. PART is `some` or `all` of `tests.machines.networks`.
"""

import pathlib
import sys

import tensorflow as tf

from tests.machines import isolated, networks, written
from tests.machines.compare import unlike

AT_ONCE = 16  # networks in a process
REPEATS = 2
# Of float32 through up to 300 layers, each rounding to 1e-7 of what it sums; a
# slope or a statistic that is lost makes 1e-2.
TOLERANCE = 1e-4


def main(folder, part):
    """Prints faults; returns how many there are."""
    cases, count = networks.select(everything=part == "all"), 0
    for i in range(0, len(cases), AT_ONCE):
        run = Part(pathlib.Path(folder) / f"{i:06}")
        for fault in isolated.faults(run, cases[i : i + AT_ONCE]):
            count += 1
            print(f"fault: {fault}", flush=True)
    print(f"{len(cases)} networks, {count} faults")
    return count


class Part:
    """Tries networks one after the other, then writes them for a server."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, cases):
        found, folder = [], written.Folder(self.folder, TOLERANCE)
        for case in cases:
            isolated.say("eager", case)
            model, x = case.build()
            y = model(x, training=False)
            isolated.say("building graphs", case)
            forward, frozen = written.function(model), written.folded(model)
            for how, run in (
                ("tf.function", forward),
                ("folded and frozen", frozen),
            ):
                isolated.say(how, case)
                for _ in range(REPEATS):
                    (answer,) = tf.nest.flatten(run(tf.constant(x)))
                found += unlike(case.name, how, "y", answer, y, TOLERANCE)
            folder.add(case.name, model, forward, frozen, x, y.numpy())
        isolated.say("writing the SavedModel")
        folder.write()
        return found


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))

"""Fifteen optimizers, each with its own learning rate: accuracy, time, paths.

    python recipes/optimizers.py

Each optimizer gets five rates around one that is usual for it, and as many
epochs at each; the best by held-out accuracy counts. The network is fully
connected, since Keras's Muon treats matrices only (and leaves all else, and
here the last layer, to AdamW). AdamW, Lion and Muon take the same part of the
weights away in each step, whatever their rate. On two surfaces, Rosenbrock's
valley and a saddle, each takes the one of ten rates whose path is lowest on
average, without that decay.

1,000 MNIST digits, 1,000 held out; 315 runs of 3 seconds in the median, 10
minutes in all with --threads=1 --jobs=2 on 2 CPU cores. At its best rate each,
SGD reaches 87.2 ± 0.8 %, Adam 86.6 ± 2.9 %, Muon 89.3 ± 0.2 % (3 runs).
"""

from zoo.recipes.experiments.optimizers import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.optimizers import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="optimizers",
    title="Optimizers",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=6,
    version=2,
    validation=40,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

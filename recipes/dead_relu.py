"""Dying ReLUs: what learning rate kills, what a dead unit gets, what helps.

    python recipes/dead_relu.py

Three fully connected layers of 128 units, trained by Adam at growing rates,
with each remedy. A unit is silent if it is not above 0 for any training image;
a silent ReLU is dead. The papers stand beside the claims.

4,000 MNIST digits, 1,000 held out; 96 runs of some 6 seconds of processor time,
10 minutes in all, on 2 CPU cores. Dead ReLUs at rates of 0.001, 0.003, 0.01 and
0.03, in %: 5.1 ± 0.5, 12.3 ± 2.6, 41.8 ± 6.7, 80.7 ± 8.6 (3 runs).
"""

from zoo.recipes.experiments.dead_relu import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.dead_relu import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="dead_relu",
    title="Dying ReLUs",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=5,
    version=2,
    validation=40,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

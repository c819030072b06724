"""Skip connections: what the shortcut leads around, and where it is added.

    python recipes/skip.py

Forty fully connected layers of 64 units with weights within ±1/√n, in which
sigmoid, tanh and ReLU learn nothing; the same with shortcuts in the forms that
were published, and in one that He et al. 2016 report as worse. Networks of
NumPy arrays with written-out gradients (recipes/lab/by_hand).

1,000 MNIST digits, which the seed draws; 90 runs of some 3 seconds of
processor time, 3 minutes in all on one CPU core. Held-out accuracy of ReLU in
%, mean ± std (5 runs): no shortcut 10.0 ± 0.0, pre-activation with batch
normalization 88.9 ± 1.6.
"""

from zoo.recipes.experiments.skip import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.skip import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="skip",
    title="Skip connections",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=6,
    seeds=5,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

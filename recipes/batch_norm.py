"""Batch normalization: what it buys, whether for the reason given, its price.

    python recipes/batch_norm.py

Six 3×3 convolutions of 8 and 16 filters, trained by plain SGD. Shift is how
far ActivationMonitor sees the inputs of the activations move from epoch to
epoch: the change of their mean in deviations, plus that of the logarithm of
their deviation. After Ioffe and Szegedy 2015, Santurkar et al. 2018 and Huang
et al. 2018.

4,000 MNIST digits, 1,000 held out; 93 runs of some 12 seconds of processor
time, 15 minutes in all with --threads=1 --jobs=2 on 2 CPU cores. At a rate of
0.1 the best epoch has 92.1 ± 1.9 % with batch normalization; after the first
epoch it has 51.7 ± 8.6 %, and 22.8 ± 1.8 % without (3 runs).
"""

from zoo.recipes.experiments.batch_norm import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.batch_norm import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="batch_norm",
    title="Batch normalization",
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

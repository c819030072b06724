"""Inside batch normalization: its derivation, saturation, shift by depth.

    python recipes/inside_batch_norm.py

The formulas of the forward and backward pass beside automatic gradients; then
ten fully connected layers of 64 units with and without it: which units
saturate, how far a step moves the distribution of each layer's inputs, how
large the updates are; first weights that are too small or too large; the gap
to the test at an equal training loss; averages and batches at test time; what
whitening costs by width. Networks of NumPy arrays (recipes/lab/by_hand), and
Keras's layers for the derivation and the cost. After Ioffe and Szegedy 2015.

MNIST digits that the seed draws, 30 or 100 a class; 195 runs of some 0.6
seconds of processor time, 2 minutes in all on one CPU core. Saturated units of
tanh at the end, %, mean ± std (5 runs): 7.7 ± 0.2, with batch normalization
1.2 ± 0.1.
"""

from zoo.recipes.experiments.inside_batch_norm import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.inside_batch_norm import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="inside_batch_norm",
    title="Inside batch normalization",
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

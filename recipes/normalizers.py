"""Normalizers at small and large batches, and in a recurrent network.

    python recipes/normalizers.py

A small convolutional network at batch sizes from 2 to 128, its learning rate in
proportion to the batch, moving averages over the last few hundred images; only
the normalizer is exchanged. Then a recurrent network that reads images row by
row, h ← tanh(norm(W·row + U·h)), the same weights at each row: batch
normalization keeps either one average for all rows, which suits none of them,
or one for each.

1,000 MNIST digits; 159 runs of some 8 seconds of processor time, 15 minutes in
all with --threads=1 --jobs=2 on 2 CPU cores. Batch norm has 71.7 ± 5.4 %
at batches of 32 and 55.3 ± 10.8 % at 2; in the recurrent network 27.7 ± 6.9 %,
and with averages of its own for each row 64.7 ± 2.8 % (3 runs).
"""

from zoo.recipes.experiments.normalizers import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.normalizers import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="normalizers",
    title="Normalizers",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=5,
    version=2,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

"""Vanishing and exploding gradients: the chain rule's forecast, what helps.

    python recipes/gradient_flow.py

Fully connected layers of 64 units. In the first epoch the rate is 0, so that
the gradients are those of the initial weights over all training images; then
SGD with momentum trains. Gradients are GradientMonitor's. A layer's error is
the gradient at its sum of inputs (of its bias, or of batch norm's beta); from
layer to layer it is multiplied by the slope and by the weights. After Bengio
et al. 1994, Glorot and Bengio 2010, Pascanu et al. 2013, He et al. 2015.

1,000 MNIST digits; 249 runs of some 5 seconds of processor time, 12 minutes in
all with --threads=1 --jobs=2 on 2 CPU cores. A sigmoid layer multiplies the
error by 0.138 ± 0.005, the chain rule says at most 0.144; 20 layers of sigmoids
reach 10.0 ± 0.0 %, with batch normalization 80.8 ± 0.8 % (3 runs).
"""

from zoo.recipes.experiments.gradient_flow import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.gradient_flow import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="gradient_flow",
    title="Vanishing and exploding gradients",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=6,
    version=2,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

"""Normalizers in reinforcement learning: a pole on a cart, in NumPy.

    python recipes/cartpole.py

Deep Q-learning (two layers of 64 ReLUs, replay, a target network) of the
balance of a pole, without a normalizer and with batch, layer and weight
normalization. Salimans and Kingma 2016 say in their abstract that batch
normalization's noise suits such a task less; later papers revise that
(CrossQ, Bhatt et al. 2019).

Dynamics of Barto, Sutton and Anderson 1983; 12,000 steps a run, 8 seeds; 32
runs of some 6 seconds of processor time, 3 minutes in all on one CPU core.
Mean length of an episode over the training, mean ± std (8 runs): none
136.4 ± 19.4, batch normalization 126.0 ± 17.5.
"""

from zoo.recipes.experiments.cartpole import claims, tell
from zoo.recipes.lab import experiment

NORMS = ("none", "batch", "layer", "weight")
STEPS = 12_000


def settings(options):
    """One setting for each normalizer."""
    norms = NORMS[:2] if options.smoke else NORMS
    steps = 300 if options.smoke else STEPS
    return [{"norm": norm, "steps": steps} for norm in norms]


def run(setting):
    """One training of one agent."""
    from zoo.recipes.experiments.cartpole import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="cartpole",
    title="Normalizers in reinforcement learning",
    settings=settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=1,
    seeds=8,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

"""Twenty-three networks from 1998 to 2022, small, trained with one budget.

    python recipes/evolution.py
    python recipes/evolution.py --dataset=cifar10 --images_per_class=1500 \\
        --epochs=1

Each sees 15,000 images (of mnist_5k its 4,000 four times) of 32×32 in batches
of 32 under Adam, whose rate rises over a tenth of the steps and falls as a
cosine. The highest is 0.003 with a normalizer and 0.001 without, as networks
without bear less (Ioffe and Szegedy 2015). Departures from the papers:

- a form of at most 45 million multiply–adds: the paper's own for CIFAR, or the
  one for ImageNet with a stem of stride 1 ("small"), then a share of the
  filters of each layer; AlexNet sees the images enlarged to 67×67
- no dropout, no stochastic depth: no image is seen often
- He's initialization where there is no normalizer: the papers' own were made
  for their widths, and for weeks of training
- running averages with momentum 0.9, as runs are short
- LeNet-5 is as published, with its own loss, but for Adam

Time and memory of a step are those of a process of its own with one thread
(`lab/footprint.py`). The papers stand beside the claims.

23 runs, together 30 to 40 minutes on 2 cores for a dataset; one seed, for
that reason. On 1,500 images a class of CIFAR-10, seen once, networks with a
normalizer and no depthwise convolutions reach 52.7 ± 5.7 % (mean ± deviation
over networks), those with both 41.3 ± 7.9 %.
"""

from zoo.recipes.experiments.evolution import claims, design, tell
from zoo.recipes.lab import experiment


def run(setting):
    """One run of the sweep; returns the rest of its row."""
    from zoo.recipes.experiments.evolution import run as module

    return module.run(setting)


EXPERIMENT = experiment.Experiment(
    name="evolution",
    title="Evolution of architectures",
    settings=design.settings,
    run=run,
    tables=tell.tables,
    figures=tell.FIGURES,
    claims=claims.CLAIMS,
    epochs=4,
    version=2,
    seeds=2,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

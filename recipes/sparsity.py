"""Is it sparsity that makes ReLU good? Slopes and penalties on its outputs.

    python recipes/sparsity.py

Two hidden layers of 128 units: the slope below zero from 0 (ReLU, half of the
outputs are 0) to 0.5 (none is), and ReLU with an L1 penalty on its outputs,
which makes more of them 0. Glorot et al. 2011 argue for sparsity, Xu et al.
2015 find against it. Networks of NumPy arrays (recipes/lab/by_hand).

1,000 MNIST digits that the seed draws; 100 runs of some 0.7 seconds of
processor time, 2 minutes in all on one CPU core. Held-out accuracy in %, mean
± std (10 runs): ReLU 90.3 ± 0.7,
slope 1/5.5 89.8 ± 0.5.
"""

from zoo.recipes.lab import experiment, figures
from zoo.recipes.lab.claims import claim, same, versus
from zoo.recipes.lab.tables import Column, table

SLOPES = (0, 0.01, 0.1, 0.182, 0.3, 0.5)  # 0.182 = 1/5.5, as Xu et al. have it
PENALTIES = (0.0001, 0.001, 0.01, 0.1)  # times the mean |output| of a layer
UNITS, RATE, STEPS = 128, 0.02, 310
GLOROT = (
    "[Glorot et al. 2011, sections 2.2 and 3.1]"
    "(https://proceedings.mlr.press/v15/glorot11a.html)"
)
XU = "[Xu et al. 2015, abstract](https://arxiv.org/abs/1505.00853)"


def settings(options):
    """Each slope, and each penalty with a slope of 0."""
    slopes, penalties, steps = SLOPES, PENALTIES, STEPS
    if options.smoke:
        slopes, penalties, steps = (0, 0.182), (), 20
    shared = {
        "steps": steps,
        "images_per_class": options.images_per_class or 100,
    }
    return [
        *({"slope": slope, "penalty": 0.0, **shared} for slope in slopes),
        *({"slope": 0, "penalty": p, **shared} for p in penalties),
    ]


def run(setting):
    """One training of one network."""
    import numpy as np

    from zoo.recipes.lab import by_hand

    class Leaky(by_hand.Act):
        """max(x, slope · x), with a penalty on |y| in the backward pass."""

        def __init__(self):
            super().__init__("relu")
            slope = setting["slope"]
            self.function = lambda x: np.where(x > 0, x, slope * x)
            self.slope = lambda x, y: np.where(x > 0, 1.0, slope)

        def backward(self, error):
            share = setting["penalty"] / self.y.size
            return super().backward(error + share * np.sign(self.y))

    (x, y), (test_x, test_y) = by_hand.flat(
        setting, setting["images_per_class"]
    )
    random = np.random.default_rng([setting["seed"], 0])
    net, width = [], x.shape[1]
    for _ in range(2):
        weights = random.normal(size=(width, UNITS)) * (2 / width) ** 0.5
        net += [by_hand.Dense(weights), Leaky()]
        width = UNITS
    last = random.normal(size=(width, y.max() + 1)) * width**-0.5
    net.append(by_hand.Dense(last))
    by_hand.fit(
        net, by_hand.Momentum(net, RATE), x, y, steps=setting["steps"],
        seed=setting["seed"],
    )  # fmt: skip
    _, fitted = by_hand.accuracy(net, x, y)
    accuracy, loss = by_hand.accuracy(net, test_x, test_y)
    zeros = [np.mean(layer.y == 0) for layer in net[1:-1:2]]
    return {
        "test_accuracy": accuracy,
        "test_loss": loss,
        "fitted_loss": fitted,
        "zeros": np.mean(zeros),
    }


def tables(rows):
    return [
        table(
            "Zeros and accuracy",
            rows,
            {"slope": "slope below 0", "penalty": "penalty on outputs"},
            [
                Column("zeros, %", "zeros", 100, 1),
                Column("held-out accuracy, %", "test_accuracy", 100),
                Column("held-out loss", "test_loss", 1, 3),
                Column("training loss", "fitted_loss", 1, 4),
            ],
        )
    ]


def _of(rows, slope, penalty=0.0):
    return rows.where(slope=slope, penalty=penalty)


@claim(
    "Sparsity fits better: ReLU, half of whose outputs are 0, is more accurate "
    "than a leaky ReLU of slope 1/5.5, none of whose are.",
    GLOROT,
)
def sparse_is_better(rows):
    return versus(
        _of(rows, 0), _of(rows, 0.182), "test_accuracy", "ReLU", "leaky 0.182",
        "%", 100, paired=True,
    )  # fmt: skip


@claim("A slope below zero is better than none, in spite of no zeros.", XU)
def slope_is_better(rows):
    return versus(
        _of(rows, 0.182), _of(rows, 0), "test_accuracy", "leaky 0.182", "ReLU",
        "%", 100, paired=True,
    ).and_(
        versus(
            _of(rows, 0), _of(rows, 0.182), "test_loss",
            "held-out loss: ReLU", "leaky 0.182", digits=3, paired=True,
        )
    )  # fmt: skip


@claim(
    "It is not the zeros: a slope of 0.01, without any, is within a point of "
    "ReLU.",
    XU,
)
def not_the_zeros(rows):
    return same(
        _of(rows, 0.01), _of(rows, 0), "test_accuracy", "leaky 0.01", "ReLU",
        0.01, "%", 100, paired=True,
    )  # fmt: skip


@claim(
    "More zeros are better: ReLU with a penalty of 0.01 on its outputs is more "
    "accurate than without.",
    GLOROT,
)
def more_zeros(rows):
    with_it, without = _of(rows, 0, 0.01), _of(rows, 0)
    return versus(
        with_it, without, "test_accuracy", "with", "without", "%", 100,
        paired=True,
    ).and_(
        f"Zeros: {with_it.text('zeros', 100, 1)} and "
        f"{without.text('zeros', 100, 1)} %",
        between=". ",
    )  # fmt: skip


def scatter(rows):
    figure, axes = figures.new(width=6.4, height=4)
    named = {}
    for (slope, penalty), group in rows.groups("slope", "penalty").items():
        kind = "penalty on ReLU's outputs" if penalty else "slope below 0"
        at = 100 * group.mean("zeros"), 100 * group.mean("test_accuracy")
        named.setdefault(kind, {})[f"{penalty or slope:g}"] = at
    axes[0, 0].margins(0.12)
    figures.points(
        axes[0, 0], named, xlabel="zeros, %", ylabel="held-out accuracy, %"
    )
    axes[0, 0].legend(loc="center")
    return figure


EXPERIMENT = experiment.Experiment(
    name="sparsity",
    title="Sparsity",
    settings=settings,
    run=run,
    tables=tables,
    figures={"zeros.png": scatter},
    claims=[sparse_is_better, slope_is_better, not_the_zeros, more_zeros],
    epochs=10,
    seeds=10,
)

if __name__ == "__main__":
    experiment.start(EXPERIMENT)

"""One training of one form."""

import numpy as np

from zoo.recipes.experiments.skip.design import RATE, UNITS
from zoo.recipes.lab import by_hand
from zoo.recipes.lab.by_hand import Act, Dense, Normalize, Residual


def run(setting):
    """One training of one network."""
    (x, y), (test_x, test_y) = by_hand.flat(
        setting, setting["images_per_class"]
    )
    random = np.random.default_rng([setting["seed"], 0])
    net = network(setting, x.shape[1], int(y.max()) + 1, random)
    ratios = []

    def watch(step, loss):
        if not step:
            kernels = [
                np.linalg.norm(layer.gradients[0])
                for layer in by_hand.every_layer(net)
                if isinstance(layer, Dense)
            ]
            ratios.append(kernels[1] / max(kernels[-2], 1e-300))

    losses = by_hand.fit(
        net, by_hand.Momentum(net, RATE), x, y, steps=setting["steps"],
        seed=setting["seed"], watch=watch,
    )  # fmt: skip
    accuracy, loss = by_hand.accuracy(net, test_x, test_y)
    return {
        "test_accuracy": accuracy,
        "test_loss": loss,
        "train_loss": losses[-1],
        "losses": by_hand.averaged(losses),
        "gradient_ratio": ratios[0],
        "logarithm": np.log10(max(ratios[0], 1e-300)),
    }


def network(setting, inputs, classes, random):
    """The layers of one form."""
    name, form = setting["activation"], setting["form"]

    def dense(width, units):
        bound = width**-0.5
        return Dense(random.uniform(-bound, bound, (width, units)))

    net: list = [dense(inputs, UNITS)]
    if form in ("none", "ReLU before addition", "batch norm only"):
        net += [Normalize(UNITS)] if form == "batch norm only" else []
        net.append(Act(name))
    block = {
        "none": lambda layer: [layer, Act(name)],
        "batch norm only": lambda layer: [layer, Normalize(UNITS), Act(name)],
        "ReLU before addition": lambda layer: [Residual([layer, Act(name)])],
        "scaled": lambda layer: [
            Residual([Act(name), layer], setting["depth"] ** -0.5)
        ],
        "original": lambda layer: [
            Residual([layer, Normalize(UNITS)], after=Act(name))
        ],
        "pre-activation": lambda layer: [
            Residual([Normalize(UNITS), Act(name), layer])
        ],
    }[form]
    for _ in range(setting["depth"] - 1):
        net += block(dense(UNITS, UNITS))
    if form == "pre-activation":
        net += [Normalize(UNITS), Act(name)]
    return [*net, dense(UNITS, classes)]

"""One run."""

import numpy as np

from zoo.recipes.experiments.signals.design import (
    DEPTH,
    FAR,
    NARROW,
    NARROW_NETWORKS,
    SELU_DEPTH,
    SELU_UNITS,
    STARTS,
    UNITS,
    WEIGHTS,
)
from zoo.recipes.lab import by_hand


def run(setting):
    """One setting with one seed."""
    random = np.random.default_rng([setting["seed"], 3])
    part = {
        "in use": in_use,
        "drawn": drawn_gains,
        "equal weights": equal_weights,
        "fixed point": fixed_point,
        "born dead": born_dead,
    }[setting["part"]]
    return part(setting, random)


def _inputs(setting, random):
    (x, _), _, _ = by_hand.drawn(setting, 10)
    return x.reshape(len(x), -1) @ random.normal(
        size=(x[0].size, UNITS)
    ) / x[0].size ** 0.5  # fmt: skip


def gradients(name, draw, x, random, depth=DEPTH):
    """Sizes of the errors at all layers' sums of inputs, first to last.

    Not of the weights' gradients: in these a network of ReLUs makes up for a
    smaller error by larger inputs.
    """
    from zoo.recipes.lab.by_hand import Act, Dense, backward, forward

    net = []
    for _ in range(depth):
        net += [Dense(draw((UNITS, UNITS))), Act(name)]
    with np.errstate(over="ignore", invalid="ignore"):
        y = forward(net, x)
        backward(net, random.normal(size=y.shape))
        return np.array([np.linalg.norm(layer.error) for layer in net[::2]])


def _orders(sizes):
    """log₁₀ of the first layer's error over the last one's."""
    first, last = (min(max(s, 1e-300), 1e300) for s in (sizes[0], sizes[-1]))
    return float(np.log10(first) - np.log10(last))


def in_use(setting, random):
    kind = setting["weights"]

    def draw(shape):
        if kind == "orthogonal":
            return np.linalg.qr(random.normal(size=shape))[0]
        deviation = WEIGHTS[kind](shape[0])
        if kind.startswith("uniform"):
            bound = deviation * 3**0.5
            return random.uniform(-bound, bound, shape)
        return deviation * random.normal(size=shape)

    sizes = gradients(
        setting["activation"], draw, _inputs(setting, random), random
    )
    orders = _orders(sizes)
    return {
        "orders": orders,
        "vanishes": orders < -FAR,
        "explodes": orders > FAR,
    }


def drawn_gains(setting, random):
    x, orders = _inputs(setting, random), []
    for _ in range(setting["networks"]):
        gain = 10 ** random.uniform(-1, 1)

        def draw(shape, gain=gain):
            return gain * shape[0] ** -0.5 * random.normal(size=shape)

        orders.append(
            _orders(gradients(setting["activation"], draw, x, random))
        )
    orders = np.array(orders)
    return {
        "vanish": np.mean(orders < -FAR),
        "explode": np.mean(orders > FAR),
        "all_orders": orders,
    }


def equal_weights(setting, random):
    def draw(shape):
        return setting["gain"] * shape[0] ** -0.5 * random.normal(size=shape)

    sizes = gradients(
        setting["activation"], draw, _inputs(setting, random), random
    )
    return {"orders": _orders(sizes)}


def fixed_point(setting, random):
    from zoo.recipes.lab.by_hand import ACTIVATIONS as FUNCTIONS

    mean, deviation = STARTS[setting["start"]]
    function, _ = FUNCTIONS[setting["activation"]]
    x = mean + deviation * random.normal(size=(512, SELU_UNITS))
    means, variances = [], []
    for _ in range(SELU_DEPTH):
        weights = random.normal(size=(SELU_UNITS, SELU_UNITS))
        weights -= weights.mean(axis=0)  # Σ w = 0 and Σ w² = 1, as in the
        weights /= np.linalg.norm(weights, axis=0)  # theorem
        x = function(x @ weights)
        means.append(x.mean())
        variances.append(x.var())
    return {
        "means": means,
        "variances": variances,
        "last_mean": means[-1],
        "last_variance": variances[-1],
        "worst_mean": np.max(np.abs(means)),
    }


def born_dead(setting, random):
    dead, same = [], []
    x = _inputs(setting, random)[:, :NARROW]
    for _ in range(NARROW_NETWORKS):
        weights = [
            random.normal(size=(NARROW, NARROW)) * (2 / NARROW) ** 0.5
            for _ in range(setting["depth"])
        ]
        ends = []
        for size in (1.0, 3.0):
            y = x
            for w in weights:
                y = np.maximum(y @ (size * w), 0)
            ends.append(bool((y == 0).all()))
        dead.append(ends[0])
        same.append(ends[0] == ends[1])
    return {"dead": np.mean(dead), "size_matters": not all(same)}

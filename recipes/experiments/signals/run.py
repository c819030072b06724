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
from zoo.recipes.lab.by_hand import ACTIVATIONS, Act, Dense, backward, forward


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
    (x, _), _ = by_hand.flat(setting, 10)
    width = x.shape[1]
    return x @ random.normal(size=(width, UNITS)) / width**0.5


def gradients(name, draw, x, random, depth=DEPTH):
    """Sizes of the errors at all layers' sums of inputs, first to last.

    Not of the weights' gradients: in these a network of ReLUs makes up for a
    smaller error by larger inputs.
    """
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


def _normal(random, gain):
    """Draws weights whose standard deviation is gain / √n."""
    return lambda shape: gain * shape[0] ** -0.5 * random.normal(size=shape)


def drawn_gains(setting, random):
    x, orders = _inputs(setting, random), []
    for _ in range(setting["networks"]):
        draw = _normal(random, 10 ** random.uniform(-1, 1))
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
    draw = _normal(random, setting["gain"])
    sizes = gradients(
        setting["activation"], draw, _inputs(setting, random), random
    )
    return {"orders": _orders(sizes)}


def fixed_point(setting, random):
    mean, deviation = STARTS[setting["start"]]
    function, _ = ACTIVATIONS[setting["activation"]]
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

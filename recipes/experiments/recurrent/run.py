"""One run."""

import numpy as np

from zoo.recipes.experiments.recurrent.design import (
    CURES,
    LENGTHS,
    LONGEST,
    RADIUS,
    RATE,
    REPEAT,
    SHORTEST,
    UNITS,
)
from zoo.recipes.lab import by_hand
from zoo.recipes.lab.by_hand import Dense, Recurrent


def run(setting):
    """One training of one recurrent network."""
    part = explosion if setting["part"] == "explosion" else length
    return part(setting)


def _data(setting):
    sets = by_hand.drawn(setting, setting["images_per_class"])
    return [(x[..., 0], y) for x, y in sets]


def _network(random, inputs, classes, **options):
    square, _ = np.linalg.qr(random.normal(size=(UNITS, UNITS)))
    radius = options.pop("radius", 1.0)
    return [
        Recurrent(
            random.normal(size=(inputs, UNITS)) * inputs**-0.5,
            radius * square,
            **options,
        ),
        Dense(random.normal(size=(UNITS, classes)) * UNITS**-0.5),
    ]


def explosion(setting):
    """The gradient's norm and the recurrent matrix, step by step."""
    cure = CURES[setting["cure"]]
    (x, y), (test_x, test_y) = _data(setting)
    repeat = cure.get("repeat", REPEAT)
    x, test_x = (np.repeat(images, repeat, axis=1) for images in (x, test_x))
    random = np.random.default_rng([setting["seed"], 0])
    net = _network(
        random, x.shape[2], y.max() + 1, radius=RADIUS,
        activation=cure.get("activation", "tanh"),
    )  # fmt: skip
    optimizer = by_hand.Momentum(net, RATE)
    before, after, sizes = [], [], []

    def watch(step, loss):
        for layer, at in ((net[0], 0), (net[0], 1), (net[1], 0)):  # no biases
            value, gradient = layer.values[at], layer.gradients[at]
            gradient += 2 * cure.get("l2", 0) * value
            gradient += cure.get("l1", 0) * np.sign(value)
        pairs = [g for _, g in optimizer.pairs()]
        norm = np.sqrt(sum((g**2).sum() for g in pairs))
        before.append(norm)
        if not np.isfinite(norm):
            return True
        limit = cure.get("clip_norm", np.inf)
        for gradient in pairs:
            gradient *= min(1.0, limit / norm) if norm else 1.0
            if "clip_value" in cure:
                most = cure["clip_value"]
                np.clip(gradient, -most, most, out=gradient)
        after.append(np.sqrt(sum((g**2).sum() for g in pairs)))
        sizes.append(np.linalg.norm(net[0].values[1]) / UNITS**0.5)
        return False

    losses = by_hand.fit(
        net, optimizer, x, y, steps=setting["steps"],
        batch=cure.get("batch", 32), seed=setting["seed"], watch=watch,
    )  # fmt: skip
    finite = np.array(before)[np.isfinite(before)]
    passed = np.flatnonzero(finite > 10)
    return {
        "test_accuracy": by_hand.accuracy(net, test_x, test_y)[0],
        "train_loss": np.mean(losses[-20:]),
        "losses": by_hand.averaged(losses),
        "first_norm": finite[0],
        "largest_norm": finite.max(),
        "passed_10": int(passed[0]) + 1 if passed.size else None,
        "norms": before,
        "clipped_norms": after,
        "sizes": sizes,
    }


def length(setting):
    """Sequences of 8 to 20 rows in training; fewer and more in the test."""
    (x, y), (test_x, test_y) = _data(setting)
    random = np.random.default_rng([setting["seed"], 0])
    momentum = 0.9 if setting["norm"] == "batch, each step" else 0.99
    net = _network(
        random, x.shape[2], y.max() + 1, norm=setting["norm"],
        momentum=momentum,
    )  # fmt: skip
    optimizer, order = by_hand.Adam(net, 0.003), []
    for _ in range(setting["steps"]):
        if len(order) < 32:
            order = random.permutation(len(y))
        some, order = order[:32], order[32:]
        rows = chosen(random.integers(SHORTEST, LONGEST + 1))
        logits = by_hand.forward(net, x[some][:, rows])
        _, error = by_hand.cross_entropy(logits, y[some])
        by_hand.backward(net, error)
        for _, gradient in optimizer.pairs():
            gradient *= min(1.0, 1 / (np.linalg.norm(gradient) + 1e-12))
        optimizer.step()
    by_length = [
        by_hand.accuracy(net, test_x[:, chosen(count)], test_y)[0]
        for count in LENGTHS
    ]
    known = by_length[LENGTHS.index(LONGEST)]
    return {
        "accuracy_by_length": by_length,
        "accuracy_known": known,
        "accuracy_longer": by_length[-1],
        "loss_by_length": known - by_length[-1],
    }


def chosen(count, rows=32):
    """So many rows of an image, evenly spread."""
    return np.linspace(2, rows - 3, count).round().astype(int)

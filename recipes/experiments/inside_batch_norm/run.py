"""One look inside: each part is a function of the setting."""

import time

import numpy as np
from scipy import stats

from zoo.recipes.experiments.inside_batch_norm.design import (
    DEPTH,
    LOSS,
    SATURATED,
    UNITS,
)
from zoo.recipes.lab import by_hand
from zoo.recipes.lab.by_hand import Act, Dense, Momentum, Normalize

RATE = 0.02
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0}


def run(setting):
    parts = {
        "derivation": derivation,
        "inside": inside,
        "gain": gain,
        "equal loss": equal_loss,
        "test time": test_time,
        "whitening": whitening,
    }
    return parts[setting["part"]](setting)


def derivation(setting):
    """The formulas beside TensorFlow's automatic gradients, in float64."""
    import keras
    import tensorflow as tf

    random = np.random.default_rng([setting["seed"], 0])
    shape = setting["batch"], 16
    x, error = random.normal(1, 3, shape), random.normal(0, 1, shape)
    gamma, beta = random.normal(1, 0.5, 16), random.normal(0, 1, 16)
    own = Normalize(16, epsilon=1e-3)
    own.values[0][...], own.values[1][...] = gamma, beta
    found = [own.forward(x), own.backward(error), *own.gradients]
    layer = keras.layers.BatchNormalization(dtype="float64", epsilon=1e-3)
    layer.build(shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    inputs = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        outputs = layer(inputs, training=True)
        loss = tf.reduce_sum(outputs * error)
    expected = [
        outputs,
        *tape.gradient(loss, [inputs, layer.gamma.value, layer.beta.value]),
    ]
    names = ("output", "input_gradient", "gamma_gradient", "beta_gradient")
    misses = {
        f"{name}_miss": float(np.abs(a - np.asarray(b)).max())
        for name, a, b in zip(names, found, expected, strict=True)
    }
    # γ = σ and β = μ undo the normalization.
    own.values[0][...] = np.sqrt(x.var(axis=0) + own.epsilon)
    own.values[1][...] = x.mean(axis=0)
    undone = float(np.abs(own.forward(x) - x).max())
    return {**misses, "worst_miss": max(misses.values()), "undone": undone}


def network(name, norm, random, inputs, classes, depth=DEPTH, gain=1.0):
    """Dense layers named by what stands between them."""
    ghost = int(norm.split()[0]) if norm.endswith("at a time") else None
    variance = 2.0 if name == "relu" else 1.0
    net, width = [], inputs
    for _ in range(depth):
        weights = random.normal(size=(width, UNITS)) * (variance / width) ** 0.5
        net.append(Dense(gain * weights))
        if norm != "none":
            net.append(Normalize(UNITS, ghost=ghost))
        net.append(Act(name))
        width = UNITS
    last = random.normal(size=(width, classes)) * width**-0.5
    return [*net, Dense(last)]


def _data(setting):
    return by_hand.flat(setting, setting["images_per_class"])


def inside(setting):
    """Saturation, shift by a step and size of updates, layer by layer."""
    (x, y), (test_x, test_y) = _data(setting)
    random = np.random.default_rng([setting["seed"], 0])
    name = setting["activation"]
    net = network(name, setting["norm"], random, x.shape[1], y.max() + 1)
    optimizer = Momentum(net, RATE)
    acts = [layer for layer in net if isinstance(layer, Act)]
    denses = [layer for layer in net if isinstance(layer, Dense)]
    probe = x[:: max(1, len(x) // 256)][:256]  # of all classes
    shifts, updates, saturated = [], [], []

    def statistics():
        # The averages are put back: a look must not move them.
        norms = [layer for layer in net if isinstance(layer, Normalize)]
        kept = [(n.mean, n.variance) for n in norms]
        by_hand.forward(net, probe, training=True)
        for layer, (mean, variance) in zip(norms, kept, strict=True):
            layer.mean, layer.variance = mean, variance
        return [(a.x.mean(axis=0), a.x.std(axis=0) + 1e-12) for a in acts]

    def watch(step, loss):
        if step % 10:
            return
        updates.append(
            [
                RATE * np.linalg.norm(d.gradients[0])
                / np.linalg.norm(d.values[0])
                for d in denses
            ]
        )  # fmt: skip
        before = statistics()
        slopes = [a.slope(a.x, a.y) / STEEPEST[name] for a in acts]
        saturated.append([np.mean(s < SATURATED) for s in slopes])
        kept = [v.copy() for v, _ in optimizer.pairs()]
        moving = [m.copy() for m in optimizer.moving]
        optimizer.step()
        shifts.append(
            [
                np.mean(np.abs(m1 - m0) / s0 + np.abs(np.log(s1 / s0)))
                for (m0, s0), (m1, s1) in zip(before, statistics(), strict=True)
            ]
        )
        for (value, _), old in zip(optimizer.pairs(), kept, strict=True):
            value[...] = old
        for now, old in zip(optimizer.moving, moving, strict=True):
            now[...] = old

    losses = by_hand.fit(
        net, optimizer, x, y, steps=setting["steps"], seed=setting["seed"],
        watch=watch,
    )  # fmt: skip
    shift, update = np.mean(shifts, axis=0), np.mean(updates, axis=0)
    share = np.array(saturated)
    return {
        "test_accuracy": by_hand.accuracy(net, test_x, test_y)[0],
        "train_loss": np.mean(losses[-20:]),
        "shift_by_layer": shift,
        "shift": shift.mean(),
        "shift_order": stats.spearmanr(range(len(shift)), shift).statistic,
        "shift_ratio": shift[-1] / max(shift[0], 1e-12),
        "update_by_layer": update,
        "update_ratio": np.log10(max(update[0], 1e-30) / update[-2]),
        "saturated_by_layer": share.mean(axis=0),
        "saturated_curve": share.mean(axis=1),
        "saturated": share[-1].mean(),
        "saturated_start": share[0].mean(),
    }


def gain(setting):
    """Weights too small or too large by a factor."""
    (x, y), (test_x, test_y) = _data(setting)
    random = np.random.default_rng([setting["seed"], 0])
    net = network(
        "relu", setting["norm"], random, x.shape[1], y.max() + 1, 5,
        setting["gain"],
    )  # fmt: skip
    losses = by_hand.fit(
        net, Momentum(net, RATE), x, y, steps=setting["steps"],
        seed=setting["seed"],
    )  # fmt: skip
    accuracy, loss = by_hand.accuracy(net, test_x, test_y)
    return {
        "test_accuracy": accuracy,
        "test_loss": loss,
        "train_loss": np.mean(losses[-20:]),
    }


def equal_loss(setting, most=3000):
    """Trains until the loss of the training images as at inference is low."""
    (x, y), (test_x, test_y) = _data(setting)
    random = np.random.default_rng([setting["seed"], 0])
    net = network("relu", setting["norm"], random, x.shape[1], y.max() + 1, 3)

    def watch(step, loss):
        if step % 10 == 0 and step:
            return (by_hand.accuracy(net, x, y)[1] or 9) < LOSS
        return False

    losses = by_hand.fit(
        net, Momentum(net, RATE), x, y, steps=most, seed=setting["seed"],
        watch=watch,
    )  # fmt: skip
    fitted, fitted_loss = by_hand.accuracy(net, x, y)
    accuracy, loss = by_hand.accuracy(net, test_x, test_y)
    return {
        "steps": len(losses),
        "fitted_accuracy": fitted,
        "fitted_loss": fitted_loss,
        "test_accuracy": accuracy,
        "test_loss": loss,
        "gap": loss - fitted_loss if loss and fitted_loss else None,
    }


def test_time(setting):
    """Answers by averages and by the statistics of batches."""
    (x, y), (test_x, test_y) = _data(setting)
    random = np.random.default_rng([setting["seed"], 0])
    net = network("relu", "batch norm", random, x.shape[1], y.max() + 1, 3)
    optimizer = Momentum(net, 0.1)

    def watch(step, loss):
        optimizer.rate = 0.1 * (1 - step / setting["steps"])

    by_hand.fit(
        net, optimizer, x, y, steps=setting["steps"], seed=setting["seed"],
        watch=watch,
    )  # fmt: skip

    def right(order, size):
        answers = [
            by_hand.forward(net, test_x[some], training=True).argmax(axis=1)
            for some in np.split(order, range(size, len(order), size))
        ]
        return np.mean(np.concatenate(answers) == test_y[order])

    row = {"accuracy_averages": by_hand.accuracy(net, test_x, test_y)[0]}
    order = random.permutation(len(test_y))
    for size in (2, 4, 16, 64, 250):
        row[f"accuracy_{size}"] = right(order, size)
    by_class = order[np.argsort(test_y[order], kind="stable")]
    row["accuracy_class"] = right(by_class, 20)
    return row


def whitening(setting, times=5):
    """Processor time of a forward and backward pass."""
    import keras
    import tensorflow as tf

    from zoo import layers

    width, way = setting["width"], setting["way"]
    if way == "batch norm":
        layer = layers.BatchNorm()
    else:
        group = 16 if "16" in way else width
        layer = layers.DecorrelatedBatchNorm(group)
    x = keras.random.normal((32, 8, 8, width), seed=setting["seed"])
    layer.build(x.shape)

    @tf.function(jit_compile=False, autograph=False)
    def step(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(layer(x, training=True) ** 2)
        return tape.gradient(loss, x)

    step(x)
    seconds = []
    for _ in range(times):
        begun = time.process_time()
        step(x).numpy()
        seconds.append(time.process_time() - begun)
    return {"milliseconds": 1000 * min(seconds)}

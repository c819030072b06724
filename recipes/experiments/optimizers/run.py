"""One training, or one optimizer's best path over a surface."""

import keras
import numpy as np
import tensorflow as tf

from zoo.recipes.experiments.optimizers.design import (
    LEFT,
    OPTIMIZERS,
    SURFACE_RATES,
    SURFACES,
    height,
)
from zoo.recipes.lab import networks, runs

DECAYS = {  # arguments of decoupled weight decay
    "AdamW": ("weight_decay",),
    "Lion": ("weight_decay",),
    "Muon": ("weight_decay", "adam_weight_decay"),
}
DECAY = 0.05  # normalized, as Loshchilov and Hutter 2017 have it


def run(setting):
    kind, options, rate = OPTIMIZERS[setting["optimizer"]]
    if setting["what"] != "training":
        options = options | decays(setting["optimizer"], 0.0)
        first = (len(SURFACE_RATES) - setting["rates"] + 1) // 2
        rates = SURFACE_RATES[first : first + setting["rates"]]
        return best_path(setting, kind, options, rates)
    return fitted(setting, kind, options, rate * setting["multiple"])


def fitted(setting, kind, options, rate):
    data = runs.load(setting, batch_size=32)
    # Share of the weights taken in each step; Keras multiplies by the rate.
    taken = DECAY / (data.steps * setting["epochs"]) ** 0.5
    options = options | decays(setting["optimizer"], taken / rate)
    row = runs.train(
        networks.mlp(data, units=64),
        data,
        epochs=setting["epochs"],
        optimizer=getattr(keras.optimizers, kind)(rate, **options),
        evaluate_training=True,
    )
    return row | {"rate": rate, "steps": data.steps}


def decays(name, value):
    """Arguments that set the optimizer's decoupled weight decay.

    Keras's own, 0.004 times the rate, would do nothing here.
    """
    return dict.fromkeys(DECAYS.get(name, ()), value)


def best_path(setting, kind, options, rates):
    """The row of the rate whose path is lowest on average.

    The seed moves the start a little.
    Not the path that ends lowest: many end in the same minimum, and rounding
    would choose between them.
    """
    surface = setting["what"]
    noise = np.random.default_rng(setting["seed"]).uniform(0.9, 1.1, 2)
    start = np.array(SURFACES[surface]) * noise
    best = None
    for rate in rates:
        optimizer = getattr(keras.optimizers, kind)(rate, **options)
        points = path(optimizer, surface, start, setting["steps"])
        with np.errstate(all="ignore"):  # of a path that diverges
            mean = np.mean(height(surface, *points.T))
        if np.isfinite(mean) and (best is None or mean < best["mean_height"]):
            best = {
                "mean_height": mean,
                "height": height(surface, *points[-1]),
                "rate": rate,
                "x": points[:, 0],
                "y": points[:, 1],
            }
    if best is not None and surface == "saddle":
        away = np.abs(best["y"]) > LEFT
        best["steps_left"] = int(away.argmax()) if away.any() else len(away)
    return best or {"mean_height": None}


def path(optimizer, surface, start, steps):
    x = keras.Variable(start[:1].reshape(1, 1), dtype="float32")
    y = keras.Variable(start[1:].reshape(1, 1), dtype="float32")
    optimizer.build([x, y])

    @tf.function(autograph=False)
    def step():
        with tf.GradientTape() as tape:
            value = tf.reduce_sum(height(surface, x.value, y.value))
        gradients = tape.gradient(value, [x.value, y.value])
        optimizer.apply(gradients, [x, y])

    points = [start]
    for _ in range(steps):
        step()
        points.append([float(x.numpy().item()), float(y.numpy().item())])
    return np.array(points)

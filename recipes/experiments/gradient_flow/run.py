"""One training, and its gradients beside the chain rule's."""

import keras
import numpy as np

from zoo import callbacks
from zoo.recipes.experiments.gradient_flow.design import (
    HE,
    MADE_FOR,
    OLD,
    RATE,
    UNITS,
    plan,
)
from zoo.recipes.lab import networks, runs

FLOOR = 1e-17  # below it the square of a float32 begins to vanish


def run(setting):
    chosen = plan(setting)
    data = runs.load(setting, batch_size=chosen.get("batch_size", 32))
    name, way = chosen["activation"], chosen.get("way", "plain")
    model = networks.mlp(
        data,
        depth=chosen["depth"],
        units=UNITS,
        activation=name,
        norm="batch_norm" if way == "batch norm" else "none",
        initializer=initializer(chosen),
        regularizer=keras.regularizers.L1L2(chosen.get("l1"), chosen.get("l2")),
        skip=way == "skip",
    )
    predicted = chain_rule(model, data, chosen)
    monitor, losses = callbacks.GradientMonitor(), []
    clips = {k: v for k, v in chosen.items() if "clip" in k}
    row = runs.train(
        model,
        data,
        epochs=setting["epochs"] + 1,
        optimizer=keras.optimizers.SGD(RATE, momentum=0.9, **clips),
        callbacks=[
            keras.callbacks.LearningRateScheduler(
                lambda epoch, _: RATE if epoch else 0.0
            ),
            keras.callbacks.LambdaCallback(
                on_train_batch_end=lambda _, logs: losses.append(logs["loss"])
            ),
            monitor,
        ],
    )
    first = monitor.history[0]
    depth, norms = chosen["depth"], first["variables"]
    offset = "norm{}/beta" if "norm1/beta" in norms else "dense{}/bias"
    at = range(1, depth + 1)
    errors = [norms[offset.format(i)]["norm"] for i in at]
    kernels = [norms[f"dense{i}/kernel"]["norm"] for i in at]
    bad = np.flatnonzero(~np.isfinite(losses))
    row |= {
        "errors": errors,
        "kernels": kernels,
        "first_kernel": kernels[0],
        "gradient": first["grad_norm"],
        "factor": factor(errors),
        "kernel_factor": factor(kernels[1:]),
        "losses": losses[data.steps :][:20],
        "steps_to_nan": max(0, bad[0] - data.steps + 1) if bad.size else None,
        "broken": not all(np.isfinite(w).all() for w in model.get_weights()),
    }
    if predicted is not None:
        seen = depth - len(readable(errors))
        if row["factor"] is not None:
            row["forecast"] = np.exp(np.mean(np.log(predicted[seen:])))
        row["forecasts"] = [
            errors[-1] * np.prod(predicted[i:]) for i in range(depth)
        ]
    return row


def initializer(chosen):
    """The kernels' initializer; without a gain or a way, uniform ±1/√fan_in."""
    if "gain" in chosen:
        return keras.initializers.VarianceScaling(
            HE * chosen["gain"] ** 2, "fan_in", "normal"
        )
    if chosen.get("way") == "initialization":
        return keras.initializers.VarianceScaling(
            MADE_FOR[chosen["activation"]], "fan_in", "normal"
        )
    return keras.initializers.VarianceScaling(OLD, "fan_in", "uniform")


def chain_rule(model, data, chosen):
    """The factors of the error from layer i + 1 to layer i, for i = 1, 2, …

    Each is the root mean square of the slopes times the factor by which the
    weights lengthen a random vector. None with shortcuts or batch norm.
    """
    if chosen.get("way", "plain") in ("skip", "batch norm"):
        return None
    slope = {
        "sigmoid": lambda y: y * (1 - y),
        "tanh": lambda y: 1 - y**2,
        "relu": lambda y: y > 0,
    }[chosen["activation"]]
    images, _ = runs.probe(data)
    outputs = list(runs.outputs(model, images).values())[:-1]
    return [
        np.sqrt(np.mean(np.square(slope(y), dtype="float64")) / UNITS)
        * np.linalg.norm(model.get_layer(f"dense{i}").kernel)
        for i, y in enumerate(outputs, 2)
    ]


def readable(norms):
    """The norms after the last one that is too small or no number."""
    start = len(norms)
    while start and (norms[start - 1] or 0) > FLOOR:
        start -= 1
    return norms[start:]


def factor(norms):
    """The mean factor of a norm from one layer to the layer before it."""
    left = readable(norms)
    if len(left) < 2:
        return None
    return (left[0] / left[-1]) ** (1 / (len(left) - 1))

"""One training with one normalizer."""

import keras
import numpy as np

from zoo import layers
from zoo.recipes.experiments.batch_norm import noise
from zoo.recipes.experiments.batch_norm.design import GAINS
from zoo.recipes.lab import networks, runs


def normalizer(name):
    options = {"momentum": 0.9, "epsilon": 1e-5}
    if name in GAINS:
        center, scale = GAINS[name]
        return lambda: layers.BatchNorm(center=center, scale=scale, **options)
    if name.endswith("at a time"):
        size = int(name.split()[0])
        return lambda: noise.GhostBatchNorm(size, **options)
    return {
        "none": "none",
        "batch norm": "batch_norm",
        "noisy batch norm": lambda: noise.NoisyBatchNorm(**options),
        "whitening": lambda: layers.DecorrelatedBatchNorm(8, momentum=0.9),
        "Newton whitening": lambda: layers.IterativeNorm(8, momentum=0.9),
    }[name]


def run(setting):
    name = setting["norm"]
    data = runs.load(setting, batch_size=32)
    model = networks.cnn(
        data,
        depth=setting["depth"],
        filters=(8, 16),
        activation=setting["activation"],
        norm=normalizer(name),
        initializer="glorot_normal"
        if setting["activation"] == "sigmoid"
        else "he_normal",
    )
    images, labels = runs.probe(data)
    monitor = noise.NoisyActivationMonitor(images)
    row = runs.train(
        model,
        data,
        epochs=setting["epochs"],
        optimizer=keras.optimizers.SGD(float(setting["rate"])),
        callbacks=[monitor],
        evaluate_training=True,
    )
    inputs = "conv" if name == "none" else "norm"
    history = [record["layers"] for record in monitor.history]
    watched = [key for key in history[0] if key.startswith(inputs)]
    means, stds, *quantiles = (
        np.array([[layers[key][what] for key in watched] for layers in history])
        for what in ("mean", "std", "q05", "q50", "q95")
    )
    if len(history) > 1 and np.all(stds > 0):
        moves = abs(np.diff(means, axis=0)) / stds[:-1]
        moves += abs(np.diff(np.log(stds), axis=0))
        row["shift"] = moves.mean()
    row |= {
        "first_accuracy": row["test_accuracy_curve"][0],
        "epochs_to_90": runs.epochs_to(row["test_accuracy_curve"], 0.9),
        "gap": row["test_loss"] - row["fitted_loss"],
        **{
            f"last_{what}_curve": values[:, -1]
            for what, values in zip(
                ("q05", "q50", "q95"), quantiles, strict=True
            )
        },
    }
    for what in ("gamma", "beta"):
        learned = [
            np.asarray(getattr(layer, what))
            for layer in model.layers
            if getattr(layer, what, None) is not None
        ]
        if learned:
            row[what] = np.mean(np.concatenate(learned))
            row[f"{what}_std"] = np.std(np.concatenate(learned))
    if name == "batch norm" and not row["diverged"]:
        row |= by_batch(model, images, labels)
    return row


def by_batch(model, images, labels):
    """Accuracy with each batch's own statistics, of the same images."""
    start = model.get_weights()  # with the moving averages

    def accuracy(order, size):
        right = [
            np.argmax(model(images[some], training=True), -1) == labels[some]
            for some in np.split(order, range(size, len(order), size))
        ]
        model.set_weights(start)
        return np.mean(np.concatenate(right))

    order = np.arange(len(images))
    row = {f"accuracy_of_{size}": accuracy(order, size) for size in (4, 16, 64)}
    row["accuracy_of_a_class"] = accuracy(np.argsort(labels, kind="stable"), 16)
    averaged = np.argmax(model(images, training=False), -1) == labels
    return row | {"accuracy_of_averages": np.mean(averaged)}

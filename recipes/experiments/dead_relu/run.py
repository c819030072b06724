"""One training, and which units are silent before and after."""

import keras
import numpy as np
import tensorflow as tf

from zoo import callbacks
from zoo.recipes.experiments.dead_relu.design import GLOROT, REMEDIES
from zoo.recipes.lab import networks, runs
from zoo.training import loop


def run(setting):
    activation, norm, variance = REMEDIES[setting["remedy"]]
    data = runs.load(setting, batch_size=32)
    model = networks.mlp(
        data,
        activation=activation,
        norm=norm,
        initializer=keras.initializers.VarianceScaling(
            variance, "fan_avg" if variance == GLOROT else "fan_in"
        ),
    )
    images, labels = runs.training_images(data)
    monitor = callbacks.DeadReLUMonitor(images)
    before = silent(model, images)
    row = runs.train(
        model,
        data,
        epochs=setting["epochs"],
        optimizer="adam",
        learning_rate=setting["rate"],
        callbacks=[monitor],
    )
    row["dead_curve"] = [record["dead_relu"] for record in monitor.history]
    row["silent_before"] = share(before)
    if row["diverged"]:
        row["dead_curve"].pop()  # of weights that are no numbers
        return row
    after = silent(model, images)
    row |= {"dead": row["dead_curve"][-1], "silent": share(after)}
    row |= gradients(model, images, labels, after)
    done = setting["epochs"]
    loop.fit(model, data, done + 1, first_epoch=done)
    later = silent(model, images)
    if row["silent"]:
        kept = sum((a & b).sum() for a, b in zip(after, later, strict=True))
        row["revived"] = 1 - kept / sum(a.sum() for a in after)
    return row


def silent(model, images):
    """For each hidden layer which units are never above 0."""
    values = runs.outputs(model, images).values()
    return [(value <= 0).all(axis=0) for value in values]


def share(masks):
    return sum(m.sum() for m in masks) / sum(m.size for m in masks)


def gradients(model, images, labels, masks):
    """The loss's gradient over all images, of silent and of other units."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    kernels = [
        model.get_layer(f"dense{i + 1}").kernel for i in range(len(masks))
    ]
    with tf.GradientTape() as tape:
        value = loss(labels, model(images, training=False))
    norms = [
        np.linalg.norm(np.asarray(gradient), axis=0)
        for gradient in tape.gradient(value, [k.value for k in kernels])
    ]
    quiet, others = (
        np.concatenate([n[m == s] for n, m in zip(norms, masks, strict=True)])
        for s in (True, False)
    )
    row = {"gradient_others": np.median(others) if others.size else None}
    if quiet.size:
        row["gradient_silent"] = quiet.max()
        row["gradient_silent_least"] = quiet.min()
    return row

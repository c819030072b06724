"""Trainings small enough to repeat by hand, with GradientTape."""

import keras
import numpy as np
import tensorflow as tf

STEPS, BATCH = 4, 8
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(STEPS * BATCH, 6)).astype("float32")
    return x, rng.integers(0, 3, len(x))


def fit(model, callbacks=(), epochs=1, **kwargs):
    x, y = data()
    return model.fit(
        x,
        y,
        batch_size=BATCH,
        epochs=epochs,
        shuffle=False,
        verbose=0,
        callbacks=list(callbacks),
        **kwargs,
    )


def train_by_hand(model, optimizer):
    """Train one epoch of `fit`.

    Returns:
        [{path: gradient, unscaled} of each step] and [{path: weight} before
        the first step and after each].
    """
    model(data()[0][:BATCH])
    variables = model.trainable_variables
    paths = [v.path for v in variables]

    def step(x, y):
        scale = tf.convert_to_tensor(optimizer.scale_loss(1.0))
        with tf.GradientTape() as tape:
            value = LOSS(y, model(x, training=True))
            value += sum(model.losses) if model.losses else 0
            value *= scale
        grads = tape.gradient(value, variables)
        optimizer.apply(grads, variables)
        return [
            None if g is None else tf.convert_to_tensor(g) / scale
            for g in grads
        ]

    def weights():
        return {p: v.numpy() for p, v in zip(paths, variables, strict=True)}

    if type(optimizer).__name__ == "ScheduleFreeAdamW":  # not in Keras 3.12
        # Built inside the graph, as `fit` does it, this is part of each step.
        step = tf.function(step, autograph=False)
    x, y = data()
    steps, trace = [], [weights()]
    for i in range(0, len(x), BATCH):
        grads = step(x[i : i + BATCH], y[i : i + BATCH])
        steps.append(dict(zip(paths, grads, strict=True)))
        trace.append(weights())
    return steps, trace


def norms(steps):
    """{path: norms over steps}, and those of all variables together."""
    each = {
        path: [
            np.nan if s[path] is None else np.linalg.norm(s[path].numpy())
            for s in steps
        ]
        for path in steps[0]
    }
    total = np.sqrt(np.nansum(np.square(list(each.values())), axis=0))
    return each, total

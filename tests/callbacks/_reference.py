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


def gradients_by_hand(model, optimizer, loss=LOSS):
    """Train one epoch of `fit`; [{path: gradient, unscaled} of each step]."""
    model(data()[0][:BATCH])
    variables = model.trainable_variables

    # Built inside the graph as `fit` does it, for ScheduleFreeAdamW's build
    # becomes part of each step.
    @tf.function(autograph=False)
    def step(x, y):
        scale = tf.convert_to_tensor(optimizer.scale_loss(1.0))
        with tf.GradientTape() as tape:
            value = loss(y, model(x, training=True))
            value += sum(model.losses) if model.losses else 0
            value *= scale
        grads = tape.gradient(value, variables)
        optimizer.apply(grads, variables)
        return [
            None if g is None else tf.convert_to_tensor(g) / scale
            for g in grads
        ]

    x, y = data()
    paths = [v.path for v in variables]
    return [
        dict(zip(paths, step(x[i : i + BATCH], y[i : i + BATCH]), strict=True))
        for i in range(0, len(x), BATCH)
    ]


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

"""One training with one activation; what it costs by itself."""

import time

import keras
import numpy as np
import tensorflow as tf

from zoo import layers
from zoo.models import _names
from zoo.recipes.experiments.activations.design import INITIALIZERS, LEAKY
from zoo.recipes.lab import networks, runs

NUMBERS = 2**20


def run(setting):
    name = setting["activation"]
    data = runs.load(setting, batch_size=32)
    model = networks.cnn(
        data,
        depth=setting["depth"],
        filters=(8, 16, 32),
        activation=_constructor(name),
        pieces=2 if name == "maxout" else 1,
        initializer=INITIALIZERS.get(name, "he_normal"),
    )
    row = runs.train(
        model,
        data,
        epochs=setting["epochs"],
        learning_rate=0.001,
        evaluate_training=True,
    )
    images, labels = runs.probe(data, 1000)
    values = runs.outputs(model, images)
    row |= {
        "epochs_to_90": runs.epochs_to(row["test_accuracy_curve"], 0.9),
        "loss_gap": row["test_loss"] - row["fitted_loss"],
        "zeros": np.mean([np.mean(v == 0) for v in values.values()]),
        "layer_means": [np.mean(v) for v in values.values()],
        "layer_stds": [np.std(v) for v in values.values()],
    }
    row["mean"] = np.mean(row["layer_means"])
    row["distance_from_0"] = np.mean(np.abs(row["layer_means"]))
    row |= _cost(name, setting["times"])
    if name == "prelu":
        row["slopes"] = [
            np.mean(layer.alpha)
            for layer in model.layers
            if layer.name.startswith("act")
        ]
    if name == "rrelu":  # with random slopes, as in training
        noisy = keras.ops.argmax(model(images, training=True), axis=-1)
        row["noisy_accuracy"] = np.mean(np.asarray(noisy) == labels)
    return row


def _constructor(name):
    if name in LEAKY:
        return lambda: keras.layers.LeakyReLU(negative_slope=LEAKY[name])
    return "relu" if name == "maxout" else name  # maxout is built by `pieces`


def _cost(name, times):
    """Milliseconds of processor time for 2²⁰ outputs, and with gradient."""
    if name == "maxout":
        layer, width = layers.Maxout(64), 128
    else:
        layer, width = _names.activation(_constructor(name))(), 64
    x = keras.random.normal((NUMBERS // 64, width), seed=0)
    layer.build(x.shape)

    @tf.function(jit_compile=False, autograph=False)
    def forward(x):
        return layer(x, training=True)

    @tf.function(jit_compile=False, autograph=False)
    def both(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=True)
        return tape.gradient(y, x)

    row = {}
    for what, function in (("forward", forward), ("both", both)):
        seconds = []
        for _ in range(times):
            begun = time.process_time()
            function(x).numpy()
            seconds.append(time.process_time() - begun)
        row[f"milliseconds_{what}"] = 1000 * min(seconds)
    return row

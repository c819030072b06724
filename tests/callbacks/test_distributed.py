"""Two replicas on two logical CPUs; a process of its own, for TensorFlow
takes such settings only before it starts."""

import subprocess
import sys

SCRIPT = """
import numpy as np
import tensorflow as tf

tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0],
    [tf.config.LogicalDeviceConfiguration()] * 2,
)
import keras
from callbacks import DeadReLUMonitor, GradientMonitor

x = np.random.default_rng(0).normal(size=(32, 6)).astype("float32")
y = np.arange(32) % 3
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def build():
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, "relu", name="hidden"),
            keras.layers.Dense(3),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01, **OPTIONS), LOSS)
    return model


def train(callbacks):
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    with strategy.scope():
        model = build()
    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
    model.fit(data, epochs=2, verbose=0, callbacks=callbacks)
    return model


for OPTIONS in ({}, {"global_clipnorm": 0.1}):
    monitor = GradientMonitor(update_ratio=True)
    units = DeadReLUMonitor()
    clipped = GradientMonitor(every=2, after_clipping=True)
    model = train([monitor, units, clipped])
    for a, b in zip(model.variables, train([]).variables, strict=True):
        np.testing.assert_array_equal(a.numpy(), b.numpy())

    alone = build()
    for epoch in range(2):
        norms = []
        for i in range(0, 32, 8):
            variables = alone.trainable_variables
            with tf.GradientTape() as tape:
                loss = LOSS(y[i : i + 8], alone(x[i : i + 8], training=True))
            grads = tape.gradient(loss, variables)
            norms.append(float(tf.linalg.global_norm(grads)))
            if OPTIONS:
                # Keras clips in each replica, before it sums them.
                break
            alone.optimizer.apply(grads, variables)
        record = monitor.history[epoch]
        if not OPTIONS:
            np.testing.assert_allclose(
                record["grad_norm"], np.mean(norms), rtol=1e-5
            )
            np.testing.assert_allclose(
                record["grad_norm_max"], np.max(norms), rtol=1e-5
            )
        entry = record["variables"][model.layers[0].kernel.path]
        assert 0 < entry["update_ratio"] < 0.2, entry
        assert clipped.history[epoch]["grad_norm"] > 0
        if OPTIONS:
            assert clipped.history[epoch]["grad_norm"] <= 0.2 + 1e-6
    sites = units.history[-1]["sites"]
    (site,) = sites.values()
    # The sample holds what the first replica saw: the first halves.
    seen = x.reshape(4, 2, 4, 6)[:, 0].reshape(-1, 6)
    active = np.maximum(seen @ model.layers[0].kernel.numpy()
                        + model.layers[0].bias.numpy(), 0) > 0
    np.testing.assert_allclose(site["active"], active.mean(), 1e-5)
print("checked")
"""


def test_mirrored_strategy():
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "checked" in result.stdout, result.stderr[-3000:]

"""Two replicas on two logical CPUs; a process of its own, for TensorFlow
takes such settings only before it starts."""

import subprocess
import sys

import pytest

START = """
import numpy as np
import tensorflow as tf

tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0],
    [tf.config.LogicalDeviceConfiguration()] * 2,
)
import keras

x = np.random.default_rng(0).normal(size=(32, 6)).astype("float32")
y = np.arange(32) % 3
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
"""

GRADIENTS = """
from zoo.callbacks import DeadReLUMonitor, GradientMonitor, TrainingDoctor

CLIP = 0.1


def build(**options):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(5, "relu", name="hidden"),
            keras.layers.Dense(3),
        ]
    )
    model.compile(keras.optimizers.Adam(0.01, **options), LOSS)
    return model


def train(callbacks):
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    with strategy.scope():
        model = build(global_clipnorm=CLIP)
    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
    model.fit(data, epochs=2, verbose=0, callbacks=callbacks)
    return model


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-5)


monitor = GradientMonitor(update_ratio=True)
units = DeadReLUMonitor()
clipped = GradientMonitor(every=2, after_clipping=True)
doctor = TrainingDoctor(on_issue=print, each_epoch=True)
model = train([monitor, units, clipped, doctor])
for a, b in zip(model.variables, train([]).variables, strict=True):
    np.testing.assert_array_equal(a.numpy(), b.numpy())

alone = build()
variables = alone.trainable_variables
kernel = variables[0]
for epoch in range(2):
    norms, clipped_norms, ratios = [], [], []
    for i in range(0, 32, 8):
        # Keras clips in each replica, before it sums them.
        grads = []
        for half in (slice(i, i + 4), slice(i + 4, i + 8)):
            with tf.GradientTape() as tape:
                loss = LOSS(y[half], alone(x[half], training=True)) / 2
            grads.append(tape.gradient(loss, variables))
        cut = [tf.clip_by_global_norm(g, CLIP)[0] for g in grads]
        grads, cut = ([a + b for a, b in zip(*both)] for both in (grads, cut))
        norms.append(tf.linalg.global_norm(grads))
        clipped_norms.append(tf.linalg.global_norm(cut))
        before = kernel.numpy()
        alone.optimizer.apply(cut, variables)
        after = kernel.numpy()
        ratios.append(np.linalg.norm(after - before) / np.linalg.norm(before))
    record = monitor.history[epoch]
    close(record["grad_norm"], np.mean(norms))
    close(record["grad_norm_max"], np.max(norms))
    close(clipped.history[epoch]["grad_norm"], np.mean(clipped_norms[::2]))
    entry = record["variables"][model.layers[0].kernel.path]
    np.testing.assert_allclose(entry["update_ratio"], np.mean(ratios), 1e-4)
    seen = doctor.history[epoch]["gradients"]
    assert seen["grad_norm"] == record["grad_norm"]
(site,) = units.history[-1]["sites"].values()
assert doctor.history[-1]["units"]["sites"] == units.history[-1]["sites"]
# The sample holds what the first replica saw: the first halves.
seen = x.reshape(4, 2, 4, 6)[:, 0].reshape(-1, 6)
close(site["active"], (model.layers[0](seen).numpy() > 0).mean())
print("checked")
"""


SCALARS = """
from zoo import layers
from zoo.callbacks import TrainingDoctor

normalization = keras.layers.Normalization()
normalization.adapt(x)
strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
with strategy.scope():
    model = keras.Sequential(
        [
            keras.Input((6,)),
            normalization,
            keras.layers.Dense(5, "relu"),
            layers.BatchRenorm(),
            keras.layers.Dense(3, name="top"),
        ]
    )
    model.compile("sgd", LOSS)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
doctor = TrainingDoctor(on_issue=print)
model.fit(data, verbose=0, callbacks=[doctor])
weights = doctor.history[0]["weights"]
assert [path.split("/")[-1] for path in weights] == ["kernel"] * 2
norms = [float(np.linalg.norm(v)) for v in model.get_weights() if v.ndim == 2]
found = [entry["norm"] for entry in weights.values()]
np.testing.assert_allclose(found, norms, rtol=1e-5)
print("checked")
"""


# Two strategies of one process would wait for each other's reductions.
@pytest.mark.program
@pytest.mark.parametrize(
    "script", [GRADIENTS, SCALARS], ids=["gradients", "scalar weights"]
)
def test_mirrored_strategy(script):
    result = subprocess.run(
        [sys.executable, "-c", START + script],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "checked" in result.stdout, result.stderr[-3000:]

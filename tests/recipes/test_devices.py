"""Several devices train what one trains.

TensorFlow divides its processor before it starts, so that what compares
devices runs in one process of its own.
"""

import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

from zoo.training import TrainConfig, UserError, devices, run_found

ROOT = pathlib.Path(__file__).parents[2]
CHILD = """
import tensorflow as tf

tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0],
    [tf.config.LogicalDeviceConfiguration()] * 4,
)
import json
import keras
import numpy as np
from zoo import layers
from zoo.training import _tf_fit, _tf_shards, data, devices, given, loop

random = np.random.default_rng(0)
labels = np.arange(29) % 2
pixels = random.integers(0, 200, (29, 4, 4, 3))
pixels += 40 * labels[:, None, None, None]
raw = given.source((pixels, labels)).raw
data.HELD_OUT_BATCH = 4  # 5 held-out images: the last batch is short
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def on(count):
    return devices.start(count)


def images(count, size=11):
    return data.load(
        raw, batch_size=size, image_size=(4, 4), resize="stretch",
        augment="none", replicas=count,
    )


def network(*normalizers):
    keras.utils.set_random_seed(0)
    image = x = keras.Input((4, 4, 3))
    x = layers.WeightNorm(layers.Conv2D(4, 3))(x)
    for normalizer in normalizers:
        x = layers.Conv2D(4, 1)(normalizer(x))
    x = keras.layers.GlobalAveragePooling2D()(keras.layers.ReLU()(x))
    return keras.Model(image, keras.layers.Dense(2)(x))


def every(synchronized):
    options = {"synchronized": synchronized}
    return [
        layers.BatchNorm(momentum=0.5, **options),
        layers.BatchRenorm(momentum=0.5, ramp_start=0, **options),
        layers.MeanOnlyBatchNorm(momentum=0.5, **options),
        layers.DecorrelatedBatchNorm(2, momentum=0.5, **options),
        layers.IterativeNorm(2, momentum=0.5, **options),
        layers.LayerNorm(),
        layers.FilterResponseNorm(),
        keras.layers.GroupNormalization(2),
    ]


def train(count, make, epochs=2, size=11, **options):
    found = on(count)
    with found.scope():
        model = make()
        model.compile(
            keras.optimizers.SGD(0.05, momentum=0.9, **options),
            LOSS, metrics=["accuracy"],
        )
    done = loop.fit(model, images(count, size), epochs, devices=found)
    return [epoch.metrics for epoch in done], model


def close(name, some, others, tolerance=2e-4):
    for a, b in zip(some, others, strict=True):
        np.testing.assert_allclose(a, b, tolerance, tolerance, err_msg=name)


def rows(metrics):
    return [list(row.values()) for row in metrics]


alone, model = train(1, lambda: network(*every(True)))
for count in (2, 4):
    shared, other = train(count, lambda: network(*every(True)))
    close(f"metrics on {count}", rows(shared), rows(alone))
    weights = other.get_weights()
    close(f"weights on {count}", weights, model.get_weights())
print("synchronized: checked", flush=True)

# By default each device normalizes by its own images, and clipping is of the
# sum over the devices.
batches = list(images(1, 12).train(0, 1))
local, model = train(
    2, lambda: network(*every(False)[:1]), 1, 12, global_clipnorm=0.05
)
reference = network(*every(False)[:1])
optimizer = keras.optimizers.SGD(0.05, momentum=0.9, global_clipnorm=0.05)
statistics = reference.non_trainable_variables[:2]
copies = [[v.numpy() for v in statistics] for _ in range(2)]
for x, y in batches:
    parts = []
    for i in range(2):
        for variable, value in zip(statistics, copies[i]):
            variable.assign(value)
        half = slice(6 * i, 6 * i + 6)
        with tf.GradientTape() as tape:
            loss = LOSS(y[half], reference(x[half], training=True)) / 2
        parts.append(tape.gradient(loss, reference.trainable_variables))
        copies[i] = [v.numpy() for v in statistics]
    sums = [a + b for a, b in zip(*parts)]
    optimizer.apply(sums, reference.trainable_variables)
for variable, *both in zip(statistics, *copies):
    variable.assign(sum(both) / 2)
close("local", model.get_weights(), reference.get_weights())
print("local: checked", flush=True)

# Each image goes to one device.
for count in (2, 4):
    numbers = tf.data.Dataset.range(11).batch(5)
    numbers = numbers.take(2).map(lambda x: (x, x))
    parts = [
        [part.numpy().tolist() for part in x.values]
        for x, _ in _tf_shards.distribute(numbers, on(count))
    ]
    flat = [n for batch in parts for part in batch for n in part]
    assert flat == list(range(10)), parts
    assert all(part for batch in parts for part in batch), parts
print("images: checked", flush=True)

# Dropout draws for each device what no other draws; the first keeps its seed.
with on(2).scope():
    model = keras.Sequential([keras.Input((1000,)), keras.layers.Dropout(0.5)])
before = [seed.numpy().tolist() for seed in model.variables]
_tf_fit.spread_seeds(model, on(2))
assert [seed.numpy().tolist() for seed in model.variables] == before
ones = tf.ones((1, 1000))
drawn = on(2).strategy.run(lambda: model(ones, training=True)).values
assert not np.array_equal(*drawn)
print("seeds: checked", flush=True)
"""


@pytest.fixture(scope="module")
def told():
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        timeout=900,
    )
    return child.stdout + child.stderr[-3000:]


@pytest.mark.program
@pytest.mark.parametrize("what", ["synchronized", "local", "images", "seeds"])
def test_devices_train_what_one_trains(told, what):
    assert f"{what}: checked" in told, told


def tf_config(index=0, kind="worker", **cluster):
    cluster = cluster or {"worker": ["a:1", "b:1"]}
    task = {"type": kind, "index": index}
    return {"TF_CONFIG": json.dumps({"cluster": cluster, "task": task})}


def test_role():
    role = devices.role(None, {})
    assert (role.workers, role.worker, role.is_chief) == (1, 0, True)
    role = devices.role(None, tf_config(1))
    assert (role.workers, role.worker, role.is_chief) == (2, 1, False)
    assert role.address == "a:1"
    both = {"chief": ["a:1"], "worker": ["b:1"]}
    assert devices.role(None, tf_config(0, **both)).worker == 1
    assert devices.role(None, tf_config(0, "chief", **both)).is_chief
    assert devices.role(None, tf_config(worker=["a:1"])).workers == 1
    slurm = {"SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "3"}
    assert devices.role("all", slurm).worker == 3
    assert devices.role(None, slurm).workers == 1  # a training of its own


@pytest.mark.parametrize(
    "environment",
    [
        {"TF_CONFIG": "no JSON"},
        {"TF_CONFIG": "[]"},
        tf_config(2),
        tf_config(0, "ps", ps=["a:1"], worker=["b:1"]),
    ],
)
def test_role_refuses(environment):
    with pytest.raises(UserError, match="TF_CONFIG"):
        devices.role(None, environment)


@pytest.mark.parametrize("value", ["0", "some", "1.5", 0, -1])
def test_devices_must_be_some(value):
    with pytest.raises(ValueError, match="devices"):
        TrainConfig(devices=value)


@pytest.mark.parametrize("value", ["all", "cpu", "2", 2, None])
def test_devices_may_be(value):
    expected = 2 if value == "2" else value
    assert TrainConfig(devices=value).devices == expected


@pytest.mark.parametrize(
    ("count", "most", "replicas"),
    [(5, 4, 4), (257, 256, 2), (256, 256, 4), (7, 256, 7), (1000, 256, 8)],
)
def test_no_device_is_left_without_images(count, most, replicas):
    from zoo.training import _tf_shards

    size = _tf_shards.batch_size(count, most, replicas)
    *full, last = np.diff([*range(0, count, size), count])
    assert last >= replicas
    assert all(size >= replicas for size in full)


def test_a_run_can_be_gone_on_with_once_its_options_are_kept(tmp_path):
    assert not run_found.has_begun(tmp_path)
    (tmp_path / "run.lock").touch()
    assert not run_found.has_begun(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    assert run_found.has_begun(tmp_path)


def test_what_devices_cannot_do_is_refused():
    from zoo.training import together

    several = devices.Devices(2, strategy=object())
    config = TrainConfig(model="lenet5", accumulate=2)
    with pytest.raises(UserError, match="--accumulate=2"):
        together.check(config, several)
    config = TrainConfig(model="lenet5", learning_rate="auto")
    with pytest.raises(UserError, match="--learning_rate=auto"):
        together.check(config, several)
    together.check(config, devices.Devices())


JAX = """
import math
from zoo import training
from zoo.training import data

data.HELD_OUT_BATCH = 64


def train(devices, **options):
    config = training.TrainConfig(
        model="lenet5_relu", dataset="digits", images_per_class=8, epochs=1,
        optimizer="sgd", learning_rate=0.01, norm="batch_norm", batch_size=20,
        workdir=f"run{devices}", export=False, devices=devices,
        synchronized=True, **options,
    )
    return training.train(config)


one, two = train(1), train(2)
for a, b in zip(one.history, two.history, strict=True):
    for name in ("loss", "val_loss"):
        assert math.isclose(a[name], b[name], rel_tol=1e-4), (name, a, b)
print("metrics: checked", flush=True)
refused = (3, 20, 0.0, "has 2"), (2, 21, 0.0, "=21"), (1, 20, 0.9, "--ema")
for devices, size, ema, word in refused:
    try:
        training.train(
            training.TrainConfig(
                model="lenet5_relu", dataset="digits", images_per_class=8,
                batch_size=size, devices=devices, ema=ema, workdir="refused",
            )
        )
    except training.UserError as error:
        assert word in str(error), error
    else:
        raise AssertionError(word)
print("refused: checked", flush=True)
"""


@pytest.mark.program
def test_jax_trains_on_two_devices_what_it_trains_on_one(tmp_path, data_dir):
    pytest.importorskip("jax")
    divided = "--xla_force_host_platform_device_count=2"
    child = subprocess.run(
        [sys.executable, "-c", JAX],
        cwd=tmp_path,
        env={
            **os.environ,
            "KERAS_BACKEND": "jax",
            "TFDS_DATA_DIR": data_dir,
            "XLA_FLAGS": divided,
        },
        capture_output=True,
        text=True,
        timeout=900,
    )
    told = child.stdout + child.stderr[-3000:]
    for what in ("metrics", "refused"):
        assert f"{what}: checked" in told, told


@pytest.mark.wide
def test_jax_trains_in_two_processes_what_it_trains_in_one():
    pytest.importorskip("jax")
    words = "--only=jax", "--dataset=digits", "--images=24", "--epochs=1"
    script = ROOT / "bench/same_training.py"
    done = subprocess.run(
        [sys.executable, script, *words],
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "JAX, two processes" in done.stdout


@pytest.mark.program
def test_a_job_goes_on_after_its_chief_is_killed(data_dir):
    script = ROOT / "bench/attacks/jobs.py"
    done = subprocess.run(
        [sys.executable, script, "kills", "--width=0"],
        env={**os.environ, "TFDS_DATA_DIR": data_dir},
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]


def test_slurm_says_where_the_processes_are(monkeypatch):
    from zoo.training import _tf_workers

    variables = {
        "SLURM_STEP_NODELIST": "node[1-2]",
        "SLURM_STEP_TASKS_PER_NODE": "1(x2)",
        "SLURM_STEP_NUM_TASKS": "2",
        "SLURM_PROCID": "1",
        "CUDA_VISIBLE_DEVICES": "",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    role = devices.role("all")
    resolver = _tf_workers._resolver(role)
    workers = resolver.cluster_spec().as_dict()["worker"]
    port = _tf_workers.SLURM_PORT
    assert workers == [f"node1:{port}", f"node2:{port}"]
    assert resolver.task_id == role.worker == 1

"""What every layer of `layers` must do."""

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from tests.layers.cases import CASES, EACH_LAYER, model_of_all
from zoo import layers

# h5py arrays meet NumPy 2.4 where Keras saves.
pytestmark = pytest.mark.filterwarnings("ignore:__array__:DeprecationWarning")

ROOT = Path(__file__).parents[2]
TENSORFLOW = keras.backend.backend() == "tensorflow"
every = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
needs_tensorflow = pytest.mark.skipif(
    not TENSORFLOW, reason="speaks to TensorFlow"
)


def to_numpy(x):
    return keras.ops.convert_to_numpy(keras.ops.cast(x, "float64"))


def test_every_layer_has_a_case():
    tested = {type(case.make()).__name__ for case in CASES}
    assert tested == {
        name
        for name in layers.__all__
        if inspect.isclass(getattr(layers, name))
    } - {  # several inputs
        "FractalJoin", "FractalPath", "MeanPrediction", "ResizeLike",
        "ShakeShake",
    }  # fmt: skip


@every
def test_shapes(case):
    for batch in (4, 1):
        x = case.inputs(batch)
        for training in (False, True):
            y = case.make()(x, training=training)
            assert np.isfinite(to_numpy(y)).all()
            assert case.make().compute_output_shape(x.shape) == y.shape
    free = (None, *x.shape[1:])
    assert case.make().compute_output_shape(free) == (None, *y.shape[1:])
    assert case.model().output.shape == (None, *y.shape[1:])


@every
def test_free_size(case):
    if not case.any_size:
        pytest.skip("needs a known size")
    x = case.inputs()
    model = case.model(any_size=True)
    rank = len(model.output.shape)
    assert model.output.shape[1:-1] == (None,) * (rank - 2)
    fixed = case.model()
    model.set_weights(fixed.get_weights())
    expected = fixed.predict_on_batch(x)
    np.testing.assert_allclose(
        model.predict_on_batch(x), expected, rtol=1e-5, atol=1e-6
    )
    assert model.output.shape[-1] == expected.shape[-1]


@every
def test_config(case):
    layer = case.make()
    saved = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))
    assert saved["registered_name"].startswith("zoo>")
    again = keras.saving.deserialize_keras_object(saved)
    assert type(again) is type(layer)
    resaved = keras.saving.serialize_keras_object(again)
    assert json.loads(json.dumps(resaved)) == saved


@every
def test_clone(case):
    model = case.model()
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    x = case.inputs()
    np.testing.assert_array_equal(
        copy.predict_on_batch(x), model.predict_on_batch(x)
    )


@every
def test_save_and_load(case, tmp_path):
    model = case.model()
    x = case.inputs()
    model(x, training=True)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    for w, expected in zip(loaded.weights, model.weights, strict=True):
        np.testing.assert_array_equal(to_numpy(w), to_numpy(expected))
    for training in (False, True):  # random draws, too, go on as they were
        np.testing.assert_array_equal(
            to_numpy(loaded(x, training=training)),
            to_numpy(model(x, training=training)),
        )


@every
@pytest.mark.parametrize(
    "policy", ["mixed_float16", "mixed_bfloat16", "float64"]
)
def test_policy(case, policy):
    if policy == "float64" and not TENSORFLOW:
        pytest.skip("JAX computes in float32 unless told otherwise")
    reference = case.make()
    x = case.inputs()
    expected = to_numpy(reference(x))
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(policy)
    try:
        layer = case.make()
        layer.build(x.shape)
        layer.set_weights(reference.get_weights())
        outputs = {t: layer(x, training=t) for t in (False, True)}
    finally:
        keras.config.set_dtype_policy(before)
    for y in outputs.values():
        compute = layer.dtype_policy.compute_dtype
        assert keras.backend.standardize_dtype(y.dtype) == compute
        assert np.isfinite(to_numpy(y)).all()
    for w in layer.trainable_variables:
        assert w.dtype == layer.dtype_policy.variable_dtype
    tolerance = 1e-5 if policy == "float64" else case.tolerance
    error = np.abs(to_numpy(outputs[False]) - expected).max()
    assert error <= tolerance * max(1, np.abs(expected).max())


@every
def test_training(case):
    model = case.model()
    if not model.trainable_weights:
        pytest.skip("has nothing to train")
    x = case.inputs()
    target = np.random.default_rng(1).normal(
        size=model.compute_output_shape(x.shape)
    )
    model.compile(keras.optimizers.SGD(0.1), "mse", run_eagerly=TENSORFLOW)
    before = [to_numpy(w) for w in model.trainable_weights]
    loss = model.train_on_batch(x, target)
    assert np.isfinite(loss)
    for w, old in zip(model.trainable_weights, before, strict=True):
        moved = (to_numpy(w) != old).any()
        assert moved or case.is_idle(w), f"{w.path} has no gradient"


@every
def test_inference_changes_nothing(case):
    layer = case.make()
    x = case.inputs()
    layer(x, training=True)
    before = [to_numpy(v) for v in layer.variables]
    layer(x, training=False)
    for v, old in zip(layer.variables, before, strict=True):
        np.testing.assert_array_equal(to_numpy(v), old)


@needs_tensorflow
@every
def test_compiled(case):
    import tensorflow as tf

    layer = case.make()
    x = tf.constant(case.inputs())
    layer.build(x.shape)

    def forward_and_backward(x, training):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=training)
            loss = tf.reduce_sum(y * y * y)  # y * y is constant in norms
        variables = [
            w.value for w in layer.trainable_weights if not case.is_idle(w)
        ]
        return y, tape.gradient(loss, [x, *variables])

    xla = tf.function(forward_and_backward, jit_compile=True)
    y, gradients = xla(x, False)
    y_eager, gradients_eager = forward_and_backward(x, False)
    np.testing.assert_allclose(y, y_eager, rtol=1e-4, atol=1e-5)
    for g, expected in zip(gradients, gradients_eager, strict=True):
        scale = np.abs(expected).max()
        np.testing.assert_allclose(g, expected, rtol=1e-3, atol=1e-4 * scale)
    y, gradients = tf.function(forward_and_backward)(x, True)
    for value in (y, *gradients):
        assert np.isfinite(value).all()


def run(script, *args, **env):
    """Runs Python code in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, args)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            **env,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


LOAD = """
import sys
import keras, numpy as np
from zoo import layers
model = keras.saving.load_model(sys.argv[1])
data = np.load(sys.argv[2])
n = len(model.inputs)
x = [data[f"x{i}"] for i in range(n)]
y = model.predict(x, batch_size=4, verbose=0)
for i in range(n):
    np.testing.assert_allclose(
        y[i], data[f"y{i}"], rtol=1e-3, atol=1e-4, err_msg=model.output_names[i]
    )
model.compile("sgd", "mse")
loss = model.fit(x, y, batch_size=4, verbose=0).history["loss"]
assert np.isfinite(loss).all(), loss
"""

TWO_REPLICAS = f"""
import tensorflow as tf
tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0],
    [tf.config.LogicalDeviceConfiguration()] * 2,
)
with tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"]).scope():
    exec({LOAD!r})
"""


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A model with every layer, inputs and outputs, on disk."""
    folder = tmp_path_factory.mktemp("all")
    model = model_of_all()
    model.save(folder / "all.keras")
    x = [case.inputs() for case in EACH_LAYER]
    y = model.predict_on_batch(x)
    arrays = {f"x{i}": v for i, v in enumerate(x)}
    arrays |= {f"y{i}": v for i, v in enumerate(y)}
    np.savez(folder / "data.npz", **arrays)
    return folder / "all.keras", folder / "data.npz"


@pytest.mark.program
@needs_tensorflow
def test_loads_and_trains_on_two_replicas_in_another_process(saved):
    run(TWO_REPLICAS, *saved)


@pytest.mark.program
def test_loads_and_trains_on_jax(saved):
    pytest.importorskip("jax")
    run(LOAD, *saved, KERAS_BACKEND="jax")

"""LayerNorm against NumPy in float64, and against Keras's own."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

to_numpy = keras.ops.convert_to_numpy
either = pytest.mark.parametrize("axis", [None, -1], ids=["sample", "position"])


def formula(x, axis, gamma, beta, epsilon=1e-5):
    axes = tuple(range(1, x.ndim)) if axis is None else -1
    x = x.astype("float64")
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def layer_with_weights(axis, channels, seed=0, **config):
    layer = layers.LayerNorm(axis, **config)
    layer.build((None, channels))
    layer.input_spec = None
    rng = np.random.default_rng(seed)
    layer.set_weights(rng.normal(size=(2, channels)))
    return layer


@settings(max_examples=40, deadline=None)
@given(
    axis=st.sampled_from([None, -1]),
    batch=st.integers(1, 4),
    space=st.lists(st.integers(1, 9), max_size=3),
    channels=st.integers(1, 9),
    dtype=st.sampled_from(["float32", "float64", "mixed_float16"]),
    seed=st.integers(0, 99),
)
def test_formula(axis, batch, space, channels, dtype, seed):
    layer = layer_with_weights(axis, channels, seed, dtype=dtype)
    x = np.random.default_rng(seed).normal(3, 2, (batch, *space, channels))
    x = x.astype(layer.compute_dtype)
    expected = formula(x, axis, *layer.get_weights())
    # Where all values are one, rounding is magnified by 1 / sqrt(epsilon).
    error = np.abs(to_numpy(layer(x)) - expected).max()
    assert error <= {"float16": 1e-2, "float32": 2e-4, "float64": 1e-9}[
        layer.compute_dtype
    ] * max(1, np.abs(expected).max())


@either
@pytest.mark.parametrize("shape", [(2, 3, 2, 3), (3, 4), (2, 3, 2)])
def test_gradients(axis, shape):
    pytest.importorskip("tensorflow")
    layer = layer_with_weights(axis, shape[-1], dtype="float64")
    check_gradients(layer, np.random.default_rng(1).normal(size=shape))


@either
@pytest.mark.parametrize("shape", [(3, 9, 7, 5), (1, 1, 1, 4)])
@pytest.mark.parametrize("mean", [0, 100, 1000])
def test_fast_path_has_the_gradients_of_float64(axis, shape, mean):
    tf = pytest.importorskip("tensorflow")
    if axis == -1 and mean:
        pytest.skip("float32 does not hold the mean of a few values so well")
    rng = np.random.default_rng(0)
    x = rng.normal(mean, 1, shape).astype("float32")
    weights = rng.normal(size=shape).astype("float32")

    def results(dtype):
        layer = layer_with_weights(axis, shape[-1], dtype=dtype)
        inputs = tf.constant(x, dtype)
        with tf.GradientTape() as outer:
            outer.watch(inputs)
            with tf.GradientTape() as inner:
                inner.watch(inputs)
                y = layer(inputs)
                loss = tf.reduce_sum(tf.sin(y) * tf.cast(weights, dtype))
            variables = [w.value for w in layer.trainable_weights]
            first = inner.gradient(loss, [inputs, *variables])
            penalty = tf.reduce_sum(tf.sin(first[0]))
        second = outer.gradient(penalty, [inputs, variables[0]])
        return [y, *first, *second]

    for actual, expected in zip(
        results("float32"), results("float64"), strict=True
    ):
        scale = max(np.abs(expected).max(), 1e-3)
        np.testing.assert_allclose(actual, expected, atol=1e-4 * scale)


def test_equals_keras():
    x = np.random.default_rng(0).normal(size=(4, 6, 5, 8)).astype("float32")
    position = keras.layers.LayerNormalization(epsilon=1e-5)
    sample = keras.layers.GroupNormalization(1, epsilon=1e-5)
    for theirs, axis in ((position, -1), (sample, None)):
        ours = layer_with_weights(axis, 8)
        theirs.build(x.shape)
        theirs.set_weights(ours.get_weights())
        np.testing.assert_allclose(
            to_numpy(ours(x)), to_numpy(theirs(x)), rtol=1e-4, atol=1e-5
        )


@either
def test_without_gain_or_bias(axis):
    x = np.random.default_rng(0).normal(size=(4, 5, 5, 6)).astype("float32")
    layer = layers.LayerNorm(axis, center=False, scale=False)
    expected = formula(x, axis, 1, 0)
    np.testing.assert_allclose(to_numpy(layer(x)), expected, atol=1e-5)
    assert not layer.weights


def test_half_precision_neither_overflows_nor_sums_coarsely():
    x = np.random.default_rng(0).normal(0, 2e4, (2, 32, 32, 8))
    x = np.clip(x, -6e4, 6e4).astype("float16")
    layer = layers.LayerNorm(dtype="mixed_float16")
    expected = formula(x, None, 1, 0)
    np.testing.assert_allclose(to_numpy(layer(x)), expected, atol=2e-3)


@pytest.mark.parametrize(
    ("config", "argument"),
    [
        ({"axis": 1}, "axis"),
        ({"axis": (1, 2)}, "axis"),
        ({"epsilon": 0}, "eps"),
    ],
)
def test_bad_arguments(config, argument):
    with pytest.raises(ValueError, match=argument):
        layers.LayerNorm(**config)


@pytest.mark.parametrize("shape", [(4,), (None, 3, None)])
def test_bad_input(shape):
    with pytest.raises(ValueError, match="input_shape"):
        layers.LayerNorm().build(shape)

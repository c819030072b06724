"""LocalResponseNorm against loops in NumPy."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

to_numpy = keras.ops.convert_to_numpy


def formula(x, size, alpha, beta, k, alpha_convention, region):
    x = x.astype("float64")
    r = size // 2
    sums = np.zeros_like(x)
    for i in np.ndindex(*x.shape[-3:]):
        h, w, c = i
        if region == "across":
            window = x[..., h, w, max(c - r, 0) : c + r + 1] ** 2
            sums[..., h, w, c] = window.sum(-1)
        else:
            rows = slice(max(h - r, 0), h + r + 1)
            window = x[..., rows, max(w - r, 0) : w + r + 1, c] ** 2
            sums[..., h, w, c] = window.sum((-1, -2))
    if alpha_convention == "mean":
        alpha /= size if region == "across" else size**2
    return x / (k + alpha * sums) ** beta


@settings(max_examples=30, deadline=None)
@given(
    shape=st.tuples(*[st.integers(1, n) for n in (2, 5, 5, 9)]),
    size=st.sampled_from([1, 3, 5]),
    alpha=st.sampled_from([1e-4, 0.5]),
    beta=st.sampled_from([0.5, 0.75]),
    k=st.sampled_from([1.0, 2.0]),
    convention=st.sampled_from(["sum", "mean"]),
    region=st.sampled_from(["across", "within"]),
    dtype=st.sampled_from(["float32", "float64", "mixed_bfloat16"]),
)
def test_formula(shape, size, alpha, beta, k, convention, region, dtype):
    config = (size, alpha, beta, k, convention, region)
    layer = layers.LocalResponseNorm(*config, dtype=dtype)
    x = np.random.default_rng(0).normal(size=shape)
    y = layer(x)
    assert keras.backend.standardize_dtype(y.dtype) == layer.compute_dtype
    tolerance = {"float32": 1e-5, "float64": 1e-12, "bfloat16": 0.03}
    np.testing.assert_allclose(
        to_numpy(keras.ops.cast(y, "float64")),
        formula(x, *config),
        atol=tolerance[layer.compute_dtype],
    )


@pytest.mark.parametrize("shape", [(2, 7), (2, 3, 7), (2, 2, 1, 3, 7)])
def test_any_rank(shape):
    x = np.random.default_rng(0).normal(size=shape)
    layer = layers.LocalResponseNorm(3, 0.5, dtype="float64")
    flat = formula(x.reshape(-1, 1, 1, 7), 3, 0.5, 0.75, 1.0, "sum", "across")
    np.testing.assert_allclose(to_numpy(layer(x)), flat.reshape(shape))


TORCH = [0.634701, 0.81072, 0.799252, 0.749087, 0.697068, 0.98222]


def test_torch():
    """torch 2.14's LocalResponseNorm(3, alpha=0.5) of 1 … 6."""
    x = np.arange(1, 7, dtype="float32").reshape(1, 1, 1, 6)
    layer = layers.LocalResponseNorm(3, 0.5, alpha_convention="mean")
    np.testing.assert_allclose(to_numpy(layer(x)).ravel(), TORCH, rtol=1e-5)


@pytest.mark.parametrize("region", ["across", "within"])
def test_gradients(region):
    pytest.importorskip("tensorflow")
    layer = layers.LocalResponseNorm(3, 0.5, region=region, dtype="float64")
    check_gradients(layer, np.random.default_rng(0).normal(size=(1, 3, 3, 4)))


def test_native_op_has_the_gradients_of_float64():
    tf = pytest.importorskip("tensorflow")
    x = np.random.default_rng(0).normal(size=(2, 4, 4, 9))
    weights = np.random.default_rng(1).normal(size=x.shape)
    found = []
    for dtype in ("float32", "float64"):
        layer = layers.LocalResponseNorm(5, 0.3, k=2.0, dtype=dtype)
        inputs = tf.constant(x, dtype)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            y = layer(inputs)
        found.append(tape.gradient(y, inputs, tf.constant(weights, dtype)))
    np.testing.assert_allclose(*found, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("config", "argument"),
    [
        ({"size": 4}, "size"),
        ({"size": -1}, "size"),
        ({"size": 2.5}, "size"),
        ({"alpha_convention": "caffe"}, "alpha_convention"),
        ({"region": "WITHIN_CHANNEL"}, "region"),
    ],
)
def test_bad_arguments(config, argument):
    with pytest.raises(ValueError, match=argument):
        layers.LocalResponseNorm(**config)


def test_within_wants_images():
    with pytest.raises(ValueError, match="input_shape"):
        layers.LocalResponseNorm(region="within").build((None, 5, 4))

"""FilterResponseNorm and ThresholdedLinearUnit against NumPy."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

to_numpy = keras.ops.convert_to_numpy


@settings(max_examples=25, deadline=None)
@given(
    space=st.lists(st.integers(1, 5), max_size=3),
    channels=st.integers(1, 5),
    learned=st.booleans(),
    dtype=st.sampled_from(["float32", "float64", "mixed_float16"]),
)
def test_filter_response_norm(space, channels, learned, dtype):
    x = np.random.default_rng(0).normal(size=(3, *space, channels))
    layer = layers.FilterResponseNorm(1e-3, learned, dtype=dtype)
    layer.build(x.shape)
    gamma, beta = np.random.default_rng(1).normal(size=(2, channels))
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    axes = tuple(range(1, x.ndim - 1))
    squares = (x**2).mean(axes, keepdims=True) if axes else x**2
    epsilon = 1e-3
    if learned:
        layer.extra_epsilon.assign(-0.5)
        epsilon += 0.5
    np.testing.assert_allclose(
        to_numpy(layer(x)),
        gamma * x / np.sqrt(squares + epsilon) + beta,
        atol={"float16": 2e-2, "float32": 1e-5, "float64": 1e-10}[
            layer.compute_dtype
        ],
    )


@pytest.mark.parametrize("learned", [False, True])
@pytest.mark.parametrize("shape", [(2, 3, 2, 3), (3, 4)])
def test_gradients(learned, shape):
    pytest.importorskip("tensorflow")
    layer = layers.FilterResponseNorm(0.1, learned, dtype="float64")
    check_gradients(layer, np.random.default_rng(0).normal(size=shape))


def test_thresholded_linear_unit():
    x = np.random.default_rng(0).normal(size=(2, 3, 3, 4))
    layer = layers.ThresholdedLinearUnit(dtype="float64")
    np.testing.assert_array_equal(to_numpy(layer(x)), np.maximum(x, 0))
    tau = np.array([-1.0, -0.1, 0.3, 1])
    layer.tau.assign(tau)
    np.testing.assert_array_equal(to_numpy(layer(x)), np.maximum(x, tau))
    pytest.importorskip("tensorflow")
    check_gradients(layer, x)


def test_bad_epsilon():
    with pytest.raises(ValueError, match="epsilon"):
        layers.FilterResponseNorm(-1e-6)

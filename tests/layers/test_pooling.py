"""Pools against loops in NumPy."""

import itertools

import keras
import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers


def windows(size, k, s, pads, ceil):
    """The (start, end) of each window, in pixels of the input."""
    before, after = pads
    starts = itertools.takewhile(
        lambda start: start < size if ceil else start + k <= size + after,
        itertools.count(-before, s),
    )
    starts = list(starts)
    if ceil:  # one window at most hangs over
        while len(starts) > 1 and starts[-2] + k >= size + after:
            starts.pop()
    return [(start, start + k) for start in starts]


def pool(x, size, strides, pads, ceil, kind):
    """`kind`: "max", "mean" of the pixels, or "mean with zeros"."""
    grid = [
        windows(n, k, s, p, ceil)
        for n, k, s, p in zip(x.shape[1:3], size, strides, pads, strict=True)
    ]
    y = np.zeros((len(x), len(grid[0]), len(grid[1]), x.shape[-1]))
    for (i, (top, bottom)), (j, (left, right)) in itertools.product(
        *map(enumerate, grid)
    ):
        pixels = x[:, max(top, 0) : bottom, max(left, 0) : right]
        if kind == "max":
            y[:, i, j] = pixels.max(axis=(1, 2))
        elif kind == "mean":
            y[:, i, j] = pixels.mean(axis=(1, 2))
        else:
            height = min(bottom, x.shape[1] + pads[0][1]) - top
            width = min(right, x.shape[2] + pads[1][1]) - left
            y[:, i, j] = pixels.sum(axis=(1, 2)) / (height * width)
    return y


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(["max", "mean", "mean with zeros"]),
    image=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    size=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    strides=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pads=st.tuples(*[st.tuples(st.integers(0, 2), st.integers(0, 2))] * 2),
    ceil=st.booleans(),
    known_size=st.booleans(),
)
def test_pools(kind, image, size, strides, pads, ceil, known_size):
    assume(all(max(p) < k for p, k in zip(pads, size, strict=True)))
    assume(
        all(n + sum(p) >= k for n, p, k in zip(image, pads, size, strict=True))
    )
    x = np.random.default_rng(0).normal(size=(2, *image, 3)) - 5  # below 0
    options = {"padding": pads, "ceil_mode": ceil, "dtype": "float64"}
    if kind == "max":
        layer = layers.MaxPool2D(size, strides, **options)
    else:
        options["count_include_pad"] = kind == "mean with zeros"
        layer = layers.AvgPool2D(size, strides, **options)
    expected = pool(x, size, strides, pads, ceil, kind)
    assert layer.compute_output_shape(x.shape) == expected.shape
    if known_size:
        actual = layer(x)
    else:
        inputs = keras.Input((None, None, 3), dtype="float64")
        model = keras.Model(inputs, layer(inputs))
        actual = model(x)
    np.testing.assert_allclose(
        keras.ops.convert_to_numpy(actual), expected, rtol=1e-10
    )


def test_ceil_mode_as_in_caffe():
    shapes = {  # GoogLeNet's pools, 224x224
        112: 56,
        56: 28,
        28: 14,
        14: 7,
    }
    for before, after in shapes.items():
        layer = layers.MaxPool2D(3, 2, ceil_mode=True)
        shape = layer.compute_output_shape((None, before, before, 8))
        assert shape == (None, after, after, 8)


POOLS = {
    "max": lambda: layers.MaxPool2D(3, 2, 1, dtype="float64"),
    "max ceil": lambda: layers.MaxPool2D(2, 3, ceil_mode=True, dtype="float64"),
    "average": lambda: layers.AvgPool2D(3, 2, 1, dtype="float64"),
    "average with zeros": lambda: layers.AvgPool2D(
        3, 2, 1, ceil_mode=True, count_include_pad=True, dtype="float64"
    ),
    "subsampling": lambda: layers.Subsampling(2, dtype="float64"),
}


@pytest.mark.parametrize("kind", POOLS)
def test_gradients(kind):
    pytest.importorskip("tensorflow")
    x = np.random.default_rng(0).normal(size=(2, 4, 5, 2))
    check_gradients(POOLS[kind](), x)


def test_subsampling():
    x = np.random.default_rng(0).normal(size=(2, 5, 4, 3))
    layer = layers.Subsampling(
        2,
        coefficient_initializer="random_normal",
        bias_initializer="random_normal",
        dtype="float64",
    )
    actual = keras.ops.convert_to_numpy(layer(x))
    coefficient, bias = map(keras.ops.convert_to_numpy, layer.weights)
    total = x[:, :4].reshape(2, 2, 2, 2, 2, 3).sum(axis=(2, 4))
    np.testing.assert_allclose(actual, coefficient * total + bias, rtol=1e-10)
    start = keras.ops.convert_to_numpy(
        layers.Subsampling(2, dtype="float64")(x)
    )
    np.testing.assert_allclose(start, total / 4, rtol=1e-10)


def test_lenet_s2_has_12_parameters():
    layer = layers.Subsampling()
    layer.build((None, 28, 28, 6))
    assert layer.count_params() == 12


@pytest.mark.parametrize("kind", [layers.MaxPool2D, layers.AvgPool2D])
def test_bad_arguments(kind):
    with pytest.raises(ValueError, match="smaller than pool_size"):
        kind(2, padding=2)
    with pytest.raises(ValueError, match="ceil_mode"):
        kind(2, padding="same", ceil_mode=True)
    with pytest.raises(ValueError, match="padding"):
        kind(2, padding="full")
    with pytest.raises(ValueError, match="pool_size"):
        layers.Subsampling(0)

"""Pools against loops in NumPy."""

import itertools
import math

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


@settings(max_examples=40, deadline=None)
@given(
    image=st.tuples(st.integers(1, 12), st.integers(1, 12)),
    output=st.tuples(st.integers(1, 14), st.integers(1, 14)),
    known_size=st.booleans(),
)
def test_adaptive_pool(image, output, known_size):
    """Each pixel is the mean of a window that its place decides."""
    x = np.random.default_rng(0).normal(size=(2, *image, 3))
    expected = np.zeros((2, *output, 3))
    for i, j in np.ndindex(output):
        top, left = (
            k * size // n
            for k, size, n in zip((i, j), image, output, strict=True)
        )
        bottom, right = (
            math.ceil((k + 1) * size / n)
            for k, size, n in zip((i, j), image, output, strict=True)
        )
        expected[:, i, j] = x[:, top:bottom, left:right].mean(axis=(1, 2))
    layer = layers.AdaptiveAvgPool2D(output, dtype="float64")
    if known_size:
        actual = layer(x)
    else:
        inputs = keras.Input((None, None, 3), dtype="float64")
        actual = keras.Model(inputs, layer(inputs))(x)
    actual = keras.ops.convert_to_numpy(actual)
    np.testing.assert_allclose(actual, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.skipif(
    not hasattr(keras.layers, "AdaptiveAveragePooling2D"),
    reason="Keras 3.12 has none",
)
@pytest.mark.parametrize("size", [(13, 13), (9, 4), (6, 6), (3, 20)])
def test_adaptive_pool_equals_keras(size):
    x = np.random.default_rng(0).normal(size=(2, *size, 3)).astype("float32")
    theirs = keras.layers.AdaptiveAveragePooling2D((6, 4))(x)
    np.testing.assert_allclose(
        layers.AdaptiveAvgPool2D((6, 4))(x), theirs, rtol=1e-5, atol=1e-6
    )


@pytest.mark.parametrize("size", [0, (3, 0), (3, 3, 3), 2.5, (2.0, 2)])
def test_adaptive_pool_of_a_bad_size(size):
    with pytest.raises(ValueError, match="output_size must be a positive int"):
        layers.AdaptiveAvgPool2D(size)


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

"""Attention over channels and places, and blurred pools, against NumPy."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import (
    as_numpy,
    check_gradients,
    conv,
    numbers,
    sigmoid,
)
from zoo import layers

few = settings(max_examples=15, deadline=None)
spaces = st.tuples(st.integers(1, 4), st.integers(1, 4))


def softmax(x, axis):
    e = np.exp(x - x.max(axis, keepdims=True))
    return e / e.sum(axis, keepdims=True)


def built(layer, shape):
    """The layer with random weights."""
    layer.build(shape)
    weights = layer.get_weights()
    layer.set_weights(
        [0.5 + numbers(*w.shape, seed=i) ** 2 for i, w in enumerate(weights)]
    )
    return layer


@few
@given(
    space=st.tuples(st.integers(3, 8), st.integers(3, 8)),
    filter_size=st.integers(2, 5),
    strides=st.integers(1, 3),
)
def test_blur_pool(space, filter_size, strides):
    x = numbers(2, *space, 2)
    layer = layers.BlurPool2D(filter_size, strides, dtype="float64")
    row = np.array([1.0])
    for _ in range(filter_size - 1):
        row = np.convolve(row, [0.5, 0.5])
    before = (filter_size - 1) // 2
    sides = (before, filter_size - 1 - before)
    padded = np.pad(x, ((0, 0), sides, sides, (0, 0)), "reflect")
    kernel = np.outer(row, row)[:, :, None, None] * np.ones((1, 1, 1, 2))
    expected = conv(
        padded, kernel, (strides, strides), ((0, 0), (0, 0)), groups=2
    )
    np.testing.assert_allclose(as_numpy(layer(x)), expected, atol=1e-12)


def test_a_blur_keeps_what_is_even():
    y = layers.BlurPool2D(4)(np.full((1, 5, 6, 3), 7.0, "float32"))
    np.testing.assert_allclose(as_numpy(y), 7, rtol=1e-6)


@few
@given(
    space=spaces, channels=st.integers(1, 9), size=st.sampled_from([1, 3, 5])
)
def test_efficient_channel_attention(space, channels, size):
    x = numbers(2, *space, channels)
    layer = layers.EfficientChannelAttention(size, dtype="float64")
    layer = built(layer, x.shape)
    (weights,) = (w.ravel() for w in layer.get_weights())
    around = np.pad(x.mean((1, 2)), ((0, 0), 2 * (size // 2,)))
    gates = sum(w * around[:, i : i + channels] for i, w in enumerate(weights))
    expected = x * sigmoid(gates)[:, None, None]
    np.testing.assert_allclose(as_numpy(layer(x)), expected, atol=1e-12)


@pytest.mark.parametrize(
    ("channels", "size"), {8: 3, 64: 3, 256: 5, 512: 5, 2048: 7}.items()
)
def test_channels_that_a_gate_sees(channels, size):
    """The numbers of the paper: |(log2(C) + 1) / 2| odd."""
    layer = layers.EfficientChannelAttention()
    layer.build((None, 2, 2, channels))
    assert layer.filter.shape == (size, 1, 1)


@few
@given(
    space=spaces,
    radix=st.integers(1, 3),
    groups=st.integers(1, 2),
    use_bias=st.booleans(),
)
def test_split_attention(space, radix, groups, use_bias):
    channels, filters = 2 * groups, 3 * groups
    x = numbers(2, *space, radix * channels)
    layer = layers.SplitAttention(
        filters, radix, groups, use_bias, norm=None, dtype="float64"
    )
    layer = built(layer, x.shape)
    maps = x.reshape(2, *space, radix, channels)
    y = maps.sum(3).mean((1, 2))[:, None, None]
    for matrix in (layer.reduce, layer.expand):
        kernel, *bias = (as_numpy(w) for w in matrix.weights)
        y = conv(y, kernel, (1, 1), ((0, 0), (0, 0)), groups=groups)
        y = y + bias[0] if bias else y
        y = np.maximum(y, 0) if matrix is layer.reduce else y
    if radix == 1:
        expected = x * sigmoid(y)
    else:  # the groups come first, then the maps
        shares = softmax(y.reshape(2, groups, radix, 2), 2)
        shares = shares.transpose(0, 2, 1, 3).reshape(2, 1, 1, radix, channels)
        expected = (maps * shares).sum(3)
    np.testing.assert_allclose(as_numpy(layer(x)), expected, atol=1e-12)


@few
@given(
    space=spaces,
    channels=st.integers(2, 5),
    fusion=st.sampled_from(["add", "scale"]),
)
def test_global_context(space, channels, fusion):
    x = numbers(2, *space, channels)
    layer = layers.GlobalContext(3, fusion=fusion, dtype="float64")
    layer = built(layer, x.shape)
    mask, reduce, norm, expand = (
        [as_numpy(w) for w in part.weights]
        for part in (layer.mask, layer.reduce, layer.norm, layer.expand)
    )
    pixels = x.reshape(2, -1, channels)
    shares = softmax(pixels @ mask[0] + mask[1], 1)
    t = (pixels * shares).sum(1) @ reduce[0] + reduce[1]
    t = (t - t.mean(1, keepdims=True)) / np.sqrt(t.var(1, keepdims=True) + 1e-6)
    t = np.maximum(t * norm[0] + norm[1], 0) @ expand[0] + expand[1]
    t = t[:, None, None]
    expected = x + t if fusion == "add" else x * sigmoid(t)
    np.testing.assert_allclose(as_numpy(layer(x)), expected, atol=1e-12)


@pytest.mark.parametrize(
    "make",
    [
        lambda: layers.BlurPool2D(3, dtype="float64"),
        lambda: layers.EfficientChannelAttention(dtype="float64"),
        lambda: layers.SplitAttention(2, norm=None, dtype="float64"),
        lambda: layers.GlobalContext(2, dtype="float64"),
    ],
)
def test_gradients(make):
    x = numbers(2, 3, 2, 4)
    check_gradients(built(make(), x.shape), x)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers.BlurPool2D(1), "filter_size"),
        (lambda: layers.BlurPool2D(strides=0), "strides"),
        (lambda: layers.EfficientChannelAttention(2), "odd"),
        (lambda: layers.SplitAttention(0), "filters"),
        (lambda: layers.SplitAttention(4, norm=3), "norm"),
        (lambda: layers.SplitAttention(4, 3), "radix=3"),
        (lambda: layers.GlobalContext(fusion="mean"), "fusion"),
        (lambda: layers.GlobalContext(ratio=9), "no filters"),
        (lambda: layers.GlobalResponseNorm(0), "epsilon"),
    ],
)
def test_bad_arguments(make, message):
    with pytest.raises(ValueError, match=message):
        make().build((None, 2, 2, 8))

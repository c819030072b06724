"""Building blocks against NumPy."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings, strategies as st

from tests.layers.reference import (
    as_numpy,
    check_gradients,
    conv,
    numbers,
    sigmoid,
)
from zoo import layers


@settings(max_examples=20, deadline=None)
@given(
    groups=st.integers(1, 4),
    each=st.integers(1, 4),
    space=st.lists(st.integers(1, 3), max_size=3),
)
def test_channel_shuffle(groups, each, space):
    x = numbers(2, *space, groups * each)
    y = as_numpy(layers.ChannelShuffle(groups, dtype="float64")(x))
    for g in range(groups):
        for i in range(each):
            np.testing.assert_array_equal(
                y[..., i * groups + g], x[..., g * each + i]
            )


def test_shuffling_back():
    x = numbers(2, 3, 3, 12)
    there = layers.ChannelShuffle(3, dtype="float64")(x)
    back = layers.ChannelShuffle(4, dtype="float64")(there)
    np.testing.assert_array_equal(as_numpy(back), x)


def test_layer_scale():
    x = numbers(2, 3, 4)
    layer = layers.LayerScale("random_normal", dtype="float64")
    y = as_numpy(layer(x))
    np.testing.assert_allclose(y, x * as_numpy(layer.gamma), rtol=1e-12)
    layer = layers.LayerScale()
    layer.build(x.shape)
    np.testing.assert_allclose(as_numpy(layer.gamma), 1e-6)


@settings(max_examples=10, deadline=None)
@given(n=st.integers(1, 5), height=st.integers(1, 9), width=st.integers(1, 9))
def test_spatial_pyramid_pooling(n, height, width):
    x = numbers(2, height, width, 3)
    layer = layers.SpatialPyramidPooling((1, n), dtype="float64")

    def windows(size):
        return [slice(i * size // n, -(-(i + 1) * size // n)) for i in range(n)]

    expected = [x.max((1, 2))] + [
        x[:, rows, columns].max((1, 2))
        for rows in windows(height)
        for columns in windows(width)
    ]
    np.testing.assert_array_equal(
        as_numpy(layer(x)), np.concatenate(expected, 1)
    )


@pytest.mark.parametrize("levels", [(), (0,), 3, (1.5,), (True,)])
def test_bad_pyramids(levels):
    with pytest.raises(ValueError, match="positive ints"):
        layers.SpatialPyramidPooling(levels)


def test_mean_prediction():
    logits = [10 * numbers(4, 5, seed=i) for i in range(3)]
    logits[0][0, 0] = 1e4  # sure beyond what exp can hold

    def softmax(x):
        x = np.exp(x - x.max(-1, keepdims=True))
        return x / x.sum(-1, keepdims=True)

    y = as_numpy(layers.MeanPrediction(dtype="float64")(logits))
    assert np.all(np.isfinite(y))
    expected = np.mean([softmax(x) for x in logits], axis=0)
    np.testing.assert_allclose(np.exp(y), expected, rtol=1e-9, atol=1e-12)
    for wrong in ([], [logits[0], logits[1][:, :2]]):
        with pytest.raises(ValueError, match="logits of one shape"):
            layers.MeanPrediction()(wrong)


def test_learnable_affine():
    x = numbers(2, 3, 4)
    layer = layers.LearnableAffine(dtype="float64")
    np.testing.assert_array_equal(as_numpy(layer(x)), x)
    layer.scale.assign(-1.5)
    layer.bias.assign(0.25)
    np.testing.assert_allclose(as_numpy(layer(x)), 0.25 - 1.5 * x, rtol=1e-12)


@pytest.mark.parametrize("gate", ["hard_sigmoid", "sigmoid"])
def test_effective_squeeze_excitation(gate):
    x = numbers(2, 4, 3, 8)
    layer = layers.EffectiveSqueezeExcitation(gate, dtype="float64")
    layer.build(x.shape)
    for i, weight in enumerate(layer.weights):
        weight.assign(numbers(*weight.shape, seed=i))
    matrix, bias = map(as_numpy, layer.weights)
    scales = x.mean(axis=(1, 2)) @ matrix + bias
    if gate == "sigmoid":
        scales = sigmoid(scales)
    else:
        scales = np.clip(scales + 3, 0, 6) / 6
    np.testing.assert_allclose(
        as_numpy(layer(x)), x * scales[:, None, None], rtol=1e-9
    )


@settings(max_examples=20, deadline=None)
@given(
    size=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    channels=st.integers(1, 5),
)
def test_global_response_norm(size, channels):
    x = numbers(2, *size, channels)
    x[0, ..., 0] = 0  # a dead channel
    layer = layers.GlobalResponseNorm(dtype="float64")
    np.testing.assert_array_equal(as_numpy(layer(x)), x)
    gamma, beta = numbers(2, channels, seed=1)
    layer.set_weights([gamma, beta])
    norms = np.sqrt(np.sum(x**2, (1, 2), keepdims=True))
    shares = norms / (norms.mean(-1, keepdims=True) + 1e-6)
    np.testing.assert_allclose(
        as_numpy(layer(x)), x + gamma * x * shares + beta, atol=1e-12
    )


def test_skip_init():
    x = numbers(2, 3, 4)
    layer = layers.SkipInit(dtype="float64")
    np.testing.assert_array_equal(as_numpy(layer(x)), np.zeros_like(x))
    layer.gain.assign(-0.5)
    np.testing.assert_array_equal(as_numpy(layer(x)), -0.5 * x)


def test_gradients_of_global_response_norm():
    layer = layers.GlobalResponseNorm(dtype="float64")
    x = numbers(2, 3, 2, 3)
    layer.build(x.shape)
    layer.set_weights(list(numbers(2, 3, seed=1)))
    check_gradients(layer, x)
    dead = keras.ops.zeros((1, 2, 2, 2))
    layer = layers.GlobalResponseNorm()
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(dead)
        y = layer(dead)
    assert np.all(np.isfinite(tape.gradient(y, dead)))


@settings(max_examples=20, deadline=None)
@given(
    classes=st.integers(1, 5),
    features=st.integers(1, 9),
    batch=st.integers(1, 3),
)
def test_rbf_output(classes, features, batch):
    codes = np.sign(numbers(classes, features))
    x = numbers(batch, features, seed=1)
    layer = layers.RBFOutput(codes, dtype="float64")
    expected = [[-((row - code) ** 2).sum() for code in codes] for row in x]
    np.testing.assert_allclose(as_numpy(layer(x)), expected, rtol=1e-10)
    assert not layer.weights
    again = layers.RBFOutput.from_config(layer.get_config())
    np.testing.assert_array_equal(again.codes, codes)


class TestSqueezeExcitation:
    """Channel gates."""

    @pytest.mark.parametrize(
        ("activation", "gate"), [("relu", "sigmoid"), ("silu", "hard_sigmoid")]
    )
    def test_formula(self, activation, gate):
        functions = {
            "relu": lambda x: np.maximum(x, 0),
            "silu": lambda x: x * sigmoid(x),
            "sigmoid": sigmoid,
            "hard_sigmoid": lambda x: np.clip(x + 3, 0, 6) / 6,
        }
        x = numbers(2, 4, 3, 8)
        layer = layers.SqueezeExcitation(
            3, activation=activation, gate=gate, dtype="float64"
        )
        layer.build(x.shape)
        for i, weight in enumerate(layer.weights):
            weight.assign(numbers(*weight.shape, seed=i))
        w1, b1, w2, b2 = map(as_numpy, layer.weights)
        hidden = functions[activation](x.mean(axis=(1, 2)) @ w1 + b1)
        scales = functions[gate](hidden @ w2 + b2)
        np.testing.assert_allclose(
            as_numpy(layer(x)), x * scales[:, None, None], rtol=1e-9
        )

    @pytest.mark.parametrize(
        ("options", "filters"),
        [({}, 4), ({"ratio": 4}, 16), ({"filters": 5, "ratio": 4}, 5)],
    )
    def test_width(self, options, filters):
        layer = layers.SqueezeExcitation(**options)
        layer.build((None, None, None, 64))
        assert layer.reduce.units == filters

    def test_bad_width(self):
        with pytest.raises(ValueError, match="no filters"):
            layers.SqueezeExcitation(ratio=16).build((None, 8, 8, 8))
        with pytest.raises(ValueError, match="filters"):
            layers.SqueezeExcitation(0)


@pytest.mark.parametrize("training", [False, True])
def test_cbam(training):
    x = numbers(2, 5, 4, 8)
    layer = layers.CBAM(ratio=2, kernel_size=3, dtype="float64")
    layer.build(x.shape)
    for i, weight in enumerate(layer.trainable_weights):
        weight.assign(numbers(*weight.shape, seed=i))

    def mlp(v):
        w1, b1, w2, b2 = map(
            as_numpy, [*layer.reduce.weights, *layer.expand.weights]
        )
        return np.maximum(v @ w1 + b1, 0) @ w2 + b2

    z = x * sigmoid(mlp(x.mean((1, 2))) + mlp(x.max((1, 2))))[:, None, None]
    maps = np.stack([z.max(-1), z.mean(-1)], -1)
    kernel = as_numpy(layer.conv.kernel)
    maps = conv(maps, kernel, (1, 1), ((1, 1), (1, 1)))
    gamma, beta, mean, variance = map(as_numpy, layer.norm.weights)
    if training:
        mean, variance = maps.mean(), maps.var()
    maps = (maps - mean) / np.sqrt(variance + 1e-5) * gamma + beta
    actual = as_numpy(layer(x, training=training))
    np.testing.assert_allclose(actual, z * sigmoid(maps), rtol=1e-6, atol=1e-9)


GRADIENTS = {
    "cbam": lambda: layers.CBAM(ratio=2, kernel_size=3, dtype="float64"),
    "layer scale": lambda: layers.LayerScale(0.5, dtype="float64"),
    "shuffle": lambda: layers.ChannelShuffle(2, dtype="float64"),
    "squeeze": lambda: layers.SqueezeExcitation(ratio=2, dtype="float64"),
    "squeeze hard": lambda: layers.SqueezeExcitation(
        ratio=2, activation="silu", gate="hard_sigmoid", dtype="float64"
    ),
}


@pytest.mark.parametrize("kind", GRADIENTS)
def test_gradients(kind):
    pytest.importorskip("tensorflow")
    check_gradients(GRADIENTS[kind](), numbers(2, 3, 3, 4))


def test_gradients_of_rbf_output():
    pytest.importorskip("tensorflow")
    codes = np.sign(numbers(3, 5))
    check_gradients(layers.RBFOutput(codes, dtype="float64"), numbers(2, 5))


class TestStochasticDepth:
    """Dropped samples."""

    @pytest.mark.parametrize("dtype", ["float32", "float16"])
    def test_drops_whole_samples(self, dtype):
        x = np.ones((20_000, 2, 1, 3), dtype)
        layer = layers.StochasticDepth(0.25, seed=1, dtype=dtype)
        y = as_numpy(layer(x, training=True))
        kept = y[:, 0, 0, 0] != 0
        assert kept.mean() == pytest.approx(0.75, abs=0.01)
        np.testing.assert_allclose(y[kept], 1 / 0.75, rtol=1e-3)
        assert (y[~kept] == 0).all()
        np.testing.assert_array_equal(as_numpy(layer(x)), x)

    def test_rate_0_is_the_identity(self):
        x = numbers(4, 3)
        layer = layers.StochasticDepth(0, dtype="float64")
        np.testing.assert_array_equal(as_numpy(layer(x, training=True)), x)

    @pytest.mark.parametrize("rate", [-0.1, 1])
    def test_bad_rate(self, rate):
        with pytest.raises(ValueError, match="rate"):
            layers.StochasticDepth(rate)

    def test_linear_decay(self):
        assert layers.linear_decay(0.5, 5) == [0.1, 0.2, 0.3, 0.4, 0.5]
        assert layers.linear_decay(0.5, 0) == []


class TestDropBlock:
    """Dropped squares."""

    @staticmethod
    def is_union_of_blocks(dropped, size):
        """Whether squares that fit in cover all of a map's drops."""
        covered = np.zeros_like(dropped)
        rows, columns = dropped.shape
        for i in range(rows - size[0] + 1):
            for j in range(columns - size[1] + 1):
                block = np.s_[i : i + size[0], j : j + size[1]]
                if dropped[block].all():
                    covered[block] = True
        return (covered == dropped).all()

    @pytest.mark.parametrize("side", [1, 2, 3, 9])
    @pytest.mark.parametrize("known_size", [True, False])
    def test_drops_blocks(self, side, known_size):
        if side == 9 and not known_size:
            pytest.skip("the blocks must fit in")
        x = np.ones((64, 9, 7, 5), "float32")
        layer = layers.DropBlock(0.2, side, seed=1)
        if not known_size:
            image = keras.Input((None, None, 5))
            layer = keras.Model(image, layer(image))
        y = as_numpy(layer(x, training=True))
        size = (min(side, 9), min(side, 7))
        for maps in np.moveaxis(y, -1, 1):
            for image in maps:
                assert self.is_union_of_blocks(image == 0, size)
        # A block starts with probability gamma wherever it fits in.
        starts = (9 - size[0] + 1) * (7 - size[1] + 1)
        gamma = 0.2 / (size[0] * size[1]) * 63 / starts
        corner = (y[:, 0, 0] == 0).mean()  # under one possible block
        error = 4 * (gamma * (1 - gamma) / (64 * 5)) ** 0.5
        assert corner == pytest.approx(gamma, abs=error)
        kept = y != 0
        np.testing.assert_allclose(y[kept], y.size / kept.sum(), rtol=1e-5)
        assert 0.1 < 1 - kept.mean() < 0.25
        np.testing.assert_array_equal(as_numpy(layer(x, training=False)), x)

    @pytest.mark.parametrize(
        "options", [{"rate": 1}, {"rate": 0.1, "block_size": 0}]
    )
    def test_bad_arguments(self, options):
        with pytest.raises(ValueError, match=list(options)[-1]):
            layers.DropBlock(**options)


@pytest.mark.parametrize(
    ("make", "shape", "message"),
    [
        (lambda: layers.ChannelShuffle(3), (None, 2, 2, 4), "divide"),
        (lambda: layers.ChannelShuffle(0), None, "positive"),
        (lambda: layers.CBAM(), (None, 4, 4, 8), "no filters"),
        (lambda: layers.CBAM(kernel_size=4), None, "odd"),
        (lambda: layers.RBFOutput([1, 2]), None, "classes, features"),
        (lambda: layers.RBFOutput([[1, 2]]), (None, 3), "2 features"),
    ],
)
def test_bad_arguments(make, shape, message):
    with pytest.raises(ValueError, match=message):
        make().build(shape)


def test_padded_shortcut_stays_apart():
    """oneDNN would merge it with a convolution that it is added to, and die."""
    spec = tf.TensorSpec((1, 2, 2, 3))
    shortcut = tf.function(layers.ZeroPadShortcut(4))
    operations = shortcut.get_concrete_function(spec).graph.get_operations()
    (pad,) = (op for op in operations if op.type in ("Pad", "PadV2"))
    assert [op.type for op in pad.outputs[0].consumers()] == ["ExpandDims"]

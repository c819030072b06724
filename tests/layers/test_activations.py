"""Activations against NumPy."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

SHAPES = st.sampled_from([(3, 4), (2, 3, 4), (2, 3, 1, 4), (1, 2, 2, 3, 8)])
DTYPES = st.sampled_from(["float16", "bfloat16", "float32", "float64"])
TOLERANCE = {
    "float16": 2e-3,
    "bfloat16": 2e-2,
    "float32": 1e-6,
    "float64": 1e-9,
}


def numbers(shape):
    return np.random.default_rng(0).normal(size=shape) * 3


def as_numpy(x):
    return keras.ops.convert_to_numpy(keras.ops.cast(x, "float64"))


FORMULAS = {
    "ScaledTanh": (
        layers.ScaledTanh,
        lambda x: 1.7159 * np.tanh(2 * x / 3),
    ),
    "CReLU": (
        layers.CReLU,
        lambda x: np.concatenate([np.maximum(x, 0), np.maximum(-x, 0)], -1),
    ),
    "Maxout": (
        lambda **kw: layers.Maxout(2, **kw),
        lambda x: np.stack([h.max(-1) for h in np.split(x, 2, -1)], -1),
    ),
    "LeakyReLU": (
        lambda **kw: layers.LeakyReLU(0.125, **kw),  # exact in float32
        lambda x: np.where(x > 0, x, 0.125 * x),
    ),
    "PReLU": (layers.PReLU, lambda x: np.where(x > 0, x, 0.25 * x)),
    "RReLU": (
        lambda **kw: layers.RReLU(0.125, 0.375, **kw),
        lambda x: np.where(x > 0, x, 0.25 * x),
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
@settings(max_examples=12, deadline=None)
@given(shape=SHAPES, dtype=DTYPES)
def test_formula(name, shape, dtype):
    make, formula = FORMULAS[name]
    x = as_numpy(keras.ops.cast(numbers(shape), dtype))
    y = make(dtype=dtype)(keras.ops.cast(x, dtype))
    assert keras.backend.standardize_dtype(y.dtype) == dtype
    tolerance = TOLERANCE[dtype]
    np.testing.assert_allclose(
        as_numpy(y), formula(x), rtol=2 * tolerance, atol=tolerance
    )


GRADIENTS = {
    "ScaledTanh": lambda: layers.ScaledTanh(dtype="float64"),
    "CReLU": lambda: layers.CReLU(dtype="float64"),
    "Maxout": lambda: layers.Maxout(2, dtype="float64"),
    "LeakyReLU": lambda: layers.LeakyReLU(0.01, dtype="float64"),
    "PReLU": lambda: layers.PReLU(dtype="float64"),
    "PReLU all": lambda: layers.PReLU("all", dtype="float64"),
    "RReLU": lambda: layers.RReLU(dtype="float64"),
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients(name):
    pytest.importorskip("tensorflow")
    check_gradients(GRADIENTS[name](), numbers((2, 3, 2, 4)))


def test_scaled_tanh_keeps_one():
    y = as_numpy(layers.ScaledTanh(dtype="float64")(np.array([-1.0, 1.0])))
    np.testing.assert_allclose(y, [-1, 1], atol=1e-4)


class TestPReLU:
    """Learned slopes."""

    @pytest.mark.parametrize(
        ("shared", "axes"), [("space", [1, 2]), ("all", [1, 2, 3])]
    )
    def test_takes_the_weights_of_keras(self, shared, axes):
        x = numbers((2, 4, 5, 3)).astype("float32")
        theirs = keras.layers.PReLU("random_normal", shared_axes=axes)
        expected = as_numpy(theirs(x))
        ours = layers.PReLU(shared)
        ours.build(x.shape)
        ours.set_weights(theirs.get_weights())
        np.testing.assert_allclose(as_numpy(ours(x)), expected, rtol=1e-6)

    def test_slope_at_0(self):
        tf = pytest.importorskip("tensorflow")
        x = tf.zeros((1, 3))
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layers.PReLU()(x)
        np.testing.assert_allclose(tape.gradient(y, x), 0.25)

    def test_can_be_kept_from_weight_decay(self):
        image = keras.Input((2, 2, 3))
        model = keras.Model(image, layers.PReLU()(image))
        optimizer = keras.optimizers.AdamW(0.0, weight_decay=0.5)
        optimizer.exclude_from_weight_decay(var_names=["alpha"])
        model.compile(optimizer, "mse")
        x = np.ones((1, 2, 2, 3))
        model.train_on_batch(x, x)
        np.testing.assert_array_equal(model.get_weights()[0], 0.25)

    def test_bad_sharing(self):
        with pytest.raises(ValueError, match="shared"):
            layers.PReLU(shared="channels")


class TestRReLU:
    """Random slopes."""

    x = -np.ones((8, 32, 32, 16), "float32")

    def slopes(self, seed=None, dtype="float32", bounds=(0.1, 0.3)):
        layer = layers.RReLU(*bounds, seed=seed, dtype=dtype)
        return -as_numpy(layer(self.x, training=True))

    @pytest.mark.parametrize("dtype", ["float32", "float16", "bfloat16"])
    def test_slopes_are_uniform(self, dtype):
        tolerance = TOLERANCE[dtype]
        slopes = self.slopes(1, dtype)
        assert slopes.min() >= 0.1 - tolerance
        assert slopes.max() <= 0.3 + tolerance
        # Of n draws the moments stray by about 1 / √n.
        assert slopes.mean() == pytest.approx(0.2, rel=0.005)
        assert slopes.std() == pytest.approx(0.2 / 12**0.5, rel=0.01)
        counts, _ = np.histogram(slopes, 10, (0.1, 0.3))
        np.testing.assert_allclose(counts / slopes.size, 0.1, rtol=0.1)

    def test_each_element_has_its_own(self):
        slopes = self.slopes(1).reshape(8, -1)
        assert np.unique(slopes).size > 0.4 * slopes.size
        correlation = np.corrcoef(slopes)
        assert np.abs(correlation - np.eye(8)).max() < 0.05
        for shift in (1, 2, 4, 16, 512):
            pair = np.corrcoef(
                slopes[:, shift:].ravel(), slopes[:, :-shift].ravel()
            )
            assert abs(pair[0, 1]) < 0.02, shift

    def test_positive_inputs_pass(self):
        y = layers.RReLU()(-self.x, training=True)
        np.testing.assert_array_equal(as_numpy(y), -self.x)

    def test_gradient_is_the_slope_drawn(self):
        tf = pytest.importorskip("tensorflow")
        x = tf.constant(numbers((4, 6, 6, 3)))
        layer = layers.RReLU(seed=1, dtype="float64")
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=True)
        np.testing.assert_allclose(tape.gradient(y, x), y / x, rtol=1e-9)

    def test_seed(self):
        np.testing.assert_array_equal(self.slopes(1), self.slopes(1))
        assert (self.slopes(1) != self.slopes(2)).mean() > 0.9
        assert (self.slopes() != self.slopes()).mean() > 0.9
        layer = layers.RReLU(seed=1)
        first, second = (as_numpy(layer(self.x, training=True)) for _ in "ab")
        assert (first != second).mean() > 0.9

    def test_equal_bounds_are_leaky_relu(self):
        np.testing.assert_allclose(self.slopes(bounds=(0.2, 0.2)), 0.2)

    @pytest.mark.parametrize("jit", [True, False])
    @pytest.mark.parametrize("steps", [1, 3])
    def test_draws_anew_in_each_step_of_fit(self, jit, steps):
        pytest.importorskip("tensorflow")
        image = keras.Input((6,))
        dense = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
        model = keras.Model(image, layers.RReLU()(dense(image)))
        model.compile(
            keras.optimizers.SGD(1.0),
            lambda _, y: y,
            jit_compile=jit,
            steps_per_execution=steps,
        )
        # Step t moves the t-th weight alone, by the slope drawn in it.
        model.fit(-np.eye(6), np.zeros((6, 1)), batch_size=1, verbose=0)
        slopes = as_numpy(dense.kernel) - 1
        assert slopes.min() >= 0.124
        assert slopes.max() <= 0.334
        assert np.unique(slopes).size == 6

    @pytest.mark.parametrize("bounds", [(-0.1, 0.2), (0.3, 0.2)])
    def test_bad_bounds(self, bounds):
        with pytest.raises(ValueError, match="lower"):
            layers.RReLU(*bounds)


@pytest.mark.parametrize("units", [0, 1.5])
def test_bad_maxout(units):
    with pytest.raises(ValueError, match="num_units"):
        layers.Maxout(units)


def test_maxout_must_divide():
    with pytest.raises(ValueError, match="divide"):
        layers.Maxout(3).build((None, 4))

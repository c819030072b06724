"""BatchNorm against Keras's own, and against NumPy in float64."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import numeric_gradient
from zoo import layers

tf = pytest.importorskip("tensorflow")

# From Keras 3.14 on.
HAS_RENORM = "renorm" in keras.layers.BatchNormalization().get_config()
OTHER = {
    "plain": {},
    "no center": {"center": False},
    "no scale": {"scale": False},
    "neither": {"center": False, "scale": False},
    "paper": {"momentum": 0.5, "epsilon": 1e-5},
    "no momentum": {"momentum": 0.0},
    "first axis": {"axis": 1},
    "axis named": {"axis": 3},
    "synchronized": {"synchronized": True},
    "half": {"dtype": "mixed_float16"},
    "bfloat16": {"dtype": "mixed_bfloat16"},
    "double": {"dtype": "float64"},
    "regularized": {"gamma_regularizer": "l2", "beta_constraint": "non_neg"},
}
if HAS_RENORM:
    OTHER["renorm"] = {
        "renorm": True,
        "renorm_clipping": {"rmax": 2.0, "dmax": 1.0},
    }


def pair(shape, seed=0, **config):
    """Keras's layer and ours, with the same random weights."""
    theirs = keras.layers.BatchNormalization(**config)
    ours = layers.BatchNorm(**config)
    rng = np.random.default_rng(seed)
    for layer in (theirs, ours):
        layer.build(shape)
    theirs.set_weights(
        [rng.uniform(0.5, 2, w.shape) for w in theirs.get_weights()]
    )
    ours.set_weights(theirs.get_weights())
    return theirs, ours


def run(layer, x, training, mask=None):
    """The output, all gradients, and the state afterwards."""
    weights = np.random.default_rng(1).normal(size=x.shape)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, training=training, mask=mask)
        loss = tf.reduce_sum(tf.cast(y, "float64") * weights)
    wanted = [x, *[w.value for w in layer.trainable_weights]]
    gradients = tape.gradient(loss, wanted)
    results = [y, *gradients, *layer.non_trainable_weights]
    return [np.asarray(r).astype("float64") for r in results]


def assert_close(actual, expected, tolerance=1e-5, least=1e-3):
    """`least` is the scale where values of this size cancel."""
    for a, e in zip(actual, expected, strict=True):
        scale = max(np.abs(e).max(), least)
        assert np.abs(a - e).max() <= tolerance * scale


@pytest.mark.parametrize("training", [True, False], ids=["train", "infer"])
@pytest.mark.parametrize("config", OTHER)
def test_equals_keras(config, training):
    config = OTHER[config]
    shape = (5, 4, 3, 6)
    theirs, ours = pair(shape, **config)
    x = np.random.default_rng(2).normal(1, 2, shape)
    dtype = keras.dtype_policies.get(config.get("dtype", "float32"))
    x = tf.constant(x, dtype.compute_dtype)
    half = dtype.name.startswith("mixed")
    tolerance = 0.01 if half else 1e-5
    assert_close(run(ours, x, training), run(theirs, x, training), tolerance)
    assert len(ours.losses) == len(theirs.losses)


@settings(max_examples=20, deadline=None)
@given(
    batch=st.integers(1, 17),
    space=st.lists(st.integers(1, 5), max_size=3),
    channels=st.integers(1, 9),
    training=st.booleans(),
    seed=st.integers(0, 99),
)
def test_equals_keras_at_any_shape(batch, space, channels, training, seed):
    shape = (batch, *space, channels)
    theirs, ours = pair(shape, seed)
    x = tf.constant(np.random.default_rng(seed).normal(size=shape), "float32")
    # With next to no variance, rounding is magnified by 1 / sqrt(epsilon).
    assert_close(
        run(ours, x, training), run(theirs, x, training), 1e-4, least=0.1
    )


def test_masks_are_keras_s():
    theirs, ours = pair((4, 5, 3))
    x = tf.random.normal((4, 5, 3))
    mask = tf.constant(np.random.default_rng(0).random((4, 5)) < 0.6)
    assert_close(run(ours, x, True, mask), run(theirs, x, True, mask))
    x, mask = x[:, None], mask[:, None]
    theirs, ours = pair(x.shape)
    assert_close(run(ours, x, True, mask), run(theirs, x, True, mask))


def formula(x, dy, gamma, beta, epsilon):
    """Ioffe and Szegedy's forward and backward pass."""
    axes = tuple(range(x.ndim - 1))
    mean, variance = x.mean(axes), x.var(axes)
    inverse = 1 / np.sqrt(variance + epsilon)
    normal = (x - mean) * inverse
    d_gamma, d_beta = (dy * normal).sum(axes), dy.sum(axes)
    slope, level = (dy * normal).mean(axes), dy.mean(axes)
    dx = gamma * inverse * (dy - level - normal * slope)
    return normal * gamma + beta, dx, d_gamma, d_beta, mean, variance


HARD = {
    "plain": lambda z: z,
    "large mean": lambda z: z + 100,
    "large mean, small variance": lambda z: 1000 + 0.1 * z,
    "tiny variance": lambda z: 1e-3 * z,
    "first sample far off": lambda z: (
        0.01 * z + 100 * (np.arange(len(z)) == 0)[:, None, None, None]
    ),
    "one sample": lambda z: z[:1] + 10,
}


@pytest.mark.parametrize("graph", [False, True], ids=["eager", "graph"])
@pytest.mark.parametrize("kind", HARD)
def test_is_exact(kind, graph):
    rng = np.random.default_rng(0)
    x = HARD[kind](rng.normal(size=(64, 9, 9, 5))).astype("float32")
    layer = layers.BatchNorm(momentum=0.0)
    layer.build(x.shape)
    gamma, beta = rng.normal(size=(2, 5)).astype("float32")
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    weights = np.random.default_rng(1).normal(size=x.shape)
    expected = formula(x.astype("float64"), weights, gamma, beta, 1e-3)
    with tf.GradientTape() as tape:
        variables = [layer.gamma.value, layer.beta.value]
        inputs = tf.constant(x)
        tape.watch(inputs)
        call = tf.function(layer) if graph else layer
        y = call(inputs, training=True)
    dy = tf.constant(weights, "float32")
    gradients = tape.gradient(y, [inputs, *variables], output_gradients=dy)
    actual = [y, *gradients, layer.moving_mean, layer.moving_variance]
    assert_close([np.asarray(a) for a in actual], expected)


@pytest.mark.parametrize("training", [True, False], ids=["train", "infer"])
@pytest.mark.parametrize("graph", [False, True], ids=["eager", "graph"])
def test_second_order_gradients(training, graph):
    rng = np.random.default_rng(0)
    x, weights = rng.normal(size=(2, 4, 3, 1, 2))
    layer = layers.BatchNorm()
    layer.build(x.shape)
    layer.set_weights([w + rng.random(w.shape) for w in layer.get_weights()])
    gamma, beta, mean, variance = (
        w.astype("float64") for w in layer.get_weights()
    )

    def penalty(x):
        """Of the gradient of Σ weights · sin(y)."""
        if training:
            normal, *_ = formula(x, x, 1.0, 0.0, 1e-3)
        else:
            normal = (x - mean) / np.sqrt(variance + 1e-3)
        dy = weights * np.cos(normal * gamma + beta)
        if training:
            dx = formula(x, dy, gamma, beta, 1e-3)[1]
        else:
            dx = dy * gamma / np.sqrt(variance + 1e-3)
        return np.sin(dx).sum()

    def second(x):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                y = tf.reduce_sum(tf.sin(layer(x, training=training)) * weights)
            value = tf.reduce_sum(tf.sin(inner.gradient(y, x)))
        return outer.gradient(value, x)

    actual = (tf.function(second) if graph else second)(
        tf.constant(x, "float32")
    )
    np.testing.assert_allclose(
        actual, numeric_gradient(penalty, x, 1e-5), rtol=1e-3, atol=1e-4
    )


def test_frozen_infers_and_keeps_its_averages():
    _, layer = pair((4, 3, 3, 2))
    x = tf.random.normal((4, 3, 3, 2))
    before = layer.get_weights()
    expected = layer(x, training=False)
    layer.trainable = False
    np.testing.assert_array_equal(layer(x, training=True), expected)
    for actual, old in zip(layer.get_weights(), before, strict=True):
        np.testing.assert_array_equal(actual, old)


def test_weights_come_from_keras():
    def model(norm):
        image = keras.Input((6, 6, 3))
        x = norm(momentum=0.5, name="norm")(image)
        return keras.Model(image, keras.layers.Conv2D(2, 3, name="conv")(x))

    x = np.random.default_rng(0).normal(2, 3, (8, 6, 6, 3)).astype("float32")
    theirs = model(keras.layers.BatchNormalization)
    theirs(x, training=True)
    ours = model(layers.BatchNorm)
    ours.set_weights(theirs.get_weights())
    np.testing.assert_allclose(ours(x), theirs(x), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("jit", [False, True], ids=["graph", "XLA"])
def test_fit_equals_keras(jit):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(32, 6, 6, 3)).astype("float32")
    y = rng.normal(size=(32, 1)).astype("float32")
    found = []
    for norm in (keras.layers.BatchNormalization, layers.BatchNorm):
        keras.utils.set_random_seed(0)
        model = keras.Sequential(
            [
                keras.Input((None, None, 3)),
                keras.layers.Conv2D(4, 3, use_bias=False),
                norm(momentum=0.9),
                keras.layers.ReLU(),
                keras.layers.GlobalAveragePooling2D(),
                keras.layers.Dense(1),
            ]
        )
        model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=jit)
        model.fit(x, y, batch_size=8, epochs=2, shuffle=False, verbose=0)
        found.append([*model.get_weights(), model.predict(x, verbose=0)])
    assert_close(*found, 1e-4)


def test_export(tmp_path):
    image = keras.Input((None, None, 3))
    x = layers.Conv2D(4, 3)(image)
    model = keras.Model(image, keras.layers.ReLU()(layers.BatchNorm()(x)))
    x = np.random.default_rng(0).normal(size=(2, 7, 7, 3)).astype("float32")
    model(x, training=True)
    model.export(tmp_path / "saved", verbose=False)
    saved = tf.saved_model.load(tmp_path / "saved")
    np.testing.assert_allclose(saved.serve(x), model(x), rtol=1e-5, atol=1e-6)

"""The normalizers by batch statistics, other than BatchNorm."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.layers.reference import check_gradients
from zoo import layers

to_numpy = keras.ops.convert_to_numpy


def images(*shape, seed=0):
    """Correlated channels with a mean."""
    rng = np.random.default_rng(seed)
    mix = rng.normal(size=(shape[-1],) * 2)
    return rng.normal(size=shape) @ mix + rng.normal(size=shape[-1])


def covariance(x):
    rows = x.reshape(-1, x.shape[-1])
    return np.cov(rows.T, bias=True).reshape((x.shape[-1],) * 2)


def block_diagonal(matrix, size):
    groups = np.arange(len(matrix)) // size
    return matrix * (groups[:, None] == groups)


def test_mean_only():
    layer = layers.MeanOnlyBatchNorm(0.9, dtype="float64")
    x = images(4, 3, 3, 5)
    layer.build(x.shape)
    beta = np.arange(5.0)
    layer.beta.assign(beta)
    mean = x.mean((0, 1, 2))
    y = to_numpy(layer(x, training=True))
    np.testing.assert_allclose(y, x - mean + beta)
    np.testing.assert_allclose(layer.moving_mean, 0.1 * mean)
    y = to_numpy(layer(x, training=False))
    np.testing.assert_allclose(y, x - 0.1 * mean + beta)


def test_mean_only_has_the_gradients_of_float64():
    tf = pytest.importorskip("tensorflow")
    x = images(4, 3, 3, 5)
    found = []
    for dtype in ("float32", "float64"):
        layer = layers.MeanOnlyBatchNorm(dtype=dtype)
        layer.build(x.shape)
        inputs = tf.constant(x, dtype)
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            loss = tf.reduce_sum(layer(inputs, training=True) ** 3)
        wanted = [inputs, layer.beta.value]
        found.append([layer.moving_mean, *tape.gradient(loss, wanted)])
    for actual, expected in zip(*found, strict=True):
        np.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-3)


def renorm(x, mean, stddev, r_max, d_max, epsilon=1e-3):
    axes = (0, 1, 2)
    batch_mean = x.mean(axes)
    batch_stddev = np.sqrt(x.var(axes) + epsilon)
    r = np.clip(batch_stddev / stddev, 1 / r_max, r_max)
    d = np.clip((batch_mean - mean) / stddev, -d_max, d_max)
    return (x - batch_mean) / batch_stddev * r + d, batch_mean, batch_stddev


def test_batch_renorm_follows_its_ramps():
    layer = layers.BatchRenorm(
        0.5,
        r_max=3.0,
        d_max=5.0,
        ramp_start=1,
        r_ramp_end=3,
        d_ramp_end=5,
        dtype="float64",
    )
    mean, stddev = np.zeros(4), np.ones(4)
    for step, (r_max, d_max) in enumerate(
        [(1, 0), (1, 0), (2, 1.25), (3, 2.5), (3, 3.75), (3, 5), (3, 5)]
    ):
        x = images(3, 2, 2, 4, seed=step)
        expected, *batch = renorm(x, mean, stddev, r_max, d_max)
        y = to_numpy(layer(x, training=True))
        np.testing.assert_allclose(y, expected, err_msg=f"step {step}")
        mean, stddev = (mean + batch[0]) / 2, (stddev + batch[1]) / 2
        np.testing.assert_allclose(layer.moving_mean, mean)
        np.testing.assert_allclose(layer.moving_stddev, stddev)
    np.testing.assert_allclose(
        to_numpy(layer(x, training=False)), (x - mean) / stddev
    )


def test_batch_renorm_without_correction_is_batch_norm():
    x = images(4, 3, 3, 5).astype("float32")
    layer = layers.BatchRenorm(r_max=1.0, d_max=0.0)
    expected = layers.BatchNorm()(x, training=True)
    np.testing.assert_allclose(
        to_numpy(layer(x, training=True)), to_numpy(expected), atol=1e-5
    )


def test_batch_renorm_trains_as_it_infers():
    """Within the bounds, the moving averages decide in training too."""
    layer = layers.BatchRenorm(
        1.0, r_max=1e3, d_max=1e3, ramp_start=0, r_ramp_end=1, d_ramp_end=1
    )
    x = images(4, 3, 3, 5).astype("float32")
    layer(x, training=True)  # the step of the ramp
    np.testing.assert_allclose(
        to_numpy(layer(x, training=True)),
        to_numpy(layer(x, training=False)),
        rtol=1e-4,
        atol=1e-4,
    )


@settings(max_examples=15, deadline=None)
@given(
    group_size=st.sampled_from([None, 1, 2, 3, 6]),
    space=st.lists(st.integers(3, 6), max_size=2),
    seed=st.integers(0, 99),
)
def test_decorrelated(group_size, space, seed):
    layer = layers.DecorrelatedBatchNorm(
        group_size, 0.5, epsilon=1e-6, dtype="float64"
    )
    x = images(40, *space, 6, seed=seed)
    y = to_numpy(layer(x, training=True))
    size = group_size or 6
    values, vectors = np.linalg.eigh(
        block_diagonal(covariance(x), size) + 1e-6 * np.eye(6)
    )
    matrix = vectors / np.sqrt(values) @ vectors.T
    mean = x.reshape(-1, 6).mean(0)
    np.testing.assert_allclose(y, (x - mean) @ matrix, rtol=1e-6, atol=1e-8)
    whitened = vectors * (1 - 1e-6 / values) @ vectors.T  # epsilon stays
    np.testing.assert_allclose(
        block_diagonal(covariance(y), size), whitened, atol=1e-6
    )
    moving = (np.eye(6) + matrix) / 2
    np.testing.assert_allclose(
        to_numpy(layer(x, training=False)), (x - mean / 2) @ moving, atol=1e-6
    )


def test_one_channel_a_group_is_batch_norm():
    x = images(8, 5, 5, 4).astype("float32")
    layer = layers.DecorrelatedBatchNorm(1)
    expected = layers.BatchNorm()(x, training=True)
    np.testing.assert_allclose(
        to_numpy(layer(x, training=True)), to_numpy(expected), atol=1e-4
    )


@pytest.mark.parametrize("iterations", [1, 5])
@pytest.mark.parametrize("group_size", [2, 6, 64])
def test_iterative(iterations, group_size):
    layer = layers.IterativeNorm(
        group_size, iterations, epsilon=1e-4, dtype="float64"
    )
    x = images(20, 3, 3, 6)
    sigma = covariance(x) + 1e-4 * np.eye(6)
    size = min(group_size, 6)
    expected = np.zeros_like(x)
    for start in range(0, 6, size):
        part = slice(start, start + size)
        trace = np.trace(sigma[part, part])
        p = np.eye(size)
        for _ in range(iterations):
            p = (3 * p - p @ p @ p @ sigma[part, part] / trace) / 2
        centred = x[..., part] - x[..., part].mean((0, 1, 2))
        expected[..., part] = centred @ p / np.sqrt(trace)
    np.testing.assert_allclose(to_numpy(layer(x, training=True)), expected)


def test_iterative_norm_tends_to_decorrelated():
    # Newton's iteration is unstable once converged: good data, few steps.
    x = np.random.default_rng(0).normal(size=(20, 3, 3, 6))
    x[..., 1] += x[..., 0]
    exact = layers.DecorrelatedBatchNorm(None, epsilon=1e-3, dtype="float64")
    newton = layers.IterativeNorm(None, 12, epsilon=1e-3, dtype="float64")
    np.testing.assert_allclose(
        to_numpy(newton(x, training=True)),
        to_numpy(exact(x, training=True)),
        atol=1e-6,
    )


GRADIENTS = {
    "mean only": lambda **k: layers.MeanOnlyBatchNorm(**k),
    "renorm": lambda **k: layers.BatchRenorm(r_max=1, d_max=0, **k),
    "decorrelated": lambda **k: layers.DecorrelatedBatchNorm(2, **k),
    "iterative": lambda **k: layers.IterativeNorm(4, **k),
}


@pytest.mark.parametrize("training", [True, False], ids=["train", "infer"])
@pytest.mark.parametrize("kind", GRADIENTS)
def test_gradients(kind, training):
    pytest.importorskip("tensorflow")
    layer = GRADIENTS[kind](dtype="float64")
    check_gradients(layer, images(3, 2, 2, 4), training)


def test_equal_eigenvalues_harm_no_gradient():
    """Where TensorFlow's gradient of `eigh` is not a number."""
    tf = pytest.importorskip("tensorflow")
    layer = layers.DecorrelatedBatchNorm(4)
    for x in (np.zeros((2, 3, 3, 4)), np.tile(np.eye(4), (2, 1, 1, 1))):
        x = tf.constant(x, "float32")
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = layer(x, training=True)
        assert np.isfinite(tape.gradient(y, x, y + 1)).all()


@pytest.mark.parametrize(
    ("make", "argument"),
    [
        (lambda: layers.MeanOnlyBatchNorm(1.5), "momentum"),
        (lambda: layers.BatchRenorm(momentum=-1), "momentum"),
        (lambda: layers.BatchRenorm(r_max=0.5), "r_max"),
        (lambda: layers.BatchRenorm(d_max=-1), "d_max"),
        (lambda: layers.BatchRenorm(ramp_start=9, r_ramp_end=8), "ramp_start"),
        (lambda: layers.DecorrelatedBatchNorm(0), "group_size"),
        (lambda: layers.DecorrelatedBatchNorm(epsilon=0), "epsilon"),
        (lambda: layers.IterativeNorm(iterations=0), "iterations"),
    ],
)
def test_bad_arguments(make, argument):
    with pytest.raises(ValueError, match=argument):
        make()


def test_groups_must_divide_the_channels():
    with pytest.raises(ValueError, match="divide"):
        layers.DecorrelatedBatchNorm(4).build((None, 3, 3, 6))

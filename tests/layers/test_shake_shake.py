"""The mixtures of two branches, and of their gradients."""

import keras
import numpy as np
import pytest

from tests.layers.reference import as_numpy
from zoo import layers

N = 500


def branches():
    rng = np.random.default_rng(0)
    return [rng.normal(size=(N, 2, 3, 4)) for _ in range(2)]


def test_mean_at_inference():
    first, second = branches()
    y = layers.ShakeShake(dtype="float64")([first, second])
    np.testing.assert_allclose(as_numpy(y), (first + second) / 2, rtol=1e-12)


def test_a_share_for_every_sample_in_training():
    ones, zeros = np.ones((N, 2, 3, 4)), np.zeros((N, 2, 3, 4))
    layer = layers.ShakeShake(seed=1, dtype="float64")
    shares = as_numpy(layer([ones, zeros], training=True))
    assert np.ptp(shares, axis=(1, 2, 3)).max() < 1e-12
    shares = shares[:, 0, 0, 0]
    assert shares.min() >= 0
    assert shares.max() <= 1
    assert abs(shares.mean() - 0.5) < 0.06
    assert abs(shares.var() - 1 / 12) < 0.02
    again = as_numpy(layer([ones, zeros], training=True))[:, 0, 0, 0]
    assert abs(np.corrcoef(shares, again)[0, 1]) < 0.2


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="speaks to TensorFlow"
)
def test_gradients_have_shares_of_their_own():
    import tensorflow as tf

    first, second = map(tf.constant, branches())
    layer = layers.ShakeShake(seed=1, dtype="float64")
    with tf.GradientTape() as tape:
        tape.watch([first, second])
        y = layer([first, second], training=True)
    got = tape.gradient(y, [first, second])
    shares = as_numpy(got[0])
    np.testing.assert_allclose(shares + as_numpy(got[1]), 1, rtol=1e-12)
    assert np.ptp(shares, axis=(1, 2, 3)).max() < 1e-12
    difference = as_numpy(first - second)
    mixed = (as_numpy(y - second) / difference)[:, 0, 0, 0]
    assert abs(np.corrcoef(shares[:, 0, 0, 0], mixed)[0, 1]) < 0.2


def test_two_inputs_of_one_shape():
    x = np.ones((2, 4, 4, 3), "float32")
    for wrong in ([x], [x, x, x], [x, x[..., :2]]):
        with pytest.raises(ValueError, match="two inputs of one shape"):
            layers.ShakeShake()(wrong)

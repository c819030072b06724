"""The joins of fractal networks: what training drops, and what it keeps."""

import keras
import numpy as np
import pytest

from zoo import layers

N = 2000


def columns(n=3):
    """Column c is 10 ** c everywhere: the mean tells which were kept."""
    return [np.full((N, 2, 2, 1), 10.0**c, "float32") for c in range(n)]


def local(n=N):
    return np.full((n, 1), -1, "int32")


def one_value(y):
    y = np.asarray(y)
    assert np.all(y == y[:, :1, :1])
    return y[:, 0, 0, 0]


def test_mean_at_inference():
    y = layers.FractalJoin(0.9)([*columns(), local()])
    np.testing.assert_allclose(y, 37.0, rtol=1e-6)


def test_a_sample_on_one_column_gets_that_column_alone():
    path = np.arange(N, dtype="int32")[:, None] % 3
    y = one_value(layers.FractalJoin(seed=1)([*columns(), path], training=True))
    np.testing.assert_array_equal(y, 10.0 ** path[:, 0])


def test_a_column_that_is_not_joined_here_decides_nothing():
    path = np.full((N, 1), 2, "int32")
    y = one_value(
        layers.FractalJoin(0.5, seed=1)([*columns(2), path], training=True)
    )
    assert set(np.unique(y)) == {1.0, 5.5, 10.0}


def test_shares_of_the_subsets():
    rate = 0.4
    join = layers.FractalJoin(rate, seed=2)
    y = one_value(join([*columns(2), local()], training=True))
    # Both dropped: one of them is kept after all, either as likely.
    only = rate * (1 - rate) + rate**2 / 2
    for value, share in ((1.0, only), (10.0, only), (5.5, (1 - rate) ** 2)):
        error = 4 * np.sqrt(share * (1 - share) / N)
        assert abs(np.mean(y == value) - share) < error


@pytest.mark.parametrize("rate", [0.0, 0.5, 1.0])
def test_shares_of_the_paths(rate):
    draw = layers.FractalPath(4, rate, seed=3)
    images = np.zeros((N, 1, 1, 3), "float32")
    path = np.asarray(draw(images, training=True))
    assert path.shape == (N, 1)
    for value, share in ((-1, 1 - rate), *((c, rate / 4) for c in range(4))):
        error = 4 * np.sqrt(share * (1 - share) / N)
        assert abs(np.mean(path == value) - share) <= error
    np.testing.assert_array_equal(draw(images), -1)


def test_saves_and_reloads(tmp_path):
    image = keras.Input((4, 4, 2))
    path = layers.FractalPath(2, 0.3, seed=4)(image)
    y = layers.FractalJoin(0.2, seed=5)([image, 2 * image, path])
    model = keras.Model(image, y)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.layers[1].get_config() == model.layers[1].get_config()
    x = np.ones((5, 4, 4, 2), "float32")
    for training in (False, True):
        np.testing.assert_array_equal(
            loaded(x, training=training), model(x, training=training)
        )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layers.FractalJoin(1.0), "received 1.0"),
        (lambda: layers.FractalPath(0), "received 0"),
        (lambda: layers.FractalPath(2, 1.5), "received 1.5"),
    ],
)
def test_errors(make, message):
    with pytest.raises(ValueError, match=message):
        make()

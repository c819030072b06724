"""Nearest-neighbour resizing against NumPy's indexing."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo import layers


def indices(old, new):
    return [i * old // new for i in range(new)]


@pytest.mark.parametrize(
    ("old", "new"), [((3, 2), (7, 5)), ((4, 3), (8, 6)), ((5, 7), (2, 3))]
)
def test_values_and_gradient(old, new):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2, *old, 3)).astype("float32")
    like = np.zeros((2, *new, 1), "float32")
    rows, columns = (indices(*sizes) for sizes in zip(old, new, strict=True))
    expected = x[:, rows][:, :, columns]
    weights = rng.normal(size=expected.shape).astype("float32")
    variable = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = layers.ResizeLike()([variable, like])
        loss = keras.ops.sum(y * weights)
    np.testing.assert_array_equal(y, expected)
    gradient = np.zeros_like(x)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            gradient[:, row, column] += weights[:, i, j]
    own = tf.convert_to_tensor(tape.gradient(loss, variable))
    np.testing.assert_allclose(own, gradient, rtol=1e-5, atol=1e-6)


def test_any_size_and_saving(tmp_path):
    x, like = keras.Input((None, None, 3)), keras.Input((None, None, 2))
    y = layers.ResizeLike()([x, like])
    assert y.shape == (None, None, None, 3)
    model = keras.Model([x, like], y)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    inputs = [np.arange(18.0).reshape(1, 2, 3, 3), np.zeros((1, 5, 4, 2))]
    outputs = loaded.predict(inputs, verbose=0)
    expected = inputs[0][:, indices(2, 5)][:, :, indices(3, 4)]
    np.testing.assert_array_equal(outputs, expected)

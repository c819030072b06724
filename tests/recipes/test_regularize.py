"""Stronger changes of the training images: by chance, and the same again."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo.training import losses, regularize
from zoo.training.regularize import Strengths


def images(channels=3):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (6, 16, 16, channels))
    return tf.constant(pixels, tf.float32)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_number_of_the_batch_decides(channels):
    strengths = Strengths(rand_augment=0.5, erasing=0.5)
    change = regularize.changer(strengths, 3, channels)
    graph = tf.function(change)
    batch = images(channels)
    first = graph(tf.constant(4, tf.int64), batch).numpy()
    again = tf.function(regularize.changer(strengths, 3, channels))
    np.testing.assert_array_equal(
        first, again(tf.constant(4, tf.int64), batch).numpy()
    )
    other = graph(tf.constant(5, tf.int64), batch).numpy()
    assert not np.array_equal(first, other)
    assert first.shape == batch.shape
    assert (first >= 0).all()
    assert (first <= 255).all()


def test_mixed_labels_are_shares_of_mixed_images():
    """Images of one colour each, whose mean tells what they are mixed of."""
    labels = tf.one_hot(tf.range(6), 6)
    batch = tf.ones((6, 16, 16, 1)) * tf.range(6.0)[:, None, None, None]
    for strengths in (Strengths(mixup=0.9), Strengths(cutmix=1.0)):
        mix = tf.function(regularize.mixer(strengths, 0))
        changed, shares = mix(tf.constant(1, tf.int64), batch, labels)
        np.testing.assert_allclose(shares.numpy().sum(1), 1, atol=1e-5)
        means = changed.numpy().mean((1, 2, 3))
        expected = shares.numpy() @ np.arange(6)
        # CutMix cuts at whole pixels, and shares out by exact ones.
        np.testing.assert_allclose(means, expected, atol=0.6)
        assert not np.allclose(means, np.arange(6))
    assert regularize.mixer(Strengths(), 0) is None


def test_nothing_is_changed_by_default():
    assert regularize.changer(regularize.NONE, 0, 3) is None
    assert not regularize.NONE.mixes


@pytest.mark.parametrize("rows", [False, True])
def test_classes_weigh_alike_together(rows):
    inputs = keras.Input((2,))
    model = keras.Model(inputs, keras.layers.Dense(2, name="logits")(inputs))
    labels = np.array([0, 0, 0, 1])
    logits = np.array([[1.0, 0.0]] * 3 + [[2.0, 0.0]], np.float32)
    weights = losses.balanced([3, 1])
    loss = losses.make(model, rows=rows, class_weights=weights)
    given = np.eye(2, dtype="float32")[labels] if rows else labels
    each = np.log(np.exp(logits).sum(1)) - logits[range(4), labels]
    expected = each * np.array([2 / 3] * 3 + [2])
    np.testing.assert_allclose(loss(given, logits), expected, rtol=1e-5)

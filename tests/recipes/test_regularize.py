"""Stronger changes of the training images: by chance, and the same again."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image, ImageEnhance, ImageOps

from zoo.training import losses, regularize, trivial_augment
from zoo.training.regularize import Strengths


def images(channels=3):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (6, 16, 16, channels))
    return tf.constant(pixels, tf.float32)


@pytest.mark.parametrize("channels", [1, 3])
def test_the_number_of_the_batch_decides(channels):
    strengths = Strengths(rand_augment=0.5, trivial_augment=True, erasing=0.5)
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


def enhanced(kind, factor):
    return lambda image: getattr(ImageEnhance, kind)(image).enhance(factor)


def moved(*matrix):
    return lambda image: image.transform(
        image.size, Image.Transform.AFFINE, matrix
    )


PILLOW = {
    ("brightness", -0.4): enhanced("Brightness", 1 - 0.396),
    ("color", 0.5): enhanced("Color", 1.495),
    ("contrast", 0.5): enhanced("Contrast", 1.495),
    ("sharpness", -1.0): enhanced("Sharpness", 0.01),
    ("posterize", 0.5): lambda image: ImageOps.posterize(image, 5),
    ("solarize", 0.3): lambda image: ImageOps.solarize(image, 179),
    ("auto_contrast", 0.0): ImageOps.autocontrast,
    ("shear_x", 0.5): moved(1, 0.495, 0, 0, 1, 0),
    ("shear_y", -0.5): moved(1, 0, 0, -0.495, 1, 0),
    ("translate_y", 0.25): moved(1, 0, 0, 0, 1, -8),
    ("rotate", 0.5): lambda image: image.rotate(67.5),
    ("identity", 1.0): lambda image: image,
}


def test_trivial_augment_as_pillow():
    """All operations on one batch: each image gets its own."""
    pixels = np.random.default_rng(0).integers(0, 256, (24, 20, 3), np.uint8)
    names, strengths = zip(*PILLOW, strict=True)
    changed = trivial_augment.apply(
        tf.constant(np.stack([pixels] * len(names)), tf.float32),
        [trivial_augment.OPERATIONS.index(name) for name in names],
        strengths,
    )
    for name, ours, pillow in zip(
        names, changed.numpy(), PILLOW.values(), strict=True
    ):
        theirs = np.asarray(pillow(Image.fromarray(pixels)), np.float32)
        # Pillow rounds colours, and what falls on a border between pixels.
        far = np.abs(ours - theirs) > 1.5
        assert far.mean() < 0.01, name

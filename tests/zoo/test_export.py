"""A SavedModel computes what its model does, or is not written at all."""

import os

import keras
import numpy as np
import pytest
import tensorflow as tf

from zoo import _export
from zoo._export import export


def classifier(*tail, shape=(8, 8, 1)):
    return keras.Sequential(
        [
            keras.Input(shape),
            keras.layers.Conv2D(4, 3),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.5),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(3),
            *tail,
        ]
    )


def served(path, images):
    signature = tf.saved_model.load(str(path)).signatures["serving_default"]
    return {k: v.numpy() for k, v in signature(images=images).items()}


@pytest.fixture
def images():
    return np.random.default_rng(1).normal(size=(5, 8, 8, 1)).astype("float32")


def test_answers_as_the_model(tmp_path, images):
    model = classifier()
    path = export(model, tmp_path / "served")
    assert path == tmp_path / "served" / "1"
    logits = model.predict(images, verbose=0)
    answers = served(path, images)
    np.testing.assert_allclose(answers["logits"], logits, atol=1e-6)
    np.testing.assert_allclose(
        answers["probabilities"], keras.ops.softmax(logits), atol=1e-6
    )


@pytest.mark.parametrize(
    "tail", [keras.layers.Softmax(), keras.layers.Dense(3, "softmax")]
)
def test_softmax_at_the_end(tmp_path, images, tail):
    model = classifier(tail)
    answers = served(export(model, tmp_path), images)
    expected = model.predict(images, verbose=0)
    np.testing.assert_allclose(answers["probabilities"], expected, atol=1e-6)
    np.testing.assert_allclose(answers["logits"], np.log(expected), atol=1e-5)


def test_open_height_and_width(tmp_path):
    model = classifier(shape=(None, None, 2))
    path = export(model, tmp_path)
    for shape in ((2, 9, 7, 2), (1, 30, 20, 2)):
        images = np.ones(shape, "float32")
        np.testing.assert_allclose(
            served(path, images)["logits"],
            model.predict(images, verbose=0),
            atol=1e-5,
        )


def test_versions_count_up(tmp_path):
    model = classifier()
    (tmp_path / "7").mkdir()
    (tmp_path / "notes").mkdir()
    assert export(model, tmp_path).name == "8"
    assert export(model, tmp_path).name == "9"


def test_half_precision_answers_in_float32(tmp_path, images):
    keras.mixed_precision.set_global_policy("mixed_bfloat16")
    try:
        model = classifier()
    finally:
        keras.mixed_precision.set_global_policy("float32")
    assert served(export(model, tmp_path), images)["logits"].dtype == "float32"


def test_nothing_stays_of_a_wrong_model(tmp_path, monkeypatch):
    class Moody(keras.layers.Layer):
        def call(self, inputs):  # another answer in a graph than outside
            return inputs + float(not tf.executing_eagerly())

    with pytest.raises(RuntimeError, match=r"logits differ .* by up to 1"):
        export(classifier(Moody()), tmp_path)
    assert not os.listdir(tmp_path)


def test_nothing_stays_of_a_failure(tmp_path, monkeypatch):
    def fail(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(_export, "_compare", fail)
    with pytest.raises(KeyboardInterrupt):
        export(classifier(), tmp_path)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("resnet18", "a built keras.Model; received 'resnet18'"),
        (keras.Sequential([keras.layers.Dense(3)]), "a built keras.Model"),
        (
            keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]),
            r"one batch of images \(N, H, W, C\); it takes \[\(None, 4\)\]",
        ),
        (
            keras.Sequential(
                [keras.Input((9, 9, 1)), keras.layers.Conv2D(2, 3)]
            ),
            r"returns \[\(None, 7, 7, 2\)\]",
        ),
    ],
)
def test_no_classifier(tmp_path, model, message):
    with pytest.raises(ValueError, match=message):
        export(model, tmp_path)
    assert not os.listdir(tmp_path)

"""Batch size 1, training and inference, frozen, sizes of None."""

import keras
import numpy as np
import pytest

from zoo import layers

to_numpy = keras.ops.convert_to_numpy
CHANNELS = 4
BY_BATCH = {
    "BatchNorm": lambda: layers.BatchNorm(momentum=0.5),
    "BatchRenorm": lambda: layers.BatchRenorm(0.5),
    "MeanOnlyBatchNorm": lambda: layers.MeanOnlyBatchNorm(0.5),
    "DecorrelatedBatchNorm": lambda: layers.DecorrelatedBatchNorm(2, 0.5),
    "IterativeNorm": lambda: layers.IterativeNorm(2, momentum=0.5),
}
BY_SAMPLE = {
    "LayerNorm": lambda: layers.LayerNorm(),
    "LayerNorm-position": lambda: layers.LayerNorm(-1),
    "LocalResponseNorm": lambda: layers.LocalResponseNorm(alpha=0.1),
    "FilterResponseNorm": lambda: layers.FilterResponseNorm(),
    "GlobalResponseNorm": lambda: layers.GlobalResponseNorm(),
    "ThresholdedLinearUnit": lambda: layers.ThresholdedLinearUnit(),
    "WeightNorm": lambda: layers.WeightNorm(layers.Conv2D(3, 3)),
    "WeightStandardization": lambda: layers.WeightStandardization(
        layers.Conv2D(3, 3)
    ),
}
by_batch = pytest.mark.parametrize("kind", BY_BATCH)
by_sample = pytest.mark.parametrize("kind", BY_SAMPLE)


def images(batch=4, size=5):
    rng = np.random.default_rng(0)
    scale = np.arange(1, batch + 1).reshape(-1, 1, 1, 1)
    x = rng.normal(1, 2, (batch, size, size, CHANNELS)) * scale
    return x.astype("float32")


@by_sample
def test_samples_do_not_mix(kind):
    layer = BY_SAMPLE[kind]()
    x = images()
    for training in (True, False):
        together = to_numpy(layer(x, training=training))
        for i in range(len(x)):
            alone = to_numpy(layer(x[i : i + 1], training=training))
            np.testing.assert_allclose(
                together[i : i + 1], alone, rtol=1e-4, atol=1e-5
            )


@by_sample
def test_training_and_freezing_change_nothing(kind):
    layer = BY_SAMPLE[kind]()
    x = images()
    expected = to_numpy(layer(x, training=False))
    np.testing.assert_array_equal(to_numpy(layer(x, training=True)), expected)
    layer.trainable = False
    np.testing.assert_array_equal(to_numpy(layer(x, training=True)), expected)
    assert not layer.trainable_weights


@by_batch
def test_samples_mix_in_training_only(kind):
    layer = BY_BATCH[kind]()
    x = images()
    together = to_numpy(layer(x, training=True))
    alone = to_numpy(layer(x[:1], training=True))
    assert np.abs(together[:1] - alone).max() > 0.1
    together = to_numpy(layer(x, training=False))
    alone = to_numpy(layer(x[:1], training=False))
    np.testing.assert_allclose(together[:1], alone, rtol=1e-4, atol=1e-5)


@by_batch
def test_one_sample_is_normalized_over_its_positions(kind):
    layer = BY_BATCH[kind]()
    y = to_numpy(layer(images(1, 9), training=True))
    np.testing.assert_allclose(y.mean((0, 1, 2)), 0, atol=1e-4)
    if kind != "MeanOnlyBatchNorm":
        # Newton's few steps fall short by a little.
        np.testing.assert_allclose(y.std((0, 1, 2)), 1, rtol=0.05)


@by_batch
def test_one_position_leaves_the_bias(kind):
    layer = BY_BATCH[kind]()
    layer.build((None, CHANNELS))
    beta = np.arange(CHANNELS, dtype="float32")
    layer.beta.assign(beta)
    y = to_numpy(layer(images(1, 1)[:, 0, 0], training=True))
    np.testing.assert_allclose(y, beta[None], atol=1e-5)


@by_batch
def test_frozen_is_inference(kind):
    layer = BY_BATCH[kind]()
    x = images()
    layer(x, training=True)
    expected = to_numpy(layer(x, training=False))
    layer.trainable = False
    before = layer.get_weights()
    np.testing.assert_array_equal(to_numpy(layer(x, training=True)), expected)
    for actual, old in zip(layer.get_weights(), before, strict=True):
        np.testing.assert_array_equal(actual, old)
    assert not layer.trainable_weights


@by_batch
def test_averages_move_by_momentum(kind):
    layer = BY_BATCH[kind]()
    x = images()
    layer(x, training=True)
    np.testing.assert_allclose(
        to_numpy(layer.moving_mean), x.mean((0, 1, 2)) / 2, rtol=1e-4
    )


@pytest.mark.parametrize("kind", [*BY_BATCH, *BY_SAMPLE])
def test_free_size(kind):
    make = {**BY_BATCH, **BY_SAMPLE}[kind]
    image = keras.Input((None, None, CHANNELS))
    model = keras.Model(image, make()(image))
    for size in (5, 8):
        x = images(size=size)
        expected = to_numpy(model.layers[-1](x))
        actual = model.predict_on_batch(x)
        np.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-5)

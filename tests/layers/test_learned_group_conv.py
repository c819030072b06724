"""Which channels learned groups keep."""

import keras
import numpy as np
import pytest

from tests.layers.reference import as_numpy
from zoo import layers

CHANNELS, FILTERS, GROUPS, FACTOR = 12, 6, 3, 4


def made(**options):
    layer = layers.LearnedGroupConv2D(
        FILTERS, 1, GROUPS, condense_factor=FACTOR, **options
    )
    layer.build((None, 5, 4, CHANNELS))
    return layer


def test_all_groups_read_everything_at_first():
    layer = made(dtype="float64")
    x = np.random.default_rng(0).normal(size=(2, 5, 4, CHANNELS))
    np.testing.assert_allclose(
        as_numpy(layer(x)), x @ as_numpy(layer.kernel)[0, 0], rtol=1e-9
    )


def test_drops_the_smallest_channels_of_each_group_for_good():
    layer = made()
    kernel = as_numpy(layer.kernel)[0, 0]
    kept = [CHANNELS] * GROUPS
    for progress, left in ((0.0, 12), (0.2, 9), (0.34, 6), (0.5, 3), (1.0, 3)):
        before = as_numpy(layer.mask)
        layer.condense(progress)
        mask = as_numpy(layer.mask)
        assert np.all(mask <= before)  # what is dropped never returns
        for group in range(GROUPS):
            rows = mask[:, group::GROUPS]
            assert np.all(rows == rows[:, :1])
            kept[group] = int(rows[:, 0].sum())
        assert kept == [left] * GROUPS
    for group in range(GROUPS):
        size = np.abs(kernel[:, group::GROUPS]).sum(1)
        best = np.argsort(size)[-3:]
        assert set(np.flatnonzero(mask[:, group])) == set(best)


def test_condenses_all_layers_of_a_model_and_saves_the_masks(tmp_path):
    image = keras.Input((5, 4, CHANNELS))
    wrapped = layers.WeightNorm(layers.LearnedGroupConv2D(8, 1, 4))
    x = layers.LearnedGroupConv2D(FILTERS * 2, 1, GROUPS, FACTOR)(image)
    model = keras.Model(image, wrapped(x))
    layers.condense(model, 1)
    x = np.random.default_rng(0).normal(size=(2, 5, 4, CHANNELS))
    expected = model.predict_on_batch(x)
    model.save(tmp_path / "model.keras")
    model.save_weights(tmp_path / "model.weights.h5")
    again = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(again.predict_on_batch(x), expected, rtol=1e-5)
    fresh = keras.Model.from_config(model.get_config())
    fresh.load_weights(tmp_path / "model.weights.h5")
    np.testing.assert_allclose(fresh.predict_on_batch(x), expected, rtol=1e-5)
    assert as_numpy(fresh.layers[1].mask).sum() == 3 * 2 * FILTERS
    assert as_numpy(fresh.layers[2].layer.mask).sum() == 3 * 8


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kernel_size": 3}, "1x1"),
        ({"learned_groups": 5}, "must divide filters"),
        ({"condense_factor": 7}, "number of input channels"),
    ],
)
def test_bad_arguments(options, message):
    with pytest.raises(ValueError, match=message):
        layers.LearnedGroupConv2D(8, **options).build((None, 5, 4, 12))
    with pytest.raises(ValueError, match="progress"):
        made().condense(1.5)

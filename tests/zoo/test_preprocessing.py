"""Preprocessing equal to torchvision's on photographs; naming a flower."""

import numpy as np
import pytest

import zoo
from tests.parity.record_preprocessing import CASES, DATA, STEP, photographs


@pytest.fixture(scope="module")
def images():
    datasets = pytest.importorskip("sklearn.datasets")
    files = ("china.jpg", "flower.jpg")
    return photographs(*map(datasets.load_sample_image, files))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_equal_to_torchvision_within_rounding(case, images):
    builder, weights = case
    theirs, _ = CASES[case]
    prepare = zoo.preprocessing(builder, weights)
    std = np.array(zoo.info(builder).checkpoints[0].std)
    with np.load(DATA) as recorded:
        for name, pixels in images.items():
            wanted = recorded[f"{theirs}-{name}"].astype("float32")
            got = np.asarray(prepare(pixels[None]))[0, ::STEP, ::STEP]
            levels = np.abs(got - wanted) * std * 255
            # Pillow rounds between its two passes too.
            assert levels.max() < 1.2, name
            assert levels.mean() < 0.3, name

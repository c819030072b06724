"""Checkpoints whose names fit a variant that computes something else."""

import pytest

import zoo
from zoo.models._weightless import weightless


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("efficientnet_lite0", "torchvision", "Build efficientnet_b0"),
        ("efficientnet_b0", "keras", "Build tf_efficientnet_b0"),
        ("efficientnet_v2_s", "keras", "Build tf_efficientnet_b0"),
    ],
)
def test_refused(name, source, message):
    with weightless():
        model = zoo.create(name, stem="small", input_shape=(8, 8, 3))
    with pytest.raises(ValueError, match=message):
        zoo.load_checkpoint(model, {}, source=source)

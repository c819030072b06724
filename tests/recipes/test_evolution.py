"""The small forms of networks, and what their training takes."""

import types

import keras
import pytest

import zoo
from zoo.models._weightless import weightless
from zoo.recipes.experiments.evolution import design, run
from zoo.recipes.lab import footprint


def test_forms_are_small_and_in_order():
    years = [year for year, *_ in design.NETWORKS.values()]
    assert years == sorted(years)
    for name in design.NETWORKS:
        size = design.SIZES.get(name, design.SIDE)
        data = types.SimpleNamespace(
            classes=range(10), input_shape=(size, size, 3)
        )
        with weightless():
            model = run.network(name, data)
        assert model.output_shape == (None, 10)
        assert zoo.count_macs(model) <= 45e6, name
        rates = [getattr(layer, "rate", 0) for layer in model.layers]
        assert not any(rates), name


def test_kinds():
    assert design.kind(normalized=True, depthwise=True) == design.DEPTHWISE
    assert design.kind(normalized=True, depthwise=False) == design.PLAIN
    others = {design.kind(False, depthwise) for depthwise in (False, True)}
    assert others == {"no normalizer", "no normalizer, depthwise"}


@pytest.mark.program
def test_footprint_of_a_compiled_model():
    model = keras.Sequential(
        [keras.Input((64, 64, 3)), keras.layers.Flatten(),
         keras.layers.Dense(1000), keras.layers.Dense(3)]
    )  # fmt: skip

    def unknown(labels, logits):  # to any other process
        return logits

    model.compile(loss=unknown)
    found = footprint.measure(model, batch_size=4, steps=2)
    assert 0 < found["seconds_step"] < 10
    assert 0 < found["processor_seconds_step"] < 10
    if found["peak_megabytes"] is not None:  # Linux
        weights = model.count_params() * 4 / 2**20
        assert found["peak_megabytes"] > 3 * weights  # and Adam's moments
        assert 0 <= found["batch_megabytes"] < found["peak_megabytes"]


@pytest.mark.program
def test_footprint_tells_what_failed():
    model = keras.Sequential([keras.Input((8,)), keras.layers.Flatten()])
    with pytest.raises(RuntimeError, match=r"sequential.*-1 images failed"):
        footprint.measure(model, batch_size=-1)

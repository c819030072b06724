"""The two forms of RepVGG, MobileOne and RepViT compute the same."""

import math

import keras
import numpy as np
import pytest

import zoo
from zoo.models import mobileone
from zoo.models._weightless import weightless
from zoo.models.repvgg import A, B, repvgg
from zoo.models.repvit import repvit

# Table 4: millions of parameters of the plain form, digits cut off.
PLAIN = {
    "a0": 8.30, "a1": 12.78, "a2": 25.49, "b0": 14.33, "b1": 51.82,
    "b1g2": 41.36, "b1g4": 36.12, "b2": 80.31, "b2g4": 55.77, "b3": 110.96,
    "b3g4": 75.62,
}  # fmt: skip


def trained(**options):
    """A small RepVGG whose normalizers are not the identity."""
    options = {"input_shape": (32, 48, 3), "num_classes": 10, **options}
    model = repvgg((2, 1, 2, 1), 0.25, 0.5, **options)
    change_norms(model)
    return model


def change_norms(model):
    rng = np.random.default_rng(0)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            for weight in layer.weights:
                weight.assign(rng.uniform(0.5, 1.5, weight.shape))


def images(model):
    shape = (2, *model.input_shape[1:])
    return np.random.default_rng(1).normal(size=shape).astype("float32")


def assert_same(model, plain):
    x = images(model)
    expected = np.asarray(model(x, training=False))
    error = np.abs(np.asarray(plain(x)) - expected).max()
    assert error <= 1e-5 * np.abs(expected).max()


def test_plain_form_keeps_the_softmax():
    model = trained(classifier_activation="softmax")
    plain = zoo.reparameterize(model)
    x = images(model)
    # A probability is off by as much as its logit, which is in the hundreds.
    np.testing.assert_allclose(plain(x), model(x, training=False), atol=1e-3)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"activation": "prelu"},
        {"stem": "small", "input_shape": (16, 16, 3)},
        {"include_top": False},
    ],
)
def test_plain_form_computes_the_same(options):
    model = trained(**options)
    before = model.get_weights()
    plain = zoo.reparameterize(model)
    assert_same(model, plain)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    kinds = {type(layer).__name__ for layer in plain.layers}
    assert not kinds & {"BatchNorm", "Add"}


def test_groups():
    model = trained(groups=4)
    assert_same(model, zoo.reparameterize(model))


def test_plain_form_saves_and_reloads(tmp_path):
    plain = zoo.reparameterize(trained())
    plain.save(tmp_path / "plain.keras")
    loaded = keras.saving.load_model(tmp_path / "plain.keras")
    x = images(plain)
    np.testing.assert_array_equal(loaded(x), plain(x))


@pytest.mark.parametrize(("name", "millions"), PLAIN.items())
def test_parameters_of_the_plain_form(name, millions):
    with weightless():
        model = zoo.create(f"repvgg_{name}")
    kernels = [la for la in model.layers if la.name.endswith("conv3x3")]
    assert len(kernels) == 1 + sum(A if name.startswith("a") else B)
    count = model.get_layer("logits").count_params() + sum(
        math.prod(la.kernel.shape) + la.filters for la in kernels
    )
    assert count // 10_000 == round(100 * millions)


TINY = {
    "stem": "small",
    "input_shape": (16, 16, 3),
    "num_classes": 10,
    "name": "tiny",
}


def assert_merged(model, sums):
    """`sums` become one convolution each, by both functions."""
    change_norms(model)
    for plain in (zoo.reparameterize(model), zoo.fold_batch_norm(model)):
        assert_same(model, plain)
        kinds = [type(layer).__name__ for layer in plain.layers]
        adds = [type(layer).__name__ for layer in model.layers].count("Add")
        assert kinds.count("Add") == adds - sums


@pytest.mark.parametrize("branches", [1, 3])
def test_mobileone(branches, monkeypatch):
    stages = ((2, 16), (1, 16), (2, 32), (1, 32))
    monkeypatch.setattr(mobileone, "STAGES", stages)
    model = mobileone.mobileone(
        (0.5, 1, 0.5, 1), branches, (0, 0, 1, 1), **TINY
    )
    added = [la for la in model.layers if la.name.endswith("_add")]
    assert_merged(model, len(added))
    assert len(added) == (13 if branches == 3 else 10)


@pytest.mark.parametrize("legacy", [False, True])
def test_repvit(legacy):
    model = repvit(16, (1, 1, 2, 1), legacy, **TINY)
    assert_merged(model, 5 + 3)  # a block each, and one a downsampling


# Table 9: millions of parameters of the plain form.
@pytest.mark.parametrize(
    ("name", "millions"),
    {"s1": 4.8, "s2": 7.8, "s3": 10.1, "s4": 14.8}.items(),
)
def test_parameters_of_mobileone(name, millions):
    with weightless():
        model = zoo.create(f"mobileone_{name}", input_shape=(32, 32, 3))
    count = sum(
        math.prod(la.kernel.shape) + (la.filters if cut else la.kernel.shape[2])
        for la in model.layers
        for cut in [la.name.endswith(("pointwise_conv1", "stem_conv1"))]
        if cut or la.name.endswith("depthwise_conv1")
    )
    others = [la for la in model.layers if la.name.endswith(("_se", "logits"))]
    count += sum(la.count_params() for la in others)
    assert count / 1e6 == pytest.approx(millions, abs=0.06)


@pytest.mark.parametrize("norm", ["none", "layer_norm", "weight_norm"])
def test_another_normalizer_is_refused(norm):
    with weightless():
        model = zoo.repvgg_a0(norm=norm, input_shape=(32, 32, 3))
    with pytest.raises(ValueError, match="'repvgg_a0' is not a RepVGG with"):
        zoo.reparameterize(model)


def test_another_network_is_refused():
    with pytest.raises(ValueError, match="'resnet20' is not a RepVGG"):
        zoo.reparameterize(zoo.resnet20())

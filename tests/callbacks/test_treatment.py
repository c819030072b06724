"""What treat=True tries, keeps and takes back."""

import copy
import types

import keras
import numpy as np
import pytest

from tests.callbacks import _reference as reference
from zoo.callbacks import (
    Finding,
    TrainingDoctor,
    TrainingWarning,
    _remedies,
    _scaling,
    rule,
)

dense, conv = keras.layers.Dense, keras.layers.Conv2D


def data(scale=1.0):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(256, 6)).astype("float32")
    return scale * x, (x[:, 0] + x[:, 1] > 0).astype("int32")


def network(optimizer):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6,)), dense(8, "relu"), dense(2)])
    model.compile(optimizer, reference.LOSS, jit_compile=False)
    return model


def treated(model, epochs=5, scale=1.0, only=None, **settings):
    doctor = TrainingDoctor(on_issue=lambda issue: None, treat=True, **settings)
    doctor.rules = only or doctor.rules
    x, y = data(scale)
    model.fit(x, y, 8, epochs, verbose=0, callbacks=[doctor])
    assert len(doctor.history) == epochs
    assert not {"apply", "train_step"} & {
        *model.__dict__,
        *model.optimizer.__dict__,
    }
    assert not any("call" in layer.__dict__ for layer in model.layers)
    return doctor


def test_a_rate_that_is_too_low_is_raised(tmp_path):
    model = network(keras.optimizers.SGD(1e-7))
    doctor = treated(model, report=tmp_path / "report.html")
    first = doctor.treatments[0]
    assert (first.cause, first.kept) == ("update_too_small", True)
    assert first.after < 0.98 * first.before
    assert float(model.optimizer.learning_rate) > 1e-4
    assert "update_too_small" not in [i.cause for i in doctor.diagnosis]
    assert f"Treated: {first.text}" in doctor.text()
    assert first.remedy in (tmp_path / "report.html").read_text()
    other = copy.deepcopy(doctor)
    assert [t.as_dict() for t in other.treatments] == [
        t.as_dict() for t in doctor.treatments
    ]


def test_frozen_layers_train():
    model = network("adam")
    for layer in model.layers:
        layer.trainable = False
    model.compile("adam", reference.LOSS, jit_compile=False)
    before = model.get_weights()
    with pytest.warns(UserWarning, match="does not have any trainable"):
        doctor = treated(model, epochs=3)
    assert [t.kept for t in doctor.treatments] == [True]
    assert all(
        (a != b).any() for a, b in zip(before, model.get_weights(), strict=True)
    )


def test_what_does_not_help_is_taken_back():
    @rule("oscillating_loss", "Always")
    def always(history, thresholds):
        yield Finding(None, history[-1]["epoch"], None, {}, "it is there.")

    model = network(keras.optimizers.SGD(0.0))
    before = [np.array(v) for v in model.variables]
    doctor = treated(model, only=[always])
    assert [(t.remedy, t.kept) for t in doctor.treatments] == [
        ("a learning rate of 0 in place of 0", False),
        ("global_clipnorm=1.0", False),
    ]
    for value, variable in zip(before, model.variables, strict=True):
        np.testing.assert_array_equal(value, variable)
    assert not model.optimizer.global_clipnorm
    assert len(doctor.history) == 5
    # The epochs of trials that were taken back are not of this training.
    assert len(doctor._treating.view) == 3

    doctor = TrainingDoctor(on_issue="stop", treat=True)
    doctor.rules = [always]
    with pytest.warns(TrainingWarning, match="it is there"):
        model.fit(*data(), 8, 5, verbose=0, callbacks=[doctor])
    assert len(doctor.treatments) == 2
    assert len(doctor.history) == 3


def test_scaled_inputs_become_part_of_the_weights():
    model = network(keras.optimizers.SGD(0.1))
    doctor = treated(model, scale=1000.0)
    (first,) = doctor.treatments
    assert (first.cause, first.kept) == ("unscaled_inputs", True)
    x, y = data(1000.0)
    assert model.evaluate(x, y, verbose=0) < 0.3


@pytest.mark.parametrize(
    "layer",
    [
        dense(3),
        dense(3, use_bias=False),
        conv(4, 2),
        conv(4, 3, padding="same"),
        keras.layers.GRU(4),
    ],
)
def test_a_folded_scaling_gives_the_same(layer):
    rng = np.random.default_rng(1)
    shape = {dense: (5, 3), conv: (5, 6, 6, 3)}.get(type(layer), (5, 7, 3))
    x = rng.normal(100.0, [1, 20, 300], shape).astype("float32")
    layer.build(x.shape)
    mean, std = ([f(x[..., i]) for i in range(3)] for f in (np.mean, np.std))
    before = layer.get_weights()
    scaling = _scaling.scaling(layer, mean, std)
    scaled = np.array(layer(x))
    scaling.fold()
    np.testing.assert_allclose(np.array(layer(x)), scaled, rtol=1e-4, atol=1e-3)
    layer.set_weights(before)
    assert np.abs(np.array(layer(x)) - scaled).max() > 0.1


@pytest.mark.parametrize("hot", [False, True])
def test_class_weights_are_those_of_keras(hot):
    shares = np.array([0.75, 0.25])
    model = network(keras.optimizers.SGD(0.0))
    case = types.SimpleNamespace(model=model, frequencies=lambda: shares)
    remedy = _remedies.class_weights(case)
    assert remedy.text == "class_weight={0: 0.667, 1: 2}"
    remedy.apply()
    (weigh,) = model.__dict__["_zoo_watched"].changes
    y = np.array([0, 1, 1, 0])
    _, _, weights = weigh((None, np.eye(2)[y] if hot else y))
    np.testing.assert_allclose(np.array(weights), [2 / 3, 2, 2, 2 / 3])
    remedy.finish()
    assert not model.__dict__["_zoo_watched"].changes

"""Optimizers by name, and the course of the learning rate."""

import types

import keras
import numpy as np
import pytest

import zoo
from zoo.training import TrainConfig, models, optimizers, phases
from zoo.training.errors import UserError


@pytest.mark.parametrize("name", optimizers.names())
def test_every_optimizer_takes_a_step(name):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            keras.layers.Conv2D(4, 3, name="conv"),
            keras.layers.Flatten(),
            keras.layers.Dense(3),
        ]
    )
    optimizer = optimizers.make(
        name, steps=3, schedule="cosine", weight_decay=0.01, clip_norm=1.0,
        frozen=[v for v in model.trainable_variables if len(v.shape) < 2],
    )  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer, loss, run_eagerly=True)
    before = model.get_weights()
    x = np.random.default_rng(0).standard_normal((6, 8, 8, 2), np.float32)
    model.train_on_batch(x, np.arange(6) % 3)
    for old, new in zip(before, model.get_weights(), strict=True):
        assert np.all(np.isfinite(new))
        assert not np.array_equal(old, new)


def test_names_are_keras_s():
    known = {"adam", "sgd", "lion", "muon", "adafactor", "lamb", "nesterov"}
    assert known < set(optimizers.names())


def test_unknown_optimizer():
    with pytest.raises(UserError, match=r"Did you mean adam"):
        optimizers.make("adaam", steps=1)


def test_weight_decay_spares_what_is_frozen():
    kernel, bias = keras.Variable([[1.0]]), keras.Variable([1.0])
    optimizer = optimizers.make(
        "sgd", steps=1, learning_rate=1.0, weight_decay=0.5, frozen=[bias]
    )
    optimizer.apply([np.zeros((1, 1)), np.zeros(1)], [kernel, bias])
    np.testing.assert_allclose(kernel, [[0.5]])
    np.testing.assert_allclose(bias, [1.0])


def test_l2_goes_through_momentum():
    """w and v after two steps as Caffe and PyTorch take them."""
    kernel, bias = keras.Variable([[2.0]]), keras.Variable([2.0])
    optimizer = optimizers.make(
        "momentum", steps=2, learning_rate=0.1, l2=0.5, frozen=[bias],
        rates={bias.path: 0.5},
    )  # fmt: skip
    w, v = 2.0, 0.0
    for gradient in (1.0, -3.0):
        optimizer.apply(
            [np.full((1, 1), gradient), np.zeros(1)], [kernel, bias]
        )
        v = 0.9 * v - 0.1 * (gradient + 0.5 * w)
        w += v
    np.testing.assert_allclose(kernel, [[w]], rtol=1e-6)
    np.testing.assert_allclose(bias, [2.0])
    again = keras.optimizers.deserialize(keras.optimizers.serialize(optimizer))
    assert again.l2 == 0.5


def test_optimizer_arguments():
    found = optimizers.arguments("rmsprop", "momentum=0.9, epsilon=1.0")
    rmsprop = optimizers.make("rmsprop", steps=1, arguments=found)
    assert (rmsprop.momentum, rmsprop.epsilon, rmsprop.rho) == (0.9, 1.0, 0.9)
    for text, message in (
        ("rho=0.9", "nesterov has no argument 'rho'"),
        ("weight_decay=1", "no argument 'weight_decay'"),
        ("momentum=much", "must be a number"),
        ("momentum", "must be a number"),
    ):
        with pytest.raises(UserError, match=message):
            optimizers.arguments("nesterov", text)


def rates(**options):
    optimizer = optimizers.make("sgd", learning_rate=2.0, **options)
    schedule = optimizer._learning_rate
    if not callable(schedule):
        return [float(schedule)] * 2
    return [float(schedule(step)) for step in range(options["steps"] + 1)]


def test_schedules():
    assert rates(steps=8, schedule="constant") == [2.0, 2.0]
    np.testing.assert_allclose(
        rates(steps=4, schedule="cosine"),
        1 + np.cos(np.pi * np.arange(5) / 4),
        atol=1e-6,
    )
    np.testing.assert_allclose(
        rates(steps=6, schedule="cosine", warmup_steps=2)[:4],
        [0, 1, 2, 1 + np.cos(np.pi / 4)],
        atol=1e-6,
    )
    np.testing.assert_allclose(
        rates(steps=6, schedule="constant", warmup_steps=2),
        [0, 1, 2, 2, 2, 2, 2],
    )
    steps = rates(steps=8, schedule="step", warmup_steps=1)
    np.testing.assert_allclose(steps[2:5], 2.0)
    np.testing.assert_allclose(steps[5:7], 0.2)
    np.testing.assert_allclose([steps[0], steps[8]], [0.2, 0.02])


def test_steps_where_they_are_asked_for():
    found = rates(steps=9, schedule="step", step_at=[2, 6], step_factor=0.5)
    np.testing.assert_allclose(found, [2, 2, 2, 1, 1, 1, 1, 0.5, 0.5, 0.5])
    # A fall before this part of the training has happened.
    found = rates(steps=4, schedule="step", step_at=[-3, 2], step_factor=0.5)
    np.testing.assert_allclose(found, [1, 1, 1, 0.5, 0.5])


def test_exponential_and_linear():
    found = rates(
        steps=6, schedule="exponential", step_at=[2], step_factor=0.5,
        warmup_steps=1,
    )  # fmt: skip
    np.testing.assert_allclose(found, [0, 2, 1, 1, 0.5, 0.5, 0.25])
    linear = rates(steps=4, schedule="linear")
    np.testing.assert_allclose(linear, [2, 1.5, 1, 0.5, 0], atol=1e-6)
    with pytest.raises(UserError, match="needs --step_epochs"):
        rates(steps=4, schedule="exponential")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"schedule": "step", "step_epochs": "20,10"}, "rising numbers"),
        ({"schedule": "step", "step_epochs": "ten"}, "received 'ten'"),
        ({"step_epochs": "10"}, "is for --schedule=step"),
        ({"schedule": "exponential"}, "needs --step_epochs=N"),
    ],
)
def test_epochs_that_cannot_be(options, message):
    with pytest.raises(ValueError, match=message):
        TrainConfig(model="lenet5", **options)


def test_adaptive_clipping_cuts_unit_by_unit():
    """Brock et al. 2021, equation 3."""
    rng = np.random.default_rng(0)
    shapes = {"dense": (4, 3), "conv": (3, 3, 2, 4), "depthwise": (3, 3, 5, 1)}
    axes = {"dense": (0,), "conv": (0, 1, 2), "depthwise": (0, 1)}
    shapes |= {
        "bias": (6,),
        "gain": (1, 1, 1, 4),
        "scale": (),
        "logits": (2, 3),
    }
    variables, gradients = {}, {}
    for name, shape in shapes.items():
        w = rng.normal(size=shape) * rng.choice([1e-5, 1.0], size=shape[-1:])
        variables[name] = keras.Variable(np.asarray(w, "float32"), name=name)
        gradients[name] = rng.normal(size=shape).astype("float32")
    before = {n: keras.ops.convert_to_numpy(v) for n, v in variables.items()}
    optimizer = optimizers.make(
        "sgd", steps=1, learning_rate=1.0, adaptive_clip=0.1, l2=0.5,
        unclipped=[variables["logits"]],
    )  # fmt: skip
    optimizer.apply(list(gradients.values()), list(variables.values()))
    for name, g in gradients.items():
        w, unit = before[name], axes.get(name, tuple(range(before[name].ndim)))
        most = 0.1 * np.maximum(
            np.sqrt(np.sum(w**2, unit, keepdims=True)), 1e-3
        )
        length = np.sqrt(np.sum(g**2, unit, keepdims=True))
        cut = np.where(length > most, g * most / length, g)
        g = g if name == "logits" else cut
        np.testing.assert_allclose(
            variables[name], w - g - 0.5 * w, rtol=1e-5, atol=1e-7
        )
    again = keras.optimizers.deserialize(keras.optimizers.serialize(optimizer))
    assert again.adaptive_clip == 0.1
    assert again.get_config()["unclipped"] == [variables["logits"].path]


@pytest.mark.parametrize("decay_all", [False, True])
def test_options_reach_the_optimizer(decay_all):
    config = TrainConfig(
        model="lenet5_relu", epochs=4, optimizer="momentum", learning_rate=0.1,
        schedule="step", step_epochs="1,2.5", step_factor=0.5, l2=0.01,
        decay_all=decay_all, optimizer_arguments="momentum=0.8",
        adaptive_clip=0.02,
    )  # fmt: skip
    model = zoo.create("lenet5_relu")
    data = types.SimpleNamespace(steps=10, class_counts=[1] * 10)
    models.compile_for(model, phases.of(config)[0], config, data, False)
    optimizer = model.optimizer
    rates = [float(optimizer._learning_rate(step)) for step in (10, 11, 25, 26)]
    np.testing.assert_allclose(rates, [0.1, 0.05, 0.05, 0.025])
    assert (optimizer.momentum, optimizer.l2) == (0.8, 0.01)
    assert optimizer.adaptive_clip == 0.02
    assert all("logits" in p for p in optimizer.get_config()["unclipped"])
    decayed = [
        len(v.shape)
        for v in model.trainable_variables
        if optimizer._use_weight_decay(v)
    ]
    assert (1 in decayed) == decay_all
    assert {2, 4} <= set(decayed)

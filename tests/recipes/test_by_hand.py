"""Written-out gradients, against small changes of every number."""

import numpy as np
import pytest

from zoo.recipes.experiments.cartpole.pole import Pole
from zoo.recipes.lab import by_hand

RANDOM = np.random.default_rng(0)
LABELS = np.array([0, 1, 2, 1, 0, 2])


def weights(*shape):
    return RANDOM.normal(size=shape)


def dense():
    return by_hand.Dense(weights(5, 5))


NETS = {
    "dense": lambda: [dense()],
    "weight norm": lambda: [by_hand.WeightNormDense(weights(5, 5))],
    "batch norm": lambda: [dense(), by_hand.Normalize(5)],
    "ghosts": lambda: [dense(), by_hand.Normalize(5, ghost=3)],
    "layer norm": lambda: [dense(), by_hand.Normalize(5, axis=1)],
    **{
        name: lambda name=name: [dense(), by_hand.Act(name)]
        for name in by_hand.ACTIVATIONS
    },
    "residual": lambda: [
        by_hand.Residual(
            [by_hand.Normalize(5), by_hand.Act("tanh"), dense()], 0.5,
            by_hand.Act("sigmoid"),
        )
    ],
    **{
        f"recurrent, {norm}": lambda norm=norm: [
            by_hand.Recurrent(weights(5, 5), weights(5, 5), "tanh", norm)
        ]
        for norm in ("none", "layer", "batch", "batch, each step")
    },
}  # fmt: skip


@pytest.mark.parametrize("name", NETS)
def test_gradients(name):
    net = [*NETS[name](), by_hand.Dense(weights(5, 3))]
    shape = (6, 3, 5) if name.startswith("recurrent") else (6, 5)
    x = weights(*shape)

    def loss():
        return by_hand.cross_entropy(by_hand.forward(net, x), LABELS)

    _, error = loss()
    by_hand.backward(net, error)
    for layer in by_hand.every_layer(net):
        for value, gradient in zip(
            layer.values, [g.copy() for g in layer.gradients], strict=True
        ):
            for at in [*np.ndindex(value.shape)][:7]:
                kept = value[at]
                value[at] = kept + 1e-6
                more = loss()[0]
                value[at] = kept - 1e-6
                slope = (more - loss()[0]) / 2e-6
                value[at] = kept
                assert gradient[at] == pytest.approx(slope, abs=2e-7)


def test_averages_of_the_batch():
    layer = by_hand.Normalize(4, momentum=0.5)
    x = weights(8, 4)
    for _ in range(40):
        layer.forward(x)
    np.testing.assert_allclose(layer.mean, x.mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(
        layer.forward(x, training=False), layer.forward(x), atol=1e-6
    )


def test_learns():
    labels = RANDOM.integers(0, 3, 90)
    x = weights(90, 5) + 3 * np.eye(5)[labels]
    for optimizer in (by_hand.Momentum, by_hand.Adam):
        net = [dense(), by_hand.Act("relu"), by_hand.Dense(weights(5, 3))]
        by_hand.fit(net, optimizer(net, 0.02), x, labels, steps=120)
        assert by_hand.accuracy(net, x, labels)[0] > 0.9
    stopped = by_hand.fit(
        net, optimizer(net, 0.02), x, labels, steps=9, watch=lambda i, _: i == 3
    )
    assert len(stopped) == 4


def test_pole_moves_as_its_equations_say():
    """The speeds' changes solve the two equations of motion."""
    pole = Pole(np.random.default_rng(0))
    pole.state = before = np.array([0.01, -0.02, 0.1, 0.4])
    after, fell, over = pole.step(1)
    cart, mass, half, angle, turn = 1.0, 0.1, 0.5, 0.1, 0.4
    sides = [
        [cart + mass, mass * half * np.cos(angle)],
        [mass * half * np.cos(angle), 4 / 3 * mass * half**2],
    ]
    forces = [
        10 + mass * half * turn**2 * np.sin(angle),
        mass * 9.8 * half * np.sin(angle),
    ]
    np.testing.assert_allclose(
        (after - before)[[1, 3]] / 0.02, np.linalg.solve(sides, forces)
    )
    np.testing.assert_allclose((after - before)[[0, 2]] / 0.02, before[[1, 3]])
    assert not fell
    assert not over
    steps = 1
    while not over:
        _, fell, over = pole.step(1)
        steps += 1
    assert fell
    assert steps < 15

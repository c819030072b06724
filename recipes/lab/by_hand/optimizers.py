"""SGD with momentum, and Adam, on the layers of a net."""

import numpy as np

from zoo.recipes.lab.by_hand.layers import every_layer


class _Optimizer:
    def __init__(self, net, rate):
        self.layers, self.rate = list(every_layer(net)), rate

    def pairs(self):
        """(value, gradient) of every weight."""
        for layer in self.layers:
            yield from zip(layer.values, layer.gradients, strict=True)


class Momentum(_Optimizer):
    """m ← μ m − rate · g, w ← w + m."""

    def __init__(self, net, rate, momentum=0.9):
        super().__init__(net, rate)
        self.momentum = momentum
        self.moving = [np.zeros_like(value) for value, _ in self.pairs()]

    def step(self):
        for (value, gradient), moving in zip(
            self.pairs(), self.moving, strict=True
        ):
            moving *= self.momentum
            moving -= self.rate * gradient
            value += moving


class Adam(_Optimizer):
    """m and v: moving means of g and g²; w ← w − rate · m̂ / (√v̂ + ε)."""

    def __init__(self, net, rate, first=0.9, second=0.999, epsilon=1e-7):
        super().__init__(net, rate)
        self.first, self.second, self.epsilon = first, second, epsilon
        self.moments = [
            (np.zeros_like(value), np.zeros_like(value))
            for value, _ in self.pairs()
        ]
        self.steps = 0

    def step(self):
        self.steps += 1
        rate = self.rate * np.sqrt(1 - self.second**self.steps)
        rate /= 1 - self.first**self.steps
        for (value, gradient), (m, v) in zip(
            self.pairs(), self.moments, strict=True
        ):
            m += (1 - self.first) * (gradient - m)
            v += (1 - self.second) * (gradient**2 - v)
            value -= rate * m / (np.sqrt(v) + self.epsilon)

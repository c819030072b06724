"""A recurrent layer, unrolled by hand: back-propagation through time."""

import numpy as np

from zoo.recipes.lab.by_hand.layers import ACTIVATIONS, Layer


class Recurrent(Layer):
    """h ← f(norm(x_t W + h U) + b) over the steps; gives the last h.

    Backward, from the last step to the first: a_t = ∂h_t · slope (through the
    normalizer), ∂W += x_tᵀ a_t, ∂U += h_{t−1}ᵀ a_t, ∂h_{t−1} = a_t Uᵀ: the
    product of as many factors as there are steps.

    Args:
        weights, recurrent: W (inputs, units) and U (units, units).
        activation: Name of f.
        norm: "none", "layer", "batch" (one pair of averages for all steps) or
            "batch, each step" (a pair for each; later steps take the last).
        momentum: Share that moving averages keep at each update.
    """

    def __init__(
        self, weights, recurrent, activation="tanh", norm="none", momentum=0.9
    ):
        units = recurrent.shape[0]
        values = [weights, recurrent, np.zeros(units)]
        if norm != "none":
            values.append(np.full(units, 1.0))
        super().__init__(*values)
        self.function, self.slope = ACTIVATIONS[activation]
        self.norm, self.momentum, self.averages = norm, momentum, []

    def forward(self, x, training=True):
        weights, recurrent, bias, *gamma = self.values
        h = np.zeros((len(x), recurrent.shape[0]), x.dtype)
        self.x, self.kept = x, []
        for t in range(x.shape[1]):
            before, a = h, x[:, t] @ weights + h @ recurrent
            cache = None
            if gamma:
                hat, deviation = self._normalized(a, t, training)
                a, cache = gamma[0] * hat, (hat, deviation)
            a = a + bias
            h = self.function(a)
            self.kept.append((before, a, h, cache))
        return h

    def backward(self, error):
        _, recurrent, _, *gamma = self.values
        for gradient in self.gradients:
            gradient[...] = 0
        self.errors = []
        axis = 1 if self.norm == "layer" else 0
        for t in reversed(range(len(self.kept))):
            before, a, h, cache = self.kept[t]
            self.errors.append(float(np.linalg.norm(error)))
            error = error * self.slope(a, h)
            self.gradients[2] += error.sum(axis=0)
            if gamma:
                hat, deviation = cache
                self.gradients[3] += (error * hat).sum(axis=0)
                error = error * gamma[0]
                along = (error * hat).mean(axis, keepdims=True)
                error = error - error.mean(axis, keepdims=True) - hat * along
                error = error / deviation
            self.gradients[0] += self.x[:, t].T @ error
            self.gradients[1] += before.T @ error
            error = error @ recurrent.T
        return error

    def _normalized(self, a, t, training):
        """(x̂, deviation); keeps the averages of batch statistics."""
        if self.norm == "layer":
            mean = a.mean(axis=1, keepdims=True)
            variance = a.var(axis=1, keepdims=True)
        else:
            at = t if self.norm.endswith("each step") else 0
            if training:
                mean, variance = a.mean(axis=0), a.var(axis=0)
                self._average(at, mean, variance)
            else:
                at = min(at, len(self.averages) - 1)
                mean, variance = self.averages[at]
        deviation = np.sqrt(variance + 1e-5)
        return (a - mean) / deviation, deviation

    def _average(self, at, *new):
        while len(self.averages) <= at:
            self.averages.append([n.copy() for n in new])
        keep = self.momentum
        self.averages[at] = [
            keep * old + (1 - keep) * n
            for old, n in zip(self.averages[at], new, strict=True)
        ]

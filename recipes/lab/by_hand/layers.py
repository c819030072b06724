"""Layers with a forward and a backward pass, on arrays (images, units)."""

import numpy as np


def _sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(x, -60, 60)))


SCALE, ALPHA = 1.0507009873554805, 1.6732632423543772  # of SELU


def _selu(x):
    return SCALE * np.where(x > 0, x, ALPHA * np.expm1(np.minimum(x, 0)))


def _selu_slope(x, y):
    return np.where(x > 0, SCALE, y + SCALE * ALPHA)


# name: (function of the input, slope by input and output)
ACTIVATIONS = {
    "sigmoid": (_sigmoid, lambda x, y: y * (1 - y)),
    "tanh": (np.tanh, lambda x, y: 1 - y**2),
    "relu": (lambda x: np.maximum(x, 0), lambda x, y: (x > 0).astype(x.dtype)),
    "selu": (_selu, _selu_slope),
    "linear": (lambda x: x, lambda x, y: np.ones_like(x)),
}


class Layer:
    """A layer: `values` are its weights, `gradients` belong to them."""

    def __init__(self, *values):
        self.values: list[np.ndarray] = list(values)
        self.gradients = [np.zeros_like(value) for value in values]

    def forward(self, x, training=True):
        raise NotImplementedError

    def backward(self, error):
        """Takes ∂loss/∂output, fills `gradients`, gives ∂loss/∂input."""
        raise NotImplementedError


class Dense(Layer):
    """y = x W + b; ∂W = xᵀ ∂y, ∂b = Σ ∂y, ∂x = ∂y Wᵀ."""

    def __init__(self, weights, bias=True):
        values: list[np.ndarray] = [weights]
        if bias:
            values.append(np.zeros(weights.shape[1], weights.dtype))
        super().__init__(*values)

    def forward(self, x, training=True):
        self.x = x
        y = x @ self.values[0]
        return y + self.values[1] if len(self.values) > 1 else y

    def backward(self, error):
        self.error = error
        self.gradients[0][...] = self.x.T @ error
        if len(self.values) > 1:
            self.gradients[1][...] = error.sum(axis=0)
        return error @ self.values[0].T


class WeightNormDense(Layer):
    """y = x W + b with W = g v / |v|, column by column.

    ∂g = Σ ∂W v/|v|, ∂v = g/|v| (∂W − ∂g v/|v|).
    """

    def __init__(self, weights):
        g = np.linalg.norm(weights, axis=0)
        super().__init__(weights, g, np.zeros_like(g))

    def forward(self, x, training=True):
        v, g, bias = self.values
        self.x, self.length = x, np.linalg.norm(v, axis=0)
        self.direction = v / self.length
        return x @ (g * self.direction) + bias

    def backward(self, error):
        _, g, _ = self.values
        whole = self.x.T @ error
        along = (whole * self.direction).sum(axis=0)
        self.gradients[1][...] = along
        self.gradients[0][...] = (
            g / self.length * (whole - along * self.direction)
        )
        self.gradients[2][...] = error.sum(axis=0)
        return error @ (g * self.direction).T


class Act(Layer):
    """An activation: ∂x = ∂y · slope."""

    def __init__(self, name):
        super().__init__()
        self.function, self.slope = ACTIVATIONS[name]

    def forward(self, x, training=True):
        self.x, self.y = x, self.function(x)
        return self.y

    def backward(self, error):
        return error * self.slope(self.x, self.y)


class Normalize(Layer):
    """Batch normalization (axis 0) or layer normalization (axis 1).

    x̂ = (x − μ) / √(σ² + ε), y = γ x̂ + β;
    ∂x = (∂x̂ − mean(∂x̂) − x̂ mean(∂x̂ x̂)) / √(σ² + ε) with ∂x̂ = γ ∂y.
    Means are over the axis. Batch normalization keeps moving averages of μ
    and σ² for inference.

    Args:
        units: Width of the input.
        axis: 0 or 1.
        momentum: Share that the moving averages keep at each step.
        epsilon: ε.
        ghost: In training, so many images share a mean. None: all.
    """

    def __init__(self, units, axis=0, momentum=0.9, epsilon=1e-5, ghost=None):
        super().__init__(np.ones(units), np.zeros(units))
        self.axis, self.momentum, self.epsilon = axis, momentum, epsilon
        self.mean, self.variance = np.zeros(units), np.ones(units)
        self.ghost = ghost

    def forward(self, x, training=True):
        gamma, beta = self.values
        self.shape = x.shape
        if self.axis == 1 or training:
            x = self._parted(x)
            mean = x.mean(self._over, keepdims=True)
            variance = x.var(self._over, keepdims=True)
        else:
            self._over = 0
            mean, variance = self.mean, self.variance
        if self.axis == 0 and training:
            keep, units = self.momentum, x.shape[-1]
            for name, value in (("mean", mean), ("variance", variance)):
                new = value.reshape(-1, units).mean(axis=0)
                old = getattr(self, name)
                setattr(self, name, keep * old + (1 - keep) * new)
        self.deviation = np.sqrt(variance + self.epsilon)
        self.hat = (x - mean) / self.deviation
        return (gamma * self.hat + beta).reshape(self.shape)

    def backward(self, error):
        self.error, units = error, error.shape[-1]
        error = self._parted(error)
        whole = (error * self.hat).reshape(-1, units)
        self.gradients[0][...] = whole.sum(axis=0)
        self.gradients[1][...] = self.error.sum(axis=0)
        hat = error * self.values[0]
        mean = hat.mean(self._over, keepdims=True)
        along = (hat * self.hat).mean(self._over, keepdims=True)
        inputs = (hat - mean - self.hat * along) / self.deviation
        return inputs.reshape(self.shape)

    def _parted(self, x):
        """The batch in parts of `ghost` images; sets the axis of the means."""
        self._over = self.axis
        if self.axis == 0 and self.ghost:
            self._over = 1
            return x.reshape(-1, self.ghost, x.shape[-1])
        return x


class Residual(Layer):
    """y = x + scale · branch(x), and maybe an activation after it."""

    def __init__(self, branch, scale=1.0, after=None):
        super().__init__()
        self.branch, self.scale = branch, scale
        self.after = [after] if after else []

    def forward(self, x, training=True):
        y = x + self.scale * forward(self.branch, x, training)
        return forward(self.after, y, training)

    def backward(self, error):
        error = backward(self.after, error)
        return error + backward(self.branch, self.scale * error)


def every_layer(net):
    """All layers, those in residual branches too, from the input on."""
    for layer in net:
        if isinstance(layer, Residual):
            yield from every_layer([*layer.branch, *layer.after])
        else:
            yield layer


def forward(net, x, training=True):
    """The output of a list of layers."""
    for layer in net:
        x = layer.forward(x, training)
    return x


def backward(net, error):
    """Fills all gradients; gives ∂loss/∂input."""
    for layer in reversed(net):
        error = layer.backward(error)
    return error


def cross_entropy(logits, labels):
    """(mean loss of softmax and integer labels, ∂loss/∂logits)."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    at = np.arange(len(labels)), labels
    error = np.exp(logs)
    error[at] -= 1
    return float(-logs[at].mean()), error / len(labels)

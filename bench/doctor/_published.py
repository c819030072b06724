"""What four published tools look at, recorded; their rules: _rules.py."""

import contextlib

import keras
import numpy as np
import tensorflow as tf

BOUNDED = ("tanh", "sigmoid", "hard_sigmoid")


def _outputs(model, names):
    """Outputs of layers with such activations, where they can be taken."""
    layers = [
        layer
        for layer in getattr(model, "layers", ())
        if getattr(getattr(layer, "activation", None), "__name__", "") in names
        or ("relu" in names and isinstance(layer, keras.layers.ReLU))
    ]
    try:
        return [layer.output for layer in layers]
    except (AttributeError, ValueError):
        return []


class Published(keras.callbacks.Callback):
    """One record an epoch, on a few examples.

    Attributes:
        records: List of dicts: `logs`, `learning_rate`, and the statistics
            below; those of gradients are missing where the model's own step
            has no loss of inputs and targets.
    """

    def __init__(self, sample):
        super().__init__()
        self.x, self.y = sample
        self.records = []

    def on_train_begin(self, logs=None):
        model = self.model
        bounded, relu = _outputs(model, BOUNDED), _outputs(model, ("relu",))
        self.units = None
        if bounded or relu:
            inputs = model.input if isinstance(self.x, dict) else model.inputs
            outputs = {"bounded": bounded, "relu": relu}
            # A layer that is part of two models may have another's output.
            with contextlib.suppress(ValueError):
                self.units = keras.Model(inputs, outputs)
        self.before = self.first = None
        self.gradients = tf.function(self._gradients, autograph=False)

    def _gradients(self):
        model = self.model
        variables = model.trainable_variables
        with tf.GradientTape() as tape:
            outputs = model(self.x, training=False)
            loss = model.compute_loss(self.x, self.y, outputs)
        return [
            tf.zeros(v.shape) if g is None else tf.convert_to_tensor(g)
            for g, v in zip(
                tape.gradient(loss, variables), variables, strict=True
            )
        ]

    def _kernels(self):
        return [
            np.asarray(v.value, "float32")
            for v in self.model.trainable_variables
            if len(v.shape) >= 2
        ]

    def on_epoch_begin(self, epoch, logs=None):
        self.first = None

    def on_train_batch_begin(self, batch, logs=None):
        if batch == 0 and self.model.built:
            self.first = self._kernels()

    def on_train_batch_end(self, batch, logs=None):
        if batch == 0 and self.first:
            self.ratios = _ratios(self.first, self._kernels())

    def on_epoch_end(self, epoch, logs=None):
        now = self._kernels()
        before, self.before = self.before, now
        record = {
            "logs": {k: float(v) for k, v in (logs or {}).items()},
            "learning_rate": float(self.model.optimizer.learning_rate),
            "weight_norm": [float(np.linalg.norm(v)) for v in now],
            "finite_weights": all(np.isfinite(v).all() for v in now),
            "unchanged": before is not None
            and any(
                np.allclose(a, b, 1e-5, 1e-8)
                for a, b in zip(before, now, strict=True)
            ),
            "update_ratios": getattr(self, "ratios", []),
        }
        self.records.append(record | self._of_gradients() | self._of_units())

    def _of_gradients(self):
        try:
            gradients = [np.asarray(g, "float32") for g in self.gradients()]
        except Exception:  # the model has no such loss
            return {}
        kernels = [g for g in gradients if g.ndim >= 2]
        zeros = sum(int((g == 0).sum()) for g in gradients)
        return {
            "mean_abs_gradient": [float(np.abs(g).mean()) for g in kernels],
            "gradient_norm": [float(np.linalg.norm(g)) for g in kernels],
            "zero_gradients": zeros / max(sum(g.size for g in gradients), 1),
        }

    def _of_units(self):
        if self.units is None:
            return {}
        try:
            outputs = self.units(self.x)
        except Exception:  # not of these inputs alone
            return {}
        bounded = [np.abs(np.asarray(o)) for o in outputs["bounded"]]
        relu = [np.asarray(o) > 0 for o in outputs["relu"]]
        fires = [o.mean(tuple(range(o.ndim - 1))) for o in relu]
        return {
            # tanh(9.5) and the sigmoid of 17 round to 1 in float32.
            "saturated": [float((o >= 1 - 1e-7).mean()) for o in bounded],
            "above_095": [float((o >= 0.95).mean()) for o in bounded],
            "active": [float(o.mean()) for o in fires],
            "dead": [float((o == 0).mean()) for o in fires],
            "nearly_dead": [float((o < 0.01).mean()) for o in fires],
        }


def _ratios(before, after):
    return [
        float(np.linalg.norm(b - a) / max(np.linalg.norm(a), 1e-12))
        for a, b in zip(before, after, strict=True)
    ]

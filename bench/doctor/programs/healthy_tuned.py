"""Healthy: fine-tuning, frozen parts, and networks that have converged."""

import keras

from bench.doctor._bases import BASES, data, nets, quality
from bench.doctor._program import healthy
from bench.doctor._training import SPARSE, compiled, fit
from bench.doctor.programs._sources import keras_docs

L = keras.layers


def pretrained(epochs=10, **settings):
    """An MLP that has learned the first five digits."""
    x, y, _, _ = data.digits()
    model = nets.mlp((64,), units=10, **settings)
    compiled(model).fit(x[y < 5], y[y < 5], epochs=epochs, verbose=0)
    return model


def tuned(change, rate=1e-3, epochs=8, rows=None, metrics=("accuracy",)):
    """Goes on with all ten digits, after `change` of the model."""

    def build():
        model = change(pretrained())
        x, y, vx, vy = data.digits()
        score = lambda m: quality.accuracy(m, vx, vy)  # noqa: E731
        compiled(model, rate=rate, metrics=metrics)
        return fit(model, x[:rows], y[:rows], (vx, vy), score, epochs)

    return build


def whole(model):
    return model


def frozen_body(model):
    model.layers[1].trainable = False
    return model


def new_head(model):
    """A linear probe on frozen features."""
    body = keras.Model(model.inputs, model.layers[-2].output)
    body.trainable = False
    inputs = keras.Input((64,))
    return keras.Model(
        inputs, L.Dense(10, "softmax")(body(inputs, training=False))
    )


def low_rank(model):
    """Hu et al. 2022: frozen kernels, trained additions of low rank."""
    for layer in model.layers:
        if isinstance(layer, L.Dense):
            layer.enable_lora(4)
    return model


class Adapter(L.Layer):
    """Houlsby et al. 2019: a narrow pair, added; it starts at zero."""

    def build(self, shape):
        self.down = L.Dense(8, "relu")
        self.up = L.Dense(shape[-1], kernel_initializer="zeros")

    def call(self, x):
        return x + self.up(self.down(x))


def adapters(model):
    model.trainable = False
    x = inputs = keras.Input((64,))
    for layer in model.layers[1:-1]:
        x = layer(x)
        if isinstance(layer, L.Dense):
            x = Adapter()(x)
    return keras.Model(inputs, L.Dense(10, "softmax")(x))


def behind_an_input_layer(model):
    """A frozen network behind a trained input layer."""
    model.trainable = False
    inputs = keras.Input((64,))
    x = L.Dense(64, kernel_initializer="identity")(inputs)
    for layer in model.layers[1:-1]:
        x = layer(x)
    return keras.Model(inputs, L.Dense(10, "softmax")(x))


def converged(rate, epochs=6, metrics=("accuracy",)):
    """Goes on with a network that has learned already, at a low rate."""

    def build():
        x, y, vx, vy = data.digits()
        model = compiled(nets.mlp((64,)))
        model.fit(x, y, epochs=12, verbose=0)
        model.compile(
            keras.optimizers.SGD(rate),
            SPARSE,
            metrics=list(metrics),
            jit_compile=False,
        )
        return fit(
            model, x, y, (vx, vy), lambda m: quality.accuracy(m, vx, vy), epochs
        )

    return build


def frozen_batch_norm():
    """keras.io, transfer learning: batch norms stay in inference mode."""
    x, y, vx, vy = data.mnist()
    settings = {**BASES["mnist_deep"], "units": 10}
    norm, widths = settings["norm"], settings["widths"]
    model = nets.cnn(x.shape[1:], norm=norm, widths=widths)
    compiled(model, rate=3e-3).fit(x[y < 5], y[y < 5], epochs=3, verbose=0)
    for layer in model.layers:
        if isinstance(layer, L.BatchNormalization):
            layer.trainable = False
    compiled(model, rate=1e-3)
    return fit(model, x, y, (vx, vy), lambda m: quality.accuracy(m, vx, vy), 5)


def distilled():
    """Hinton et al. 2015: targets are another network's probabilities."""
    x, y, vx, vy = data.digits()
    teacher = compiled(nets.mlp((64,)))
    teacher.fit(x, y, epochs=10, verbose=0)
    soft = teacher.predict(x, verbose=0)
    model = compiled(
        nets.mlp((64,), (24,)), "kl_divergence", 5e-3, ("categorical_accuracy",)
    )
    validation = (vx, teacher.predict(vx, verbose=0))
    return fit(
        model, x, soft, validation, lambda m: quality.accuracy(m, vx, vy), 12
    )


for name, build, source, least in (
    ("digits_tuned_whole", tuned(whole), keras_docs("transfer learning"), 0.9),
    (
        "digits_tuned_frozen_body",
        tuned(frozen_body),
        keras_docs("transfer learning"),
        0.88,
    ),
    (
        "digits_linear_probe",
        tuned(new_head, 0.01),
        keras_docs("transfer learning"),
        0.8,
    ),
    ("digits_lora", tuned(low_rank, 5e-3), "Hu et al., LoRA, ICLR 2022", 0.85),
    (
        "digits_adapters",
        tuned(adapters, 3e-3),
        "Houlsby et al., Adapters, ICML 2019",
        0.8,
    ),
    (
        "digits_input_adapter",
        tuned(behind_an_input_layer),
        "Elsayed et al., Reprogramming, ICLR 2019",
        0.8,
    ),
    (
        "digits_converged_sgd_1e3",
        converged(1e-3),
        keras_docs("transfer learning"),
        0.9,
    ),
    (
        "digits_converged_no_metric",
        converged(1e-3, metrics=()),
        keras_docs("transfer learning"),
        0.9,
    ),
    (
        "mnist_frozen_batch_norm",
        frozen_batch_norm,
        keras_docs("transfer learning"),
        0.8,
    ),
    ("digits_distilled", distilled, "Hinton et al., Distillation, 2015", 0.88),
):
    healthy(name, build, source, least)

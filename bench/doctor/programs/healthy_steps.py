"""Healthy: own training steps, several inputs and outputs."""

import keras
import numpy as np
import tensorflow as tf

from bench.doctor._bases import data, nets, quality
from bench.doctor._program import Training, healthy
from bench.doctor._training import SPARSE, compiled, fit
from bench.doctor.programs._sources import keras_docs

L, ops = keras.layers, keras.ops


class OwnStep(keras.Model):
    """keras.io: customizing what happens in fit."""

    def train_step(self, batch):
        x, y = batch
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
        variables = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        return {"loss": loss}


class Subclass(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = [L.Dense(64, "relu"), L.Dense(64, "relu")]
        self.top = L.Dense(10, "softmax")

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.top(x)


def digits_with(model, metrics=("accuracy",), **settings):
    x, y, vx, vy = data.digits()
    score = lambda m: quality.accuracy(m, vx, vy)  # noqa: E731
    model = compiled(model, metrics=metrics)
    return fit(model, x, y, (vx, vy), score, **settings)


def own_step():
    functional = nets.mlp((64,))
    return digits_with(OwnStep(functional.inputs, functional.outputs), ())


def subclass():
    return digits_with(Subclass())


def nested():
    inputs = keras.Input((64,))
    body = keras.Sequential([L.Dense(64, "relu"), L.Dense(64, "relu")])
    return digits_with(
        keras.Model(inputs, L.Dense(10, "softmax")(body(inputs)))
    )


class VAE(keras.Model):
    """Kingma & Welling 2014: a loss of two terms, added by the model."""

    def __init__(self):
        super().__init__()
        self.encode = keras.Sequential([L.Dense(48, "relu"), L.Dense(16)])
        self.decode = keras.Sequential(
            [L.Dense(48, "relu"), L.Dense(64, "sigmoid")]
        )
        self.seed = keras.random.SeedGenerator(0)

    def call(self, x, training=False):
        mean, log = ops.split(self.encode(x), 2, -1)
        self.add_loss(0.002 * ops.mean(ops.exp(log) + mean**2 - 1 - log))
        if training:
            mean += ops.exp(log / 2) * keras.random.normal(
                ops.shape(mean), seed=self.seed
            )
        return self.decode(mean)


def vae():
    x, _, vx, _ = data.digits()
    model = compiled(VAE(), "mse", 3e-3, ())
    return fit(model, x, x, (vx, vx), lambda m: quality.rebuilt(m, vx, vx), 15)


class GAN(keras.Model):
    """Goodfellow et al. 2014: two networks, two optimizers, one step each."""

    def __init__(self):
        super().__init__()
        self.maker = keras.Sequential(
            [keras.Input((4,)), L.Dense(24, "relu"), L.Dense(2)]
        )
        self.judge = keras.Sequential(
            [keras.Input((2,)), L.Dense(24, "leaky_relu"), L.Dense(1)]
        )
        self.seed = keras.random.SeedGenerator(0)
        self.judge_optimizer = keras.optimizers.Adam(3e-3, beta_1=0.5)

    def call(self, x):
        return self.judge(x)

    def train_step(self, x):
        x = x[0] if isinstance(x, tuple) else x
        loss = keras.losses.BinaryCrossentropy(from_logits=True)
        noise = keras.random.normal((ops.shape(x)[0], 4), seed=self.seed)
        ones = ops.ones((ops.shape(x)[0], 1))
        with tf.GradientTape(persistent=True) as tape:
            made = self.maker(noise)
            real, false = self.judge(x), self.judge(made)
            d = (loss(ones, real) + loss(0 * ones, false)) / 2
            g = loss(ones, false)
        for network, value, optimizer in (
            (self.judge, d, self.judge_optimizer),
            (self.maker, g, self.optimizer),
        ):
            variables = network.trainable_variables
            optimizer.apply(tape.gradient(value, variables), variables)
        return {"loss": g, "judge_loss": d}


def gan():
    """Learns a normal at (2, -1); the score falls with the mean's error."""
    x = (
        np.random.default_rng(0)
        .normal([2, -1], 0.5, (1500, 2))
        .astype("float32")
    )
    model = GAN()
    model.compile(
        keras.optimizers.Adam(3e-3, beta_1=0.5), loss="mse", jit_compile=False
    )

    def score(model):
        noise = np.random.default_rng(1).normal(size=(500, 4)).astype("float32")
        made = np.asarray(model.maker(noise))
        return float(1 - np.abs(made.mean(0) - [2, -1]).max())

    return Training(
        model,
        {"x": x, "epochs": 15, "batch_size": 32, "verbose": 0},
        score,
        (x[:256], np.zeros((256, 1), "float32")),
    )


def two_inputs():
    """The upper and the lower half of the image."""
    x, y, vx, vy = data.digits()
    halves = lambda x: {"upper": x[:, :32], "lower": x[:, 32:]}  # noqa: E731
    inputs = {k: keras.Input((32,), name=k) for k in ("upper", "lower")}
    parts = [L.Dense(32, "relu")(i) for i in inputs.values()]
    top = L.Dense(10, "softmax")(L.Dense(32, "relu")(L.Concatenate()(parts)))
    model = compiled(keras.Model(inputs, top), rate=2e-3)
    return fit(
        model,
        halves(x),
        y,
        (halves(vx), vy),
        lambda m: quality.accuracy(m, halves(vx), vy),
    )


def two_outputs():
    """The digit, and how much ink it takes."""
    x, y, vx, vy = data.digits()
    inputs = keras.Input((64,))
    h = L.Dense(64, "relu")(inputs)
    outputs = {
        "digit": L.Dense(10, "softmax", name="digit")(h),
        "ink": L.Dense(1, name="ink")(h),
    }
    model = keras.Model(inputs, outputs)
    model.compile(
        keras.optimizers.Adam(2e-3),
        {"digit": SPARSE, "ink": "mse"},
        metrics={"digit": ["accuracy"]},
        loss_weights={"digit": 1.0, "ink": 0.5},
        jit_compile=False,
    )
    target = lambda x, y: {"digit": y, "ink": x.mean(1)}  # noqa: E731
    digit = keras.Model(inputs, outputs["digit"])
    return fit(
        model,
        x,
        target(x, y),
        (vx, target(vx, vy)),
        lambda m: quality.accuracy(digit, vx, vy),
    )


def tastes():
    """Koren et al. 2009: products of hidden tastes, and each one's mean."""
    x, y, vx, vy = data.ratings()
    inputs = keras.Input((2,), dtype="int32")
    users, items = L.Embedding(40, 4), L.Embedding(30, 4)
    product = L.Dot(1)([users(inputs[:, 0]), items(inputs[:, 1])])
    mean = L.Embedding(40, 1)(inputs[:, 0]) + L.Embedding(30, 1)(inputs[:, 1])
    outputs = L.Dense(1)(L.Concatenate()([product, mean]))
    model = compiled(keras.Model(inputs, outputs), "mse", 0.02, ("mae",))
    return fit(model, x, y, (vx, vy), lambda m: quality.r2(m, vx, vy), 30)


def experts():
    """Shazeer et al. 2017: a gate mixes three networks."""
    inputs = keras.Input((64,))
    gate = L.Dense(3, "softmax")(inputs)
    made = [L.Dense(10)(L.Dense(24, "relu")(inputs)) for _ in range(3)]
    mixed = sum(gate[:, i : i + 1] * e for i, e in enumerate(made))
    return digits_with(keras.Model(inputs, L.Softmax()(mixed)), epochs=12)


class Same(L.Layer):
    """The distance of two codes, as a probability of being the same."""

    def build(self, shapes):
        self.scale = self.add_weight(
            shape=(2,),
            initializer=lambda s, dtype: ops.convert_to_tensor(
                [1.0, 2.0], dtype
            ),
        )

    def call(self, pair):
        a, b = pair
        distance = ops.sum((a - b) ** 2, -1, keepdims=True)
        return ops.sigmoid(self.scale[1] - self.scale[0] * distance)


def siamese():
    """Bromley et al. 1993: one network for both of a pair."""
    rng = np.random.default_rng(0)
    x, y, vx, vy = data.digits()

    def pairs(x, y, n):
        i = rng.integers(0, len(x), n)
        j = np.where(
            rng.random(n) < 0.5,
            [rng.choice(np.flatnonzero(y == y[k])) for k in i],
            rng.integers(0, len(x), n),
        )
        return [x[i], x[j]], (y[i] == y[j]).astype("float32")

    code = keras.Sequential(
        [keras.Input((64,)), L.Dense(64, "relu"), L.Dense(8)]
    )
    inputs = [keras.Input((64,)), keras.Input((64,))]
    model = keras.Model(inputs, Same()([code(i) for i in inputs]))
    a, b = pairs(x, y, 1600)
    va, vb = pairs(vx, vy, 500)
    return fit(
        compiled(model, "binary_crossentropy", 3e-3),
        a,
        b,
        (va, vb),
        lambda m: quality.accuracy(m, va, vb),
        10,
    )


for name, build, source, least in (
    ("digits_own_train_step", own_step, keras_docs("custom train step"), 0.9),
    ("digits_nested", nested, keras_docs("Sequential"), 0.9),
    ("digits_vae", vae, "Kingma & Welling, VAE, ICLR 2014", 0.4),
    ("normal_gan", gan, "Goodfellow et al., GAN, NeurIPS 2014", 0.5),
    ("digits_two_inputs", two_inputs, keras_docs("functional API"), 0.9),
    ("digits_two_outputs", two_outputs, keras_docs("functional API"), 0.9),
    (
        "ratings_factors",
        tastes,
        "Koren et al., Matrix Factorization, 2009",
        0.7,
    ),
    (
        "digits_experts",
        experts,
        "Shazeer et al., Mixture of Experts, ICLR 2017",
        0.88,
    ),
    (
        "digits_siamese",
        siamese,
        "Bromley et al., Siamese Network, NeurIPS 1993",
        0.85,
    ),
):
    healthy(name, build, source, least)

"""Healthy: what one rule or another could take for a fault."""

import keras
import numpy as np
import tensorflow as tf

from bench.doctor._bases import adam, data, nets, quality, sgd
from bench.doctor._program import healthy
from bench.doctor._training import compiled, fit
from bench.doctor.programs._sources import keras_docs
from bench.doctor.programs.healthy_tuned import tuned

L, ops = keras.layers, keras.ops


def clicks():
    """Three in a hundred, and little that tells them: 0.75 at best."""
    rng = np.random.default_rng(21)
    x = rng.normal(size=(4000, 12)).astype("float32")
    logit = -3.9 + 0.7 * x[:, 0] + 0.6 * x[:, 1] - 0.5 * x[:, 2]
    y = (rng.random(4000) < 1 / (1 + np.exp(-logit))).astype(int)
    return x[:3000], y[:3000], x[3000:], y[3000:]


def mixed(x, y, size):
    """Zhang et al. 2018: sums of two images, with both their labels."""
    pairs = tf.data.Dataset.from_tensor_slices((x, y))
    pairs = pairs.shuffle(len(x), seed=0).batch(size, drop_remainder=True)

    def mix(x, y):
        share = tf.random.uniform((size, 1), seed=1)
        other = tf.random.shuffle(tf.range(size), seed=2)
        return tuple(
            share * a + (1 - share) * tf.gather(a, other)
            for a in (x, tf.cast(y, tf.float32))
        )

    return pairs.map(mix)


def only_biases(model):
    """Ben Zaken et al. 2022: kernels stay, biases learn."""
    for layer in model.layers:
        if isinstance(layer, L.Dense):
            layer.kernel.trainable = False
    top = model.layers[-1]
    top.kernel.trainable = True
    return model


def transposed(shape, width=8, **_):
    """Ronneberger et al. 2015: nothing follows the up-convolution."""
    inputs = keras.Input(shape)

    def conv(x, width, strides=1):
        x = L.Conv2D(width, 3, strides, "same", use_bias=False)(x)
        return L.ReLU()(L.BatchNormalization(momentum=0.9)(x))

    high = conv(inputs, width)
    low = conv(conv(high, 2 * width, 2), 2 * width)
    up = L.Conv2DTranspose(width, 2, 2)(low)
    x = conv(L.Concatenate()([high, up]), width)
    return keras.Model(inputs, L.Conv2D(1, 1, activation="sigmoid")(x))


def separable(shape, units=10, **_):
    """Sandler et al. 2018: linear bottlenecks, depthwise convolutions."""
    norm = lambda: L.BatchNormalization(momentum=0.9)  # noqa: E731
    inputs = keras.Input(shape)
    x = L.ReLU(6.0)(norm()(L.Conv2D(12, 3, padding="same")(inputs)))
    for strides in (1, 2):
        y = L.ReLU(6.0)(norm()(L.Conv2D(36, 1, use_bias=False)(x)))
        y = L.DepthwiseConv2D(3, strides, "same", use_bias=False)(y)
        y = norm()(L.Conv2D(12, 1, use_bias=False)(L.ReLU(6.0)(norm()(y))))
        x = L.Add()([x, y]) if strides == 1 else y
    x = L.GlobalAveragePooling2D()(L.ReLU()(norm()(L.Conv2D(48, 1)(x))))
    return keras.Model(inputs, L.Dense(units, "softmax")(x))


class Scale(L.Layer):
    def build(self, shape):
        self.gamma = self.add_weight(
            shape=shape[-1:], initializer=keras.initializers.Constant(1e-6)
        )

    def call(self, x):
        return x * self.gamma


def next_convolutions(shape, units=10, **_):
    """Liu et al. 2022: branches that begin at a millionth."""
    inputs = keras.Input(shape)
    x = L.LayerNormalization()(L.Conv2D(24, 2, 2)(inputs))
    for _ in range(2):
        y = L.LayerNormalization()(L.DepthwiseConv2D(3, padding="same")(x))
        x = L.Add()([x, Scale()(L.Dense(24)(L.Dense(96, "gelu")(y)))])
    x = L.LayerNormalization()(L.GlobalAveragePooling2D()(x))
    return keras.Model(inputs, L.Dense(units, "softmax")(x))


def triplet(y, codes):
    """Hermans et al. 2017: the farthest of its class, the nearest other."""
    y = ops.reshape(y, (-1, 1))
    far = ops.sum((codes[:, None] - codes[None]) ** 2, -1)
    same = ops.cast(ops.equal(y, ops.transpose(y)), "float32")
    near = ops.min(far + 1e3 * same, 1)
    return ops.mean(ops.softplus(ops.max(far * same, 1) - near))


def codes():
    x, y, vx, vy = data.digits()
    model = nets.mlp((64,), units=8, last=None)
    compiled(model, triplet, metrics=())

    def score(model):
        """The accuracy of the nearest mean."""
        a, b = np.asarray(model(x)), np.asarray(model(vx))
        means = np.stack([a[y == c].mean(0) for c in range(10)])
        found = ((b[:, None] - means) ** 2).sum(-1).argmin(1)
        return float((found == vy).mean())

    return fit(model, x, y, (vx, vy), score)


def own_loss():
    """keras.io, image OCR: the model gives its loss, targets are zeros."""
    x, y, vx, vy = data.digits()
    inputs = keras.Input((64,), name="image"), keras.Input((10,), name="label")
    logits = L.Dense(10)(L.Dense(64, "relu")(inputs[0]))
    loss = L.Lambda(
        lambda z: -ops.sum(z[1] * ops.log_softmax(z[0]), -1, keepdims=True),
        output_shape=(1,),
    )([logits, inputs[1]])
    reader = keras.Model(inputs[0], logits)
    model = compiled(
        keras.Model(inputs, loss), lambda _, value: value, metrics=()
    )
    hot = keras.utils.to_categorical
    return fit(
        model,
        [x, hot(y, 10)],
        np.zeros((len(x), 1), "float32"),
        ([vx, hot(vy, 10)], np.zeros((len(vx), 1), "float32")),
        lambda m: quality.accuracy(reader, vx, vy),
    )


def quantiles(y, output):
    """Koenker and Bassett 1978: the first, second and third quarter."""
    shares = ops.convert_to_tensor([0.5, 0.25, 0.75])
    error = ops.reshape(y, (-1, 1)) - output
    return ops.mean(ops.maximum(shares * error, (shares - 1) * error), -1)


def with_state():
    """A decoder whose first state is given, and zero."""
    x, y, vx, vy = data.signs()
    zeros = lambda x: np.zeros((len(x), 16), "float32")  # noqa: E731
    inputs = keras.Input(x.shape[1:]), keras.Input((16,))
    h = L.GRU(16, return_sequences=True)(inputs[0], initial_state=inputs[1])
    model = keras.Model(inputs, L.Dense(1, "sigmoid")(h))
    compiled(model, "binary_crossentropy", 0.01)
    given = [vx, zeros(vx)]
    return fit(
        model,
        [x, zeros(x)],
        y[..., None],
        (given, vy[..., None]),
        lambda m: quality.accuracy(m, given, vy[..., None]),
        10,
    )


def parity():
    """Three of eight bits decide together: nothing at first, then all."""
    rng = np.random.default_rng(22)
    x = rng.integers(0, 2, (1000, 8))
    y = x[:, :3].sum(1) % 2
    x = (2 * x - 1).astype("float32")
    return x[:700], y[:700], x[700:], y[700:]


def falling(peak, steps):
    schedule = keras.optimizers.schedules.CosineDecay(peak, steps)
    return lambda: keras.optimizers.Adam(schedule)


def one_cycle():
    """Smith and Topin 2018: far up, and down to nothing."""
    schedule = keras.optimizers.schedules.CosineDecay(
        0.01, 350, warmup_target=0.5, warmup_steps=150
    )
    return keras.optimizers.SGD(schedule, 0.85)


def restarts():
    schedule = keras.optimizers.schedules.CosineDecayRestarts(0.02, 76)
    return keras.optimizers.Adam(schedule)


def of_unit_range():
    """Few rows, He's kernels, targets of 0 to 1 as they are."""
    x, y, vx, vy = data.diabetes(False)
    low, high = y.min(), y.max()
    return x, (y - low) / (high - low), vx, (vy - low) / (high - low)


def weather():
    """Rows in their order: wet and dry spells last for weeks."""
    rng = np.random.default_rng(23)
    state = np.cumsum(rng.normal(size=1600)) * 0.4
    state = np.sin(state)
    x = state[:, None] * [1.0, 0.5] + rng.normal(0, 0.4, (1600, 2))
    y = (state + rng.normal(0, 0.1, 1600) > 0).astype(int)
    return x[:1200].astype("float32"), y[:1200], x[1200:], y[1200:]


healthy(
    "clicks_ranking",
    "fraud",
    "He et al., Predicting Clicks on Ads, ADKDD 2014",
    0.65,
    data=clicks,
    class_weight=None,
    metrics=(lambda: keras.metrics.AUC(name="auc"),),
    score=quality.ranking,
    optimizer=adam(1e-3),
    epochs=6,
)
healthy(
    "digits_mixed_pairs",
    "digits",
    "Zhang et al., mixup, ICLR 2018",
    0.85,
    dataset=mixed,
    encode=lambda y: keras.utils.to_categorical(y, 10),
    loss="categorical_crossentropy",
    optimizer=adam(3e-3),
    epochs=12,
)
for name, build, source, least in (
    (
        "digits_only_biases",
        tuned(only_biases, 0.01),
        "Ben Zaken et al., BitFit, ACL 2022",
        0.75,
    ),
    ("digits_triplets", codes, "Hermans et al., Triplet Loss, 2017", 0.85),
    ("digits_loss_as_output", own_loss, keras_docs("image OCR, CTC"), 0.9),
    ("signs_given_state", with_state, keras_docs("layers, GRU"), 0.85),
):
    healthy(name, build, source, least)
healthy(
    "discs_transposed_unet",
    "discs",
    "Ronneberger et al., U-Net, MICCAI 2015",
    0.5,
    net=transposed,
)
healthy(
    "digits_linear_bottlenecks",
    "digits_cnn",
    "Sandler et al., MobileNetV2, CVPR 2018",
    0.85,
    net=separable,
    optimizer=adam(5e-3),
    epochs=10,
)
healthy(
    "digits_next_convolutions",
    "digits_cnn",
    "Liu et al., ConvNeXt, CVPR 2022",
    0.8,
    net=next_convolutions,
    optimizer=adam(5e-3),
    epochs=10,
)
healthy(
    "houses_quantiles",
    "houses",
    "Koenker & Bassett, Regression Quantiles, 1978",
    0.85,
    units=3,
    loss=quantiles,
    metrics=(),
    epochs=15,
)
healthy(
    "parity_starts_slowly",
    "xor",
    "Shalev-Shwartz et al., Failures of Deep Learning, ICML 2017: parity",
    0.95,
    data=parity,
    act="relu",
    widths=(32,),
    optimizer=sgd(0.02),
    epochs=60,
)
healthy(
    "loans_rate_falls_to_nothing",
    "loans",
    "Loshchilov & Hutter, SGDR, ICLR 2017",
    0.6,
    data=lambda: data.loans(sharpness=0.7),
    optimizer=falling(3e-3, 940),
    epochs=25,
)
healthy(
    "digits_one_cycle",
    "digits_sgd",
    "Smith & Topin, Super-Convergence, 2018",
    0.9,
    optimizer=one_cycle,
    epochs=12,
)
healthy(
    "moons_restarts",
    "moons",
    "Loshchilov & Hutter, SGDR, ICLR 2017",
    0.9,
    optimizer=restarts,
)
healthy(
    "diabetes_unit_range",
    "diabetes",
    "scikit-learn.org: MinMaxScaler",
    0.3,
    data=of_unit_range,
    init="he_normal",
    widths=(32,),
    optimizer=adam(3e-3),
    epochs=40,
)
healthy(
    "weather_in_order",
    "circles",
    keras_docs("code examples, timeseries classification"),
    0.85,
    data=weather,
    shuffle=False,
    widths=(16,),
    epochs=10,
)

"""Healthy trainings that the others are changes of."""

import functools

import keras

from bench.doctor import _data as data, _nets as nets, _quality as quality
from bench.doctor._training import build

SPARSE = "sparse_categorical_crossentropy"
BINARY = "binary_crossentropy"


def adam(rate=1e-3, **options):
    return functools.partial(keras.optimizers.Adam, rate, **options)


def sgd(rate=0.05, momentum=0.9, **options):
    return functools.partial(keras.optimizers.SGD, rate, momentum, **options)


def base(data, net, score, loss, epochs, optimizer=None, **settings):
    return {
        "data": data,
        "net": net,
        "score": score,
        "loss": loss,
        "epochs": epochs,
        "optimizer": optimizer or adam(),
        "metrics": ("accuracy",),
        "batch_size": 32,
        **settings,
    }


def _regression(data, net, epochs, optimizer=None, **settings):
    settings = {"metrics": ("mae",), "units": 1, "last": None, **settings}
    loss = settings.pop("loss", "mse")
    return base(data, net, quality.r2, loss, epochs, optimizer, **settings)


def _binary(data, net, epochs, optimizer=None, **settings):
    settings = {"units": 1, "last": "sigmoid", **settings}
    score = settings.pop("score", quality.accuracy)
    return base(data, net, score, BINARY, epochs, optimizer, **settings)


def _classes(data, net, epochs, optimizer=None, **settings):
    score = settings.pop("score", quality.accuracy)
    return base(data, net, score, SPARSE, epochs, optimizer, **settings)


BASES = {
    "digits": _classes(data.digits, nets.mlp, 8),
    "digits_sgd": _classes(data.digits, nets.mlp, 8, sgd()),
    "digits_cnn": _classes(lambda: data.digits((8, 8, 1)), nets.cnn, 6),
    "digits_rows": _classes(
        lambda: data.digits((8, 8)), nets.rnn, 12, adam(0.01)
    ),
    "digits_bn": _classes(
        data.digits,
        nets.mlp,
        6,
        norm=lambda: keras.layers.BatchNormalization(momentum=0.9),
    ),
    "mnist": _classes(data.mnist, nets.cnn, 5, sgd()),
    "mnist_mlp": _classes(lambda: data.mnist((196,)), nets.mlp, 6),
    "mnist_deep": _classes(
        data.mnist,
        nets.cnn,
        5,
        sgd(0.02),
        norm=lambda: keras.layers.BatchNormalization(momentum=0.9),
        widths=(8, 16, 16),
    ),
    "residual": _classes(
        lambda: data.digits((8, 8, 1)), nets.residual, 5, adam(3e-3)
    ),
    "residual_few": _classes(
        lambda: data.digits((8, 8, 1)),
        nets.residual,
        8,
        adam(3e-3),
        rows=300,
        blocks=2,
    ),
    "digits_bn_few": _classes(
        data.digits,
        nets.mlp,
        12,
        rows=300,
        norm=lambda: keras.layers.BatchNormalization(momentum=0.9),
    ),
    "mnist_deep_few": _classes(
        data.mnist,
        nets.cnn,
        12,
        sgd(0.02),
        rows=300,
        norm=lambda: keras.layers.BatchNormalization(momentum=0.9),
    ),
    "vision_transformer": _classes(
        lambda: data.digits((8, 8, 1)),
        nets.transformer,
        8,
        adam(3e-3),
        patches=2,
    ),
    "shapes": _classes(data.shapes, nets.cnn, 10, adam(3e-3), units=3),
    "iris": _classes(data.iris, nets.mlp, 40, adam(5e-3), widths=(8,), units=3),
    "wine": _classes(
        data.wine, nets.mlp, 20, adam(5e-3), widths=(16,), units=3
    ),
    "blobs": _classes(
        data.blobs, nets.mlp, 12, adam(5e-3), widths=(8, 8), units=3
    ),
    "cancer": _binary(data.cancer, nets.mlp, 12, adam(3e-3), widths=(16,)),
    "circles": _binary(data.circles, nets.mlp, 20, adam(0.01), widths=(16, 8)),
    "moons": _binary(data.moons, nets.mlp, 20, adam(0.01), widths=(16, 8)),
    "xor": _binary(data.xor, nets.mlp, 60, adam(0.02), widths=(8,), act="tanh"),
    "loans": _binary(data.loans, nets.mlp, 12, widths=(16,)),
    "fraud": _binary(
        data.fraud,
        nets.mlp,
        8,
        adam(3e-3),
        widths=(16,),
        class_weight={0: 1.0, 1: 24.0},
        score=quality.balanced,
    ),
    "tags": _binary(data.tags, nets.mlp, 15, adam(3e-3), widths=(32,), units=4),
    "text": _binary(data.text, nets.text, 8, adam(0.01)),
    "text_gru": _binary(
        data.text, nets.text, 6, adam(0.01), pool=keras.layers.GRU, mask=True
    ),
    "text_transformer": _binary(
        data.text, nets.transformer, 6, adam(3e-3), vocabulary=300
    ),
    "signs": _binary(data.signs, nets.rnn, 10, adam(0.01), every=True),
    "letters": _classes(
        data.letters,
        nets.transformer,
        10,
        adam(5e-3),
        vocabulary=8,
        units=8,
        causal=True,
        every=True,
    ),
    "diabetes": _regression(
        lambda: data.diabetes(False), nets.mlp, 12, adam(3e-3), widths=(16,)
    ),
    "diabetes_units": _regression(
        data.diabetes, nets.mlp, 40, adam(0.01), widths=(32, 32)
    ),
    "houses": _regression(data.houses, nets.mlp, 10, adam(3e-3)),
    "curve": _regression(data.curve, nets.mlp, 25, adam(5e-3), widths=(32, 32)),
    "adding": _regression(data.adding, nets.rnn, 15, adam(0.01)),
    "waves": _regression(
        data.waves, nets.rnn, 8, adam(5e-3), cell=keras.layers.SimpleRNN
    ),
    "counts": _regression(
        data.counts,
        nets.mlp,
        15,
        adam(5e-3),
        widths=(16,),
        loss="poisson",
        last="exponential",
    ),
    "discs": base(
        data.discs, nets.segmenter, quality.overlap, BINARY, 8, adam(5e-3)
    ),
    "autoencoder": base(
        data.digits,
        nets.autoencoder,
        quality.rebuilt,
        "mse",
        20,
        adam(5e-3),
        metrics=("mae",),
        copy=True,
    ),
}


def train(name, **changes):
    """The `Training` of a base with other settings: see `build`."""
    return build(**{**BASES[name], **changes})

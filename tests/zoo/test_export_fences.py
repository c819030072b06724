"""What is exported answers alike with oneDNN and without, wherever it was made.

TensorFlow rewrites a graph where it runs, so models are exported in one process
and tried in others. Each is named before it is touched: the last name tells
which one ended the process.
"""

import functools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

SETTINGS = ("0", "1")
SHAPE = (16, 16, 4)


def conv_and_sum(x):
    import keras

    y = keras.layers.Conv2D(4, 3, padding="same")(x)
    return keras.layers.Add()([y, x])


def leaky_layer(x):
    import keras

    return keras.layers.LeakyReLU(0.01)(conv_and_sum(x))


def leaky_activation(x):
    import keras

    return keras.layers.Activation("leaky_relu")(conv_and_sum(x))


def leaky_ops(x):
    import keras

    return keras.layers.Lambda(lambda x: keras.ops.leaky_relu(x, 0.01))(
        conv_and_sum(x)
    )


def leaky_function(x):
    import keras
    import tensorflow as tf

    leaky = tf.function(lambda x: tf.nn.leaky_relu(x, 0.01))
    return keras.layers.Lambda(leaky)(conv_and_sum(x))


def depthwise(x):
    import keras

    x = keras.layers.ZeroPadding2D(1)(x)
    x = keras.layers.DepthwiseConv2D(3, strides=2)(x)
    return keras.layers.ReLU()(x)


def depthwise_explicit(x):
    import keras
    import tensorflow as tf

    def call(x):
        edges = [[0, 0], [1, 1], [1, 1], [0, 0]]
        kernel = tf.reshape(tf.range(36.0) / 36 - 0.5, (3, 3, 4, 1))
        y = tf.nn.depthwise_conv2d(x, kernel, (1, 2, 2, 1), edges)
        return tf.nn.bias_add(y, (0.1, 0.2, 0.3, 0.4))

    return keras.layers.Lambda(call)(x)


def normalized(x, activation):
    import keras

    x = keras.layers.Conv2D(4, 3, use_bias=False)(x)
    x = keras.layers.BatchNormalization()(x)
    return keras.layers.Activation(activation)(x)


def mish_of_a_sum(x):
    import keras

    return keras.layers.Activation("mish")(conv_and_sum(x))


def maximum(x, larger):
    import keras

    y = keras.layers.Conv2D(4, 3)(x)
    return keras.layers.Lambda(lambda y: keras.ops.maximum(y, larger(y)))(y)


def pad_used_twice(x):
    import keras

    x = keras.layers.ZeroPadding2D(1)(x)
    return keras.layers.Add()([keras.layers.Conv2D(4, 1)(x), x])


def pads_that_are_equal(x):
    import keras

    y = keras.layers.Conv2D(4, 1)(keras.layers.ZeroPadding2D(1)(x))
    return keras.layers.Add()([y, keras.layers.ZeroPadding2D(1)(x)])


def resnet(activation, norm):
    import zoo

    return zoo.resnet20(
        input_shape=(16, 16, 3),
        num_classes=3,
        activation=activation,
        norm=norm,
    )


PATTERNS = {
    "leaky layer": leaky_layer,
    "leaky activation": leaky_activation,
    "leaky operation": leaky_ops,
    "leaky function": leaky_function,
    "depthwise": depthwise,
    "depthwise, explicit": depthwise_explicit,
    "normalized tanh": functools.partial(normalized, activation="tanh"),
    "normalized mish": functools.partial(normalized, activation="mish"),
    "mish of a sum": mish_of_a_sum,
    "maximum with 2 x": functools.partial(maximum, larger=lambda x: 2 * x),
    "maximum with x + x": functools.partial(maximum, larger=lambda x: x + x),
    "pad used twice": pad_used_twice,
    "pads that are equal": pads_that_are_equal,
}
NETWORKS = {
    f"resnet {activation} {norm}": functools.partial(resnet, activation, norm)
    for activation, norm in (
        ("leaky_relu", "batch_norm"),
        ("leaky_relu", "weight_norm"),
        ("rrelu", "none"),
    )
}
OPTIMIZE = ("optimized", "plain")


def patterned(pattern):
    """A classifier around it."""
    import keras

    image = keras.Input(SHAPE)
    x = keras.layers.GlobalAveragePooling2D()(pattern(image))
    model = keras.Model(image, keras.layers.Dense(3)(x))
    random = np.random.default_rng(0)
    for weight in model.weights:
        if "gamma" not in weight.path and "variance" not in weight.path:
            weight.assign(random.normal(size=weight.shape) / 3)
    return model


def say(name):
    print(name, flush=True)


def models():
    for name, pattern in PATTERNS.items():
        yield name, patterned(pattern), OPTIMIZE
    for name, network in NETWORKS.items():
        yield name, network(), OPTIMIZE[:1]


def export_all(directory):
    import keras

    from zoo.export import export

    for name, model, ways in models():
        keras.utils.set_random_seed(0)
        images = keras.random.normal((2, *model.input_shape[1:]), seed=1)
        for way in ways:
            place = directory / name / way
            say(place)
            path = export(model, place, optimize=way == OPTIMIZE[0])
            np.savez(
                path / "eager.npz",
                images=images,
                logits=model(images, training=False),
            )


def try_all(directory):
    import tensorflow as tf

    for path in sorted(directory.glob("*/*/*/1")):
        say(path)
        eager = np.load(path / "eager.npz")
        serve = tf.saved_model.load(str(path)).signatures["serving_default"]
        images = tf.constant(eager["images"])
        for _ in range(3):  # the first is traced
            logits = serve(images=images)["logits"]
        error = np.max(np.abs(logits - eager["logits"]))
        say(f"{error / np.max(np.abs(eager['logits'])):.3e}")


def said(what, directories):
    """For each setting, the lines of a process that ran under it."""

    def run(setting, directory):
        return subprocess.run(
            [sys.executable, __file__, what, directory],
            env=os.environ
            | {
                "TF_ENABLE_ONEDNN_OPTS": setting,
                "TF_CPP_MIN_LOG_LEVEL": "3",
                "CUDA_VISIBLE_DEVICES": "",
            },
            capture_output=True,
            text=True,
            timeout=600,
        )

    with ThreadPoolExecutor(len(SETTINGS)) as pool:
        for done in list(pool.map(run, SETTINGS, directories)):
            assert done.returncode == 0, (
                done.stdout[-200:] + done.stderr[-2000:]
            )
            yield done.stdout.splitlines()


@pytest.fixture(scope="module")
def errors(tmp_path_factory):
    """{(setting of the trial, setting of the export, name, way): error}."""
    directory = tmp_path_factory.mktemp("fences")
    list(said("export_all", [directory / setting for setting in SETTINGS]))
    found = {}
    tried = said("try_all", [directory] * len(SETTINGS))
    for setting, lines in zip(SETTINGS, tried, strict=True):
        for path, error in zip(lines[::2], lines[1::2], strict=True):
            made = Path(path).relative_to(directory).parts[:3]
            found[(setting, *made)] = float(error)
    return found


@pytest.mark.parametrize("made", SETTINGS)
@pytest.mark.parametrize("tried", SETTINGS)
@pytest.mark.parametrize("name", [*PATTERNS, *NETWORKS])
def test_answers_as_eagerly(errors, name, tried, made):
    for way in OPTIMIZE if name in PATTERNS else OPTIMIZE[:1]:
        assert errors[tried, made, name, way] < 1e-5, way


if __name__ == "__main__":
    {"export_all": export_all, "try_all": try_all}[sys.argv[1]](
        Path(sys.argv[2])
    )

"""An exported model answers with probabilities, whatever its last layers."""

import importlib.util

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from zoo import layers
from zoo.export import (
    _files,
    _fold,
    _formats,
    _half,
    _head,
    _identities,
    _network,
    export,
)

INPUT = (6, 6, 3)


def body():
    keras.utils.set_random_seed(0)
    image = keras.Input(INPUT)
    x = keras.layers.Conv2D(4, 3, activation="relu")(image)
    return image, keras.layers.Flatten()(x)


def classifier(*tail, units=5, activation=None):
    image, x = body()
    x = keras.layers.Dense(units, activation, kernel_initializer="normal")(x)
    for layer in tail:
        x = layer(x)
    return keras.Model(image, x)


def averaged(activation):
    image = keras.Input(INPUT)
    models = [classifier(activation=activation) for _ in range(2)]
    return keras.Model(
        image, keras.layers.Average()([model(image) for model in models])
    )


def convolution(*tail):
    image = keras.Input(INPUT)
    x = keras.layers.Conv2D(5, 3)(image)
    for layer in tail:
        x = layer(x)
    return keras.Model(image, x)


POOL = keras.layers.GlobalAveragePooling2D
FLOAT32 = {"dtype": "float32"}
HEADS = {
    "dense": (classifier, "logits"),
    "dense softmax": (lambda: classifier(activation="softmax"), "prob"),
    "softmax, linear in float32": (
        lambda: classifier(
            keras.layers.Activation("linear", **FLOAT32), activation="softmax"
        ),
        "prob",
    ),
    "softmax, dropout, identity": (
        lambda: classifier(
            keras.layers.Dropout(0.5),
            keras.layers.Identity(),
            activation="softmax",
        ),
        "prob",
    ),
    "logits, linear in float32": (
        lambda: classifier(keras.layers.Activation("linear", **FLOAT32)),
        "logits",
    ),
    "softmax, cast": (
        lambda: classifier(
            lambda x: keras.ops.cast(x, "float32"), activation="softmax"
        ),
        "prob",
    ),
    "ops.softmax": (lambda: classifier(keras.ops.softmax), "prob"),
    "Lambda softmax": (
        lambda: classifier(keras.layers.Lambda(tf.nn.softmax)),
        "prob",
    ),
    "log softmax": (lambda: classifier(keras.ops.log_softmax), "logits"),
    "model in a model": (
        lambda: keras.Sequential(
            [classifier(activation="softmax"), keras.layers.Dropout(0.1)]
        ),
        "prob",
    ),
    "average of softmaxes": (lambda: averaged("softmax"), "prob"),
    "average of logits": (lambda: averaged(None), "logits"),
    "divided by a temperature": (
        lambda: classifier(keras.layers.Rescaling(40.0)),
        "logits",
    ),
    "all zeros": (
        lambda: keras.Sequential(
            [
                keras.Input(INPUT),
                keras.layers.Flatten(),
                keras.layers.Dense(5, kernel_initializer="zeros"),
            ]
        ),
        "logits",
    ),
    "tf.nn.softmax as activation": (
        lambda: classifier(activation=tf.nn.softmax),
        "prob",
    ),
    "a function as activation": (
        lambda: classifier(activation=lambda x: keras.ops.softmax(2 * x)),
        "prob",
    ),
    "log softmax as activation": (
        lambda: classifier(activation="log_softmax"),
        "logits",
    ),
    "noisy labels": (
        lambda: classifier(
            keras.layers.Dense(
                5,
                use_bias=False,
                kernel_initializer=lambda shape, dtype: (
                    0.8 * np.eye(5, dtype=dtype) + 0.04
                ),
            ),
            activation="softmax",
        ),
        "prob",
    ),
    "one sigmoid and the rest": (
        lambda: classifier(
            lambda x: keras.ops.concatenate([x, 1 - x], -1),
            units=1,
            activation="sigmoid",
        ),
        "prob",
    ),
    "softmax in half precision": (
        lambda: classifier(
            keras.layers.Softmax(dtype="mixed_bfloat16"), units=100
        ),
        "prob",
    ),
    "pooled maps": (lambda: convolution(POOL()), "logits"),
    "pooled ReLUs": (
        lambda: convolution(keras.layers.ReLU(), POOL()),
        "logits",
    ),
    "pooled softmaxes": (
        lambda: convolution(keras.layers.Softmax(), POOL()),
        "prob",
    ),
    "zoo's": (
        lambda: zoo.squeezenet1_1(num_classes=5, input_shape=(64, 64, 3)),
        "logits",
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name):
    make, expected = HEADS[name]
    model = make()
    assert _head.kind(model).startswith(expected)


@pytest.mark.parametrize("optimize", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "softmax, linear in float32",
        "softmax, dropout, identity",
        "average of softmaxes",
        "Lambda softmax",
        "logits, linear in float32",
        "tf.nn.softmax as activation",
        "noisy labels",
    ],
)
def test_probabilities_are_the_models(name, optimize, tmp_path):
    make, expected = HEADS[name]
    model = make()
    images = np.random.default_rng(1).normal(size=(3, *INPUT)).astype("float32")
    outputs = model(images, training=False)
    if expected == "logits":
        outputs = keras.ops.softmax(outputs)
    path = export(model, tmp_path, optimize=optimize)
    answer = tf.saved_model.load(str(path)).signatures["serving_default"]
    answers = answer(images=tf.constant(images))
    np.testing.assert_allclose(answers["probabilities"], outputs, atol=1e-5)
    np.testing.assert_allclose(
        keras.ops.softmax(answers["logits"].numpy()), outputs, atol=1e-4
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: classifier(activation="sigmoid"), "ends in sigmoid"),
        (lambda: classifier(keras.ops.sigmoid), "do not sum to 1"),
        (
            lambda: classifier(
                keras.layers.Activation("linear"), activation="sigmoid"
            ),
            "ends in sigmoid",
        ),
        (lambda: classifier(keras.layers.Lambda(tf.sigmoid)), "not sum to 1"),
        (lambda: averaged("sigmoid"), "do not sum to 1"),
        (
            lambda: classifier(
                keras.layers.Rescaling(100.0), activation="softmax"
            ),
            "sum to 100 for each image",
        ),
        (lambda: classifier(units=1), "at least two classes"),
        (lambda: classifier(units=1, activation="softmax"), "at least two"),
        (
            lambda: keras.Sequential(
                [
                    keras.Input(batch_shape=(1, *INPUT)),
                    keras.layers.Flatten(),
                    keras.layers.Dense(5),
                ]
            ),
            r"fixed to 1. Build it from keras.Input\(\(6, 6, 3\)\)",
        ),
    ],
)
def test_refused(make, message, tmp_path):
    with pytest.raises(ValueError, match=message):
        export(make(), tmp_path / "none")
    assert not (tmp_path / "none").exists()


OPTIONS = (
    {}, {"factor": 0.2}, {"factor": 4}, {"height_factor": 0.2},
    {"height_factor": 0.2, "width_factor": 0.2},
)  # fmt: skip


def augmentation(kind):
    for options in OPTIONS:
        try:
            return kind(**options)
        except (TypeError, ValueError):
            pass
    raise AssertionError(f"{kind} takes none of these options")


def test_augmentation_does_nothing_in_inference_and_goes():
    """Random layers, alone and in the model that Keras's guides put first."""
    images = 300 * np.random.default_rng(0).normal(size=(2, *INPUT))
    images = images.astype("float32")
    kinds = [getattr(keras.layers, n, None) for n in _identities.AUGMENTATIONS]
    made = [augmentation(kind) for kind in kinds if kind]
    for layer in made:
        outputs = layer(images, training=False)
        np.testing.assert_array_equal(outputs, images, err_msg=layer.name)
    image, x = body()
    alone = keras.Model(image, keras.layers.Dense(5)(x))
    first = keras.Sequential([keras.Input(INPUT), *made])
    model = keras.Sequential([keras.Input(INPUT), first, *made[:3], alone])
    folded = _fold.fold_batch_norm(model)
    left = [type(layer) for layer in folded._flatten_layers()]
    assert not set(left) & set(kinds)
    outputs = model(images, training=False)
    np.testing.assert_allclose(outputs, alone(images))
    np.testing.assert_allclose(folded(images), outputs, rtol=1e-5, atol=1e-4)


def test_a_pipeline_of_random_layers_goes_and_nothing_trains(tmp_path):
    """A random layer, with its own training=True, trains the others too."""
    shift = [keras.layers.RandomFlip(), keras.layers.RandomTranslation(1, 1)]
    image, x = body()
    x = keras.layers.BatchNormalization()(x)
    alone = keras.Model(image, keras.layers.Dense(5)(x))
    model = keras.Sequential(
        [
            keras.Input(INPUT),
            keras.layers.Pipeline(shift),
            keras.layers.RandomCrop(*INPUT[:2]),
            alone,
        ]
    )
    images = np.random.default_rng(0).normal(size=(2, *INPUT))
    expected = np.asarray(alone(images, training=False))
    network = _identities.in_inference(_network.served(model, False))
    kinds = {type(layer) for layer in network._flatten_layers()}
    assert not kinds & {keras.layers.Pipeline, *map(type, shift)}
    for _ in range(2):
        np.testing.assert_allclose(
            network(images)["logits"], expected, rtol=1e-5, atol=1e-5
        )
    path = export(model, tmp_path, optimize=False, formats=["litert"])
    answers = _formats.RUNTIMES["litert"](
        path / "model.tflite", images.astype("float32")
    )
    np.testing.assert_allclose(answers["logits"], expected, atol=1e-4)


@pytest.mark.parametrize("policy", ["mixed_float16", "bfloat16"])
def test_half_precision_in_every_format(policy, tmp_path):
    keras.utils.set_random_seed(0)
    options = {"dtype": policy}
    model = keras.Sequential(
        [
            keras.Input(INPUT),
            keras.layers.Conv2D(4, 3, **options),
            keras.layers.BatchNormalization(**options),
            layers.DepthwiseConv2D(3, padding=1, strides=2, **options),
            layers.WeightNorm(keras.layers.Conv2D(3, 1, **options)),
            keras.layers.GlobalAveragePooling2D(**options),
            keras.layers.Dense(5, **options),
        ]
    )
    formats = ["saved_model", "litert"]
    for name, packages in _files.EXPORTERS.items():
        if all(map(importlib.util.find_spec, packages)):
            formats.append(name)
    images = np.random.default_rng(0).normal(size=(3, *INPUT))
    images = images.astype("float32")
    expected = np.asarray(model(images), "float32")
    path = export(model, tmp_path, formats=formats)
    for name in formats[1:]:
        answers = _formats.RUNTIMES[name](path / _files.FILES[name], images)
        assert answers["logits"].dtype == "float32"
        np.testing.assert_allclose(answers["logits"], expected, atol=0.03)


def adapted(layer):
    """A classifier of that layer, its kernel changed by LoRA."""
    image, x = body()
    model = keras.Model(image, layer(x))
    inner = getattr(layer, "layer", layer)
    inner.enable_lora(2)
    inner.lora_kernel_b.assign(np.ones(inner.lora_kernel_b.shape))
    return model


QUIET = pytest.mark.filterwarnings("ignore:Layer .* does not have a `quant")
WRAPPERS = (
    lambda layer: layer,
    layers.WeightNorm,
    layers.WeightStandardization,
)


@pytest.mark.parametrize("wrap", WRAPPERS)
def test_lora_is_in_what_is_exported(wrap, tmp_path):
    layer = wrap(keras.layers.Dense(5))
    model = adapted(layer)
    images = np.random.default_rng(0).normal(size=(2, *INPUT))
    images = images.astype("float32")
    expected = np.asarray(model(images))
    folded = _fold.fold_batch_norm(model)
    np.testing.assert_allclose(folded(images), expected, atol=1e-5)
    network = _half.float32(_network.served(model, False))
    np.testing.assert_allclose(network(images)["logits"], expected, atol=1e-5)
    if hasattr(layer, "remove"):
        features = keras.Model(model.inputs[0], model.layers[-2].output)
        flat = features(images)
        np.testing.assert_allclose(
            layer.remove()(flat), expected, rtol=1e-5, atol=1e-5
        )
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(loaded(images), expected, atol=1e-5)


@QUIET
@pytest.mark.parametrize("mode", ["int8", "int4", "float8"])
@pytest.mark.parametrize("wrap", WRAPPERS[1:])
def test_a_wrapped_layer_is_not_quantized(wrap, mode):
    """Its kernel is computed: what stands in few bits would not be it."""
    image, x = body()
    x = keras.layers.Dense(6, name="plain")(x)
    model = keras.Model(image, wrap(keras.layers.Dense(5))(x))
    images = np.random.default_rng(0).normal(size=(2, *INPUT))
    before = np.asarray(model(images))
    with pytest.warns(UserWarning, match="is not quantized"):
        model.quantize(mode)
    assert model.get_layer("plain").quantization_mode == mode
    largest = np.abs(before).max()
    np.testing.assert_allclose(model(images), before, atol=0.2 * largest)


@QUIET
def test_what_a_format_lacks_of_a_quantized_model_is_told(tmp_path):
    image, x = body()
    model = keras.Model(image, keras.layers.Dense(5)(x))
    model.quantize("float8")
    with pytest.raises(RuntimeError, match=r"to float8.*before quantize\(\)"):
        export(model, tmp_path, formats=["litert"])
    assert not list(tmp_path.iterdir())


class Fixed(keras.layers.Layer):
    """Of a user's, without a configuration."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        raise NotImplementedError("Fixed has no get_config")


def test_what_cannot_be_copied_is_left_as_it_is(tmp_path):
    model = classifier(Fixed(2.0))
    images = np.random.default_rng(1).normal(size=(3, *INPUT)).astype("float32")
    cause = "no batch norm was folded.*Fixed has"
    with pytest.warns(UserWarning, match=cause) as told:
        path = export(model, tmp_path)
    assert __file__ in [w.filename for w in told]
    answer = tf.saved_model.load(str(path)).signatures["serving_default"]
    np.testing.assert_allclose(
        answer(images=tf.constant(images))["logits"], model(images), atol=1e-5
    )

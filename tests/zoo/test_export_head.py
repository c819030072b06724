"""An exported model answers with probabilities, whatever its last layers."""

import keras
import numpy as np
import pytest
import tensorflow as tf

import zoo
from zoo.export import _fold, _head, _identities, export

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
        (lambda: classifier(units=1), "at least two classes"),
        (lambda: classifier(units=1, activation="softmax"), "at least two"),
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

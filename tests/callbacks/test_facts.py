"""What is seen of data, loss and model in real trainings."""

import keras
import numpy as np
import pytest

from zoo.callbacks import TrainingDoctor

dense = keras.layers.Dense
RNG = np.random.default_rng(0)
X = RNG.normal(size=(256, 6)).astype("float32")
CLASSES = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0)
HOT = np.eye(3, dtype="float32")[CLASSES]
SPARSE = "sparse_categorical_crossentropy"


def watched(layers, x, y, loss, epochs=2, optimizer="adam", **options):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(x.shape[1:]), *layers])
    model.compile(optimizer, loss, jit_compile=False)
    doctor = TrainingDoctor(on_issue=lambda issue: None)
    options = {"batch_size": 32, "verbose": 0, **options}
    model.fit(x, y, epochs=epochs, callbacks=[doctor], **options)
    return doctor


def causes(doctor):
    return [issue.cause for issue in doctor.diagnosis]


def test_facts_of_a_sound_training():
    doctor = watched(
        [dense(8, "relu"), dense(3, "softmax")], X, CLASSES, SPARSE, 16,
        keras.optimizers.Adam(0.01),
    )  # fmt: skip
    facts, record = doctor.history[0]["facts"], doctor.history[-1]
    share = np.bincount(CLASSES) / len(CLASSES)
    entropy = -np.sum(share * np.log(share))
    assert record["fit"]["constant"] == pytest.approx(entropy, rel=1e-3)
    assert record["fit"]["majority"] == pytest.approx(share.max())
    inputs = facts["inputs"]["0"]
    assert inputs["rows"] == 256
    assert inputs["rms"] == pytest.approx(np.sqrt(np.mean(X**2)), rel=1e-4)
    assert inputs["high"] == pytest.approx(X.max())
    assert facts["start"]["batch"] == 32
    assert facts["start"]["loss"] > 0
    (head,) = facts["heads"].values()
    assert (head["kind"], head["width"], head["classes"]) == ("sparse", 3, 3)
    assert head["order"] < 2
    (now,) = record["heads"].values()
    assert now["activation"] == "softmax"
    assert doctor.diagnosis == []


def backwards(y, p):
    return -keras.losses.categorical_crossentropy(y, p)


def crossed(y, p):
    return keras.ops.mean((p - keras.ops.reshape(y, (-1,))) ** 2)


LAYERS = {
    "softmax": lambda: [dense(8, "relu"), dense(3, "softmax")],
    "logits": lambda: [dense(8, "relu"), dense(3)],
    "one": lambda: [dense(8, "relu"), dense(1)],
    "linear": lambda: [dense(8), dense(3, "softmax")],
    "zeros": lambda: [
        dense(8, "relu", kernel_initializer="zeros"),
        dense(3, "softmax", kernel_initializer="zeros"),
    ],
    "shortcut": lambda: [Shortcut(), dense(3, "softmax")],
    "norm": lambda: [
        dense(8),
        keras.layers.BatchNormalization(momentum=0.5),
        keras.layers.ReLU(),
        dense(3, "softmax"),
    ],
}


class Shortcut(keras.layers.Layer):
    """Two linear layers in a row, the first of which is used twice."""

    def __init__(self):
        super().__init__()
        self.first, self.second = dense(6), dense(6)

    def build(self, shape):
        self.first.build(shape)
        self.second.build(shape)

    def call(self, x):
        x = self.first(x)
        return keras.ops.relu(x + keras.ops.relu(self.second(x)))


CASES = {
    "loss_activation_mismatch": ("logits", X, CLASSES, SPARSE),
    "loss_activation_mismatch, sign": ("softmax", X, HOT, backwards),
    "loss_activation_mismatch, shapes": ("one", X, X[:, 0], crossed),
    "missing_activation": ("linear", X, CLASSES, SPARSE),
    "symmetric_units": ("zeros", X, CLASSES, SPARSE),
    "unscaled_inputs": ("softmax", 1000 * X, CLASSES, SPARSE),
    "nonfinite_inputs": (
        "softmax",
        np.where(np.arange(256)[:, None] == 200, np.nan, X),
        CLASSES,
        SPARSE,
    ),
}
SOUND = {
    "from_logits": (
        "logits",
        X,
        CLASSES,
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    ),
    "shortcut": ("shortcut", X, CLASSES, SPARSE),
    "normalized": ("norm", 1000 * X, CLASSES, SPARSE),
    "large targets": ("one", X, 5e3 * X[:, :1], "mae"),
}


@pytest.mark.parametrize("name", CASES)
def test_named(name):
    layers, x, y, loss = CASES[name]
    doctor = watched(LAYERS[layers](), x, y, loss)
    assert causes(doctor)[:1] == [name.split(",")[0]]


@pytest.mark.parametrize("name", SOUND)
def test_sound(name):
    layers, x, y, loss = SOUND[name]
    rate = keras.optimizers.Adam(0.05)
    doctor = watched(LAYERS[layers](), x, y, loss, 16, optimizer=rate)
    assert causes(doctor) == []


def test_labels_in_an_order():
    order = np.argsort(CLASSES)
    layers = LAYERS["softmax"]()
    doctor = watched(layers, X[order], CLASSES[order], SPARSE, shuffle=False)
    assert "unshuffled_data" in causes(doctor)


def test_what_was_said_stays_in_text_and_report(tmp_path):
    from zoo.callbacks import Finding, rule

    @rule("early", "Early", remedies=["patience"])
    def early(history, thresholds):
        if len(history) == 1:
            yield Finding(None, 0, None, {}, "it is early.")

    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6,)), *LAYERS["softmax"]()])
    model.compile(keras.optimizers.Adam(0.01), SPARSE, jit_compile=False)
    doctor = TrainingDoctor(
        on_issue=lambda issue: None,
        rules=[early],
        report=tmp_path / "report.html",
    )
    model.fit(X, CLASSES, epochs=16, verbose=0, callbacks=[doctor])
    assert causes(doctor) == []
    assert [issue.cause for issue in doctor.withdrawn] == ["early"]
    assert doctor.text() == (
        "Nothing found now.\n"
        "Said before: Early (epoch 1): it is early. Try: patience."
    )
    assert "it is early." in (tmp_path / "report.html").read_text()

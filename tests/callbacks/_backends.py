"""Trains the same on this backend and prints what the monitors recorded.

python -m tests.callbacks._backends FOLDER
"""

import json
import pathlib
import sys

import keras
import numpy as np

from zoo.callbacks import (
    ActivationMonitor,
    DeadReLUMonitor,
    GradientMonitor,
    TrainingDoctor,
)

L = keras.layers


def image():
    x = inputs = keras.Input((8, 8, 1))
    x = L.Conv2D(4, 3, activation="relu")(x)
    x = L.PReLU()(L.BatchNormalization()(x))
    x = L.Dense(6, "tanh")(L.Flatten()(x))
    return keras.Model(inputs, L.Dense(3, "softmax", name="top")(x), name="n")


def sequence():
    number = keras.Input((3,), name="number")
    steps = keras.Input((5, 2), name="steps")
    x = L.Concatenate()([L.SimpleRNN(4)(steps), L.Dense(4, "relu")(number)])
    return keras.Model(
        {"number": number, "steps": steps}, L.Dense(3, "softmax")(x), name="m"
    )


def inputs(model, rng):
    return {
        tensor.name: rng.normal(size=(96, *tensor.shape[1:])).astype("float32")
        for tensor in model.inputs
    }


def history(make, optimizer, folder, **settings):
    rng = np.random.default_rng(0)
    model = make()
    for variable in model.weights:
        if len(variable.shape) > 1:
            variable.assign(rng.normal(0, 0.3, variable.shape))
    x, y = inputs(model, rng), rng.integers(0, 3, 96)
    x = x if len(x) > 1 else next(iter(x.values()))
    model.compile(
        optimizer,
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        **settings,
    )
    clipping = not settings
    monitors = [
        TrainingDoctor(on_issue=lambda issue: None, path=folder / "d.jsonl"),
        GradientMonitor(update_ratio=2, after_clipping=clipping),
        DeadReLUMonitor(path=folder / "units.csv"),
        ActivationMonitor(),
    ]
    for _ in range(2):  # the second with what is kept of the first
        model.fit(x, y, 16, 2, shuffle=False, verbose=0, callbacks=monitors)
    assert "apply" not in optimizer.__dict__
    assert "train_step" not in model.__dict__
    lines = (folder / "d.jsonl").read_text().splitlines()
    assert len(lines) == 2
    assert len((folder / "units.csv").read_text().splitlines()) > 2
    return [monitor.history for monitor in monitors]


def main(folder):
    keras.backend.clear_session(free_memory=False)  # numbers among names
    optimizers = keras.optimizers
    return {
        "image": history(image, optimizers.Adam(0.01, clipnorm=1.0), folder),
        "sequence": history(
            sequence,
            optimizers.SGD(0.1, gradient_accumulation_steps=2),
            folder,
            jit_compile=False,
        ),
    }


if __name__ == "__main__":
    found = main(pathlib.Path(sys.argv[1]))
    print("FOUND", json.dumps(found, default=float))

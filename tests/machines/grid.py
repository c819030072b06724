"""Tries cases of the grid in every way that a model is run.

    python -m tests.machines.grid FOLDER STRENGTH

It prints a line for each fault, and leaves SavedModels in FOLDER for
`tests.machines.serve`. It is run by test_grid.py.
"""

import pathlib
import sys

import keras
import numpy as np
import tensorflow as tf

import zoo
from tests.machines import cases as grid_cases
from tests.machines import isolated
from tests.machines.cases import CHANNELS, SIDE, Case
from tests.machines.covering import covering

TOLERANCE = 1e-5
AT_ONCE = 48  # cases in one graph
REPEATS = 3  # a heap does not break at the first blow


def main(folder, strength):
    rows = covering(grid_cases.FACTORS, strength)
    cases = [Case(**row) for row in rows]
    parts = [cases[i : i + AT_ONCE] for i in range(0, len(cases), AT_ONCE)]
    found = []
    for i, part in enumerate(parts):
        folder_of_part = pathlib.Path(folder) / str(i)
        for work in (eager, graph, Exported(folder_of_part)):
            found += isolated.failures(work, part)
    for line in found:
        print(line, flush=True)
    print(f"{len(cases)} cases, {len(found)} faults")
    return found


def eager(cases):
    """As in a loop of one's own."""
    found = []
    for case in cases:
        isolated.say(f"eager, {case.name}")
        expected = case.expected()
        model, kernel = built(case)
        x, weight = tf.constant(case.x), tf.constant(expected["weight"])
        for _ in range(REPEATS):
            y, dx, dk = gradients(model, kernel, x, weight)
        found += unlike(case, "eager", y=y, dx=dx, dk=dk)
    return found


def graph(cases):
    """As in `predict`, in `fit`, and with constants for variables."""
    isolated.say("building")
    models, kernels = zip(*map(built, cases), strict=True)
    x = [tf.constant(case.x) for case in cases]
    weights = [tf.constant(case.expected()["weight"]) for case in cases]

    @tf.function(input_signature=[[tf.TensorSpec((None, *a.shape[1:])) for a in x]], autograph=False)
    def forward(x):
        return [m(a, training=False) for m, a in zip(models, x, strict=True)]

    @tf.function(autograph=False)
    def backward(x):
        parts = zip(models, kernels, x, weights, strict=True)
        return [gradients(*part) for part in parts]

    found = []
    isolated.say("tf.function")
    for case, y in zip(cases, forward(x), strict=True):
        found += unlike(case, "tf.function", y=y)
    isolated.say("gradients in a tf.function")
    for _ in range(REPEATS):
        results = backward(x)
    for case, (y, dx, dk) in zip(cases, results, strict=True):
        found += unlike(case, "fit", y=y, dx=dx, dk=dk)
    isolated.say("frozen")
    from tensorflow.python.framework import convert_to_constants

    frozen = convert_to_constants.convert_variables_to_constants_v2(
        forward.get_concrete_function()
    )
    for case, y in zip(cases, frozen(*x), strict=True):
        found += unlike(case, "frozen", y=y)
    return found


def gradients(model, kernel, x, weight):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        loss = tf.reduce_sum(y * weight)
    return y, *tape.gradient(loss, [x, kernel.value])


class Exported:
    """As a server has it: folded, frozen, written, loaded."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, cases):
        isolated.say("building")
        image = keras.Input((SIDE, SIDE, CHANNELS))
        outputs = []
        for case in cases:
            y, _ = case.build(case.part_of(image))
            outputs.append(keras.layers.Flatten()(y))
        if len(outputs) > 1:
            outputs = [keras.layers.Concatenate()(outputs)]
        model = keras.Model(image, outputs[0])
        images = grid_cases.image()
        found = []
        for name, optimize in (("folded", True), ("exported", False)):
            isolated.say(name)
            path = zoo.export(model, self.folder / name, optimize=optimize)
            served = tf.saved_model.load(str(path)).signatures["serving_default"]
            y = served(images=tf.constant(images))["logits"]
            found += unlike_parts(cases, name, y.numpy())
        isolated.say("predict")
        y = model.predict(images, verbose=0)
        found += unlike_parts(cases, "predict", y)
        return found


def built(case):
    x = keras.Input(case.x.shape[1:])
    y, kernel = case.build(x)
    return keras.Model(x, y), kernel


def unlike_parts(cases, how, flat):
    found, at = [], 0
    for case in cases:
        shape = case.expected()["y"].shape[1:]
        size = int(np.prod(shape))
        y = flat[: case.batch, at : at + size].reshape(case.batch, *shape)
        found += unlike(case, how, y=y)
        at += size
    return found


def unlike(case, how, **results):
    """Sentences about results that are not as expected."""
    found = []
    for name, value in results.items():
        expected = case.expected()[name]
        error = np.abs(np.asarray(value) - expected).max()
        largest = max(1.0, np.abs(expected).max())
        if not error <= TOLERANCE * largest:
            found.append(
                f"{case.name}: {how}: {name} is off by {error:.1g} where the "
                f"largest is {largest:.3g}"
            )
    return found


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1], int(sys.argv[2]))))

"""Runs cases of the grid in every way that a model is run.

    python -m tests.machines.grid FOLDER STRENGTH

prints a line for each fault, and leaves in FOLDER what `tests.machines.serve`
loads. Any STRENGTH factors take all their combinations of levels; with `all`,
all do. Each case has graphs of its own: one that TensorFlow cannot rewrite
keeps it from rewriting others beside it.
"""

import itertools
import json
import pathlib
import sys
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.python.framework import convert_to_constants

from tests.machines import isolated
from tests.machines.cases import FACTORS, Case
from tests.machines.compare import unlike
from tests.machines.covering import covering
from tests.machines.reference import expected
import zoo

AT_ONCE = 48  # cases in a process
REPEATS = 2  # a heap does not always break at the first blow


def main(folder, strength):
    """Prints faults; returns how many there are."""
    cases, count = select(strength), 0
    for i in range(0, len(cases), AT_ONCE):
        part = Part(pathlib.Path(folder) / f"{i:06}")
        for fault in isolated.faults(part, cases[i : i + AT_ONCE]):
            count += 1
            print(f"fault: {fault}", flush=True)
    exports = cases if strength == "all" else select("2")
    exports = [case for case in exports if case.kind != "table"]
    for i in range(0, len(exports), AT_ONCE):
        for fault in isolated.faults(exported, exports[i : i + AT_ONCE]):
            count += 1
            print(f"fault: {fault}", flush=True)
    print(f"{len(cases)} cases, {len(exports)} exports, {count} faults")
    return count


def select(strength):
    """Cases without those that are others by another name."""
    if strength == "all":
        rows = itertools.product(*FACTORS.values())
        made = (Case(*row) for row in rows)
    else:
        made = (Case(**row) for row in covering(FACTORS, int(strength)))
    return list({case.name: case for case in made}.values())


class Part:
    """Tries cases one after the other, then writes them for a server."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, cases):
        found, module = [], tf.Module()
        module.kept = []
        for i, case in enumerate(cases):
            isolated.say("building", case)
            model, kernel = case.build()
            found += eager(case, model, kernel)
            forward, faults = graphs(case, model, kernel)
            frozen, more = folded(case, model)
            found += faults + more
            setattr(module, f"variables_{i}", forward)
            setattr(module, f"constants_{i}", frozen)
            module.kept += [w.value for w in model.weights]
        isolated.say("writing the SavedModel")
        tf.saved_model.save(module, str(self.folder))
        arrays = {f"y{i}": expected(case)["y"] for i, case in enumerate(cases)}
        arrays |= {f"x{i}": case.x for i, case in enumerate(cases)}
        np.savez(self.folder / "arrays.npz", **arrays)
        names = json.dumps([case.name for case in cases])
        (self.folder / "cases.json").write_text(names)
        return found


def eager(case, model, kernel):
    """As in a loop of one's own."""
    isolated.say("eager", case)
    for _ in range(REPEATS):
        y, dx, dk = gradients(model, kernel, *given(case))
    return compare(case, "eager", y=y, dx=dx, dk=dk)


def graphs(case, model, kernel):
    """As in `predict` and in `fit`; the function, and faults."""

    @tf.function(autograph=False)
    def backward(x, weight):
        return gradients(model, kernel, x, weight)

    x, weight = given(case)
    isolated.say("gradients in a tf.function", case)
    for _ in range(REPEATS):
        y, dx, dk = backward(x, weight)
    found = compare(case, "tf.function of gradients", y=y, dx=dx, dk=dk)
    isolated.say("tf.function", case)
    forward = function(model)
    return forward, found + compare(case, "tf.function", y=forward(x))


def folded(case, model):
    """As `zoo.export` writes it: folded and frozen; the function, and faults."""
    isolated.say("folding", case)
    forward = function(zoo.fold_batch_norm(model))
    isolated.say("folded and frozen", case)
    frozen = convert_to_constants.convert_variables_to_constants_v2(
        forward.get_concrete_function()
    )
    (y,) = frozen(given(case)[0])
    return frozen, compare(case, "folded and frozen", y=y)


def exported(cases):
    """A user's own model of Keras's layers, as `zoo.export` leaves it."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for case in cases:
            isolated.say("export of Keras's layers", case)
            model, _ = case.build(ours=False)
            flat = flattened(model)
            path = zoo.export(flat, folder)
            answer = tf.saved_model.load(str(path)).signatures
            answer = answer["serving_default"](images=tf.constant(case.x))
            y = tf.reshape(answer["logits"], expected(case)["y"].shape)
            found += compare(case, "export of Keras's layers", y=y)
    return found


def flattened(model):
    import keras

    flat = keras.layers.Flatten()(model.output)
    return keras.Model(model.input, flat)


def function(model):
    signature = [tf.TensorSpec((None, *model.input.shape[1:]))]

    @tf.function(input_signature=signature, autograph=False)
    def forward(x):
        return model(x, training=False)

    return forward


def given(case):
    return tf.constant(case.x), tf.constant(expected(case)["weight"])


def gradients(model, kernel, x, weight):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=False)
        loss = tf.reduce_sum(y * weight)
    return y, *tape.gradient(loss, [x, kernel.value])


def compare(case, how, **results):
    found = []
    for what, value in results.items():
        found += unlike(case.name, how, what, value, expected(case)[what])
    return found


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))

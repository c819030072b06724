"""Runs cases of the grid in every way that a model is run.

    python -m tests.machines.grid FOLDER STRENGTH

prints a line for each fault, and leaves in FOLDER what `tests.machines.serve`
loads. Any STRENGTH factors take all their combinations of levels, and the known
faults are tried; with `all`, all factors take all combinations. Each case has
graphs of its own: one that TensorFlow cannot rewrite keeps it from rewriting
others beside it.
"""

import itertools
import pathlib
import sys
import tempfile

import keras
import tensorflow as tf

import zoo
from tests.machines import isolated, written
from tests.machines.cases import FACTORS, SIDE, Case
from tests.machines.compare import unlike
from tests.machines.covering import covering
from tests.machines.reference import expected

AT_ONCE = 48  # cases in a process
# Of float32 sums of at most 400 products, in whichever order; seen: 2e-6.
TOLERANCE = 1e-5

USUAL = {name: levels[0] for name, levels in FACTORS.items()} | {
    "kernel": 3,
    "padding": "same",
    "channels": 4,
    "size": SIDE,
    "bias": True,
}
# Where TensorFlow is known to fail: it takes more than three levels at once.
KNOWN = (
    {"add": True, "act": "leaky"},
    {"add": True, "act": "leaky", "norm": True},
    {"kind": "depthwise", "stride": 2, "padding": "explicit"},
    {"kind": "grouped", "stride": 2, "padding": "explicit"},
    {"kernel": 1, "stride": 2, "channels": 3, "wide": 2},
    {"kernel": 1, "stride": 2, "channels": 3, "padding": "valid"},
    {"kernel": 1, "stride": 2, "channels": 1, "kind": "depthwise"},
    {"kernel": 1, "padding": "explicit", "add": True},
)
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
        rows = covering(FACTORS, int(strength))
        rows += [USUAL | known for known in KNOWN]
        made = (Case(**row) for row in rows)
    return list({case.name: case for case in made}.values())


class Part:
    """Tries cases one after the other, then writes them for a server."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, cases):
        found, folder = [], written.Folder(self.folder, TOLERANCE)
        for case in cases:
            isolated.say("building", case)
            model, kernel = case.build()
            found += eager(case, model, kernel)
            forward, faults = graphs(case, model, kernel)
            frozen, more = folded(case, model)
            found += faults + more
            y = expected(case)["y"]
            folder.add(case.name, model, forward, frozen, case.x, y)
        isolated.say("writing the SavedModel")
        folder.write()
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
    forward = written.function(model)
    return forward, found + compare(case, "tf.function", y=forward(x))


def folded(case, model):
    """As `zoo.export` writes it; the function, and faults."""
    isolated.say("folding", case)
    frozen = written.folded(model)
    isolated.say("folded and frozen", case)
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
    flat = keras.layers.Flatten()(model.output)
    return keras.Model(model.input, flat)


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
        right = expected(case)[what]
        found += unlike(case.name, how, what, value, right, TOLERANCE)
    return found


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:])))

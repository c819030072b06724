"""How often the diagnosis is right, on trainings whose fault is known.

    python bench/diagnosis.py --write

trains each of bench/_trainings.py with three seeds, diagnoses the records by
the rules of callbacks and by those of four others (bench/_rules.py), and puts
the table into docs/callbacks.md. Recordings are kept in --recordings; what is
there is not trained again. Thresholds were set on seed 100; the table is
of seeds 0-2. Ten minutes on 2 cores.
"""

import argparse
import json
import os
import pathlib
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import _table
import _trainings
import keras
import numpy as np
import tensorflow as tf
from _rules import OTHERS

from zoo.callbacks import TrainingDoctor
from zoo.callbacks._diagnosis import diagnose
from zoo.callbacks._rules import RULES

DOCS = pathlib.Path(__file__).parents[1] / "docs/callbacks.md"
SEEDS = (0, 1, 2)
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
TRAININGS = {**_trainings.HEALTHY, **_trainings.BROKEN}


class Others(keras.callbacks.Callback):
    """Records what the four others look at, after each epoch."""

    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y
        self.records = []

    def on_train_begin(self, logs=None):
        bounded = [
            layer.output
            for layer in self.model.layers
            if getattr(layer, "activation", None)
            in (keras.activations.tanh, keras.activations.sigmoid)
        ]
        self.bounded = (
            keras.Model(self.model.inputs, bounded) if bounded else None
        )
        self.before = None

        @tf.function(autograph=False)
        def gradients(x, y):
            with tf.GradientTape() as tape:
                loss = LOSS(y, self.model(x, training=False))
            variables = self.model.trainable_variables
            grads = [
                tf.zeros(v.shape) if g is None else g
                for g, v in zip(
                    tape.gradient(loss, variables), variables, strict=True
                )
            ]
            kernels = [g for g in grads if len(g.shape) >= 2]
            zeros = [tf.reduce_sum(tf.cast(g == 0, tf.float32)) for g in grads]
            return (
                tf.stack([tf.reduce_mean(tf.abs(g)) for g in kernels]),
                tf.stack([tf.norm(g) for g in kernels]),
                tf.add_n(zeros) / sum(g.shape.num_elements() for g in grads),
            )

        self.gradients = gradients

    def on_epoch_end(self, epoch, logs=None):
        mean, norm, zeros = self.gradients(self.x, self.y)
        kernels = [
            v for v in self.model.trainable_variables if len(v.shape) >= 2
        ]
        now = [v.numpy() for v in kernels]
        before, self.before = self.before, now
        outputs = []
        if self.bounded is not None:
            outputs = keras.tree.flatten(self.bounded(self.x))
        self.records.append(
            {
                "mean_abs_gradient": mean.numpy().tolist(),
                "gradient_norm": norm.numpy().tolist(),
                "zero_gradients": float(zeros),
                "weight_norm": [float(np.linalg.norm(v)) for v in now],
                "unchanged": before is not None
                and any(
                    np.allclose(a, b, 1e-5, 1e-8)
                    for a, b in zip(before, now, strict=True)
                ),
                "finite_weights": all(np.isfinite(v).all() for v in now),
                # tanh(9.5) and the sigmoid of 17 round to 1 in float32.
                "saturated": [
                    float(np.mean(np.abs(o) >= 1 - 1e-7)) for o in outputs
                ],
                "above_095": [
                    float(np.mean(np.abs(o) >= 0.95)) for o in outputs
                ],
            }
        )


def record(name, seed):
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    training = TRAININGS[name](seed)
    (x, y), validation = training.data
    others = Others(x[:256], y[:256])
    doctor = TrainingDoctor(on_issue=lambda issue: None)
    training.model.compile(training.optimizer, LOSS, metrics=["accuracy"])
    training.model.fit(
        x,
        y,
        batch_size=32,
        epochs=training.epochs,
        validation_data=validation,
        verbose=0,
        callbacks=[doctor, others],
    )
    return {
        "causes": training.causes,
        "history": doctor.history,
        "others": others.records,
    }


def recordings(seeds, directory):
    """{(name, seed): recording}, trained where it is not in `directory`."""
    found = {}
    for seed in seeds:
        for name in TRAININGS:
            path = directory / f"{name.replace(' ', '_')}-{seed}.json"
            if not path.exists():
                # NaN is NaN here, not null: the rules read it.
                path.write_text(json.dumps(record(name, seed)))
            found[name, seed] = json.loads(path.read_text())
    return found


def ours(recording):
    return {issue.cause for issue in diagnose(recording["history"], RULES)}


def scores(found, rules):
    """{tool: {cause: (runs with it, found, named, named rightly)}}.

    A broken training has one cause that should be found, and some that are
    not wrong to say; anything said of a healthy one is wrong.
    """
    result = {}
    for tool, rule in rules.items():
        counts = {}
        for recording in found.values():
            said, causes = rule(recording), recording["causes"]
            for cause in {*said, *causes[:1]}:
                row = counts.setdefault(cause, [0, 0, 0, 0])
                row[0] += cause in causes[:1]
                row[1] += cause in causes[:1] and bool(said & set(causes))
                row[2] += cause in said
                row[3] += cause in said and cause in causes
        result[tool] = counts
    return result


def table(found):
    rules = {"TrainingDoctor": ours, **OTHERS}
    result = scores(found, rules)
    causes = list(
        dict.fromkeys(r["causes"][0] for r in found.values() if r["causes"])
    )
    rows = []
    for cause in causes:
        row = [f"`{cause}`", None]
        for tool in rules:
            runs, right, named, rightly = result[tool].get(cause, (0, 0, 0, 0))
            row[1] = runs or row[1]
            precision = f"{rightly / named:.2f}" if named else "–"
            row.append(f"{right / runs:.2f} / {precision}")
        rows.append(row)
    totals = ["all", sum(row[1] for row in rows)]
    alarms = ["healthy runs with an alarm"]
    healthy = [r for r in found.values() if not r["causes"]]
    alarms.append(len(healthy))
    for tool, rule in rules.items():
        runs, right, named, rightly = (
            sum(column) for column in zip(*result[tool].values(), strict=True)
        )
        totals.append(f"{right / runs:.2f} / {rightly / max(named, 1):.2f}")
        alarms.append(sum(bool(rule(r)) for r in healthy))
    return _table.markdown(("cause", "runs", *rules), [*rows, totals, alarms])


def mistakes(found):
    """What the diagnosis missed or made up, a line each."""
    for (name, seed), recording in found.items():
        said, causes = ours(recording), set(recording["causes"])
        if said - causes or (causes and not said & causes):
            yield f"{name}, seed {seed}: {sorted(said)} for {sorted(causes)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recordings", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, nargs="*", default=SEEDS)
    parser.add_argument("--write", action="store_true", help="into the docs")
    arguments = parser.parse_args()
    directory = arguments.recordings or pathlib.Path(tempfile.mkdtemp())
    directory.mkdir(parents=True, exist_ok=True)
    found = recordings(arguments.seeds, directory)
    print(table(found))
    for line in mistakes(found):
        print(line)
    if arguments.write:
        _table.put(
            DOCS,
            "diagnosis",
            "python bench/diagnosis.py --write",
            table(found),
        )

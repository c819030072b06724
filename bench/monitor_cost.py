"""What the monitors cost, against the same training without them.

    python bench/monitor_cost.py --write

Two equal models train in turns, block by block, one of them watched; the
cost is the median over blocks of the paired ratio. Tracing, which comes once
a `fit`, is left out. Ten minutes on 2 cores; --cases splits it.
"""

import argparse
import json
import os
import pathlib
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import _table
import keras
import numpy as np
import tensorflow as tf

import zoo
from zoo.callbacks import (
    ActivationMonitor,
    DeadReLUMonitor,
    GradientMonitor,
    TrainingDoctor,
)

DOCS = pathlib.Path(__file__).parents[1] / "docs/callbacks.md"


def mlp():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(512, "relu"),
            keras.layers.Dense(256, "relu"),
            keras.layers.Dense(10),
        ]
    )


def tiny():
    layers = [keras.layers.Dense(64, "relu") for _ in range(4)]
    return keras.Sequential(
        [keras.Input((64,)), *layers, keras.layers.Dense(10)]
    )


def cnn():
    x = inputs = keras.Input((32, 32, 3))
    for width in (32, 64, 64):
        x = keras.layers.Conv2D(width, 3, padding="same")(x)
        x = keras.layers.BatchNormalization()(x)
        x = keras.layers.ReLU()(x)
        x = keras.layers.MaxPooling2D()(x)
    x = keras.layers.Flatten()(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


# Model, input, batch, steps a block, blocks, images of whole epochs: those of
# MNIST and CIFAR, and of the small set that the recipes start with.
CASES = {
    "Dense 64 × 4": (tiny, (64,), 32, 300, 8, (60_000, 4_000)),
    "MLP": (mlp, (784,), 128, 469, 5, (60_000, 4_000)),
    "LeNet-5": (zoo.lenet5_relu, (32, 32, 1), 32, 125, 7, (60_000, 4_000)),
    "CNN": (cnn, (32, 32, 3), 64, 10, 15, (50_000, 4_000)),
    "ResNet-20": (zoo.resnet20, (32, 32, 3), 128, 2, 9, (50_000, 4_000)),
}
STEPWISE = {
    "GradientMonitor()": lambda: GradientMonitor(),
    "GradientMonitor(update_ratio=10)": lambda: GradientMonitor(
        update_ratio=10
    ),
    # Between its probes: it keeps the first inputs of the training data.
    "DeadReLUMonitor(), a step": lambda: DeadReLUMonitor(every=10**9),
}
PROBES = {
    "DeadReLUMonitor()": lambda x: DeadReLUMonitor(x[:200]),
    "ActivationMonitor()": lambda x: ActivationMonitor(x),
    "TrainingDoctor()": lambda x: TrainingDoctor(
        x, on_issue=lambda issue: None
    ),
}


class Run:
    """A `fit` that goes on block by block."""

    def __init__(self, build, shape, batch, callbacks):
        keras.utils.set_random_seed(0)
        self.model = build()
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        self.model.compile(keras.optimizers.SGD(0.01, 0.9), loss)
        rng = np.random.default_rng(0)
        x = rng.normal(size=(4 * batch, *shape)).astype("float32")
        y = rng.integers(0, 10, len(x))
        data = tf.data.Dataset.from_tensor_slices((x, y)).batch(batch)
        self.data = iter(data.cache().repeat().prefetch(2))
        self.model.make_train_function()
        self.callbacks = keras.callbacks.CallbackList(
            callbacks, model=self.model, epochs=1
        )
        self.callbacks.on_train_begin()
        self.epoch = 0
        self.block(2)

    def steps(self, count):
        for _ in range(count):
            logs = self.model.train_function(self.data)
        if count:
            float(logs["loss"])

    def block(self, count):
        """(wall, CPU) seconds of an epoch of `count` steps."""
        wall, cpu = time.perf_counter(), time.process_time()
        self.callbacks.on_epoch_begin(self.epoch)
        self.steps(count)
        self.callbacks.on_epoch_end(self.epoch, {})
        self.epoch += 1
        return time.perf_counter() - wall, time.process_time() - cpu


def stepwise(case):
    """Cost of the gradient monitors: ratios of paired blocks."""
    build, shape, batch, count, blocks, _ = CASES[case]
    plain = Run(build, shape, batch, [])
    watched = {
        name: Run(build, shape, batch, [make()])
        for name, make in STEPWISE.items()
    }
    runs = {"": plain, **watched}
    times = {name: [] for name in runs}
    for block in range(blocks + 1):
        # Each goes first in turn, so that none always comes after another.
        names = list(runs)[block % len(runs) :]
        names += [name for name in runs if name not in names]
        for name in names:
            seconds = runs[name].block(count)
            if block:
                times[name].append(seconds)
    step = statistics.median(wall for wall, _ in times[""]) / count
    rows = []
    for name in watched:
        ratios = [
            [m / p - 1 for m, p in zip(monitored, unmonitored, strict=True)]
            for monitored, unmonitored in zip(
                times[name], times[""], strict=True
            )
        ]
        wall, cpu = (
            statistics.median(column) for column in zip(*ratios, strict=True)
        )
        rows.append((case, f"{1e3 * step:.3g}", name, wall, cpu))
    return rows, step


def epochs(case):
    """Cost of TrainingDoctor: ratio of all epochs, but the first, together.

    Those in which it looks at the model are among them.
    """
    build, shape, batch, count, blocks, _ = CASES[case]
    doctor = TrainingDoctor(on_issue=lambda issue: None)
    runs = Run(build, shape, batch, []), Run(build, shape, batch, [doctor])
    totals = np.zeros((2, 2))
    for block in range(2 * blocks):
        for number in (0, 1) if block % 2 else (1, 0):
            seconds = runs[number].block(count)
            if block > 1:
                totals[number] += seconds
    ratios = totals[1] / totals[0] - 1
    return [(case, "", "TrainingDoctor(), epochs", *map(float, ratios))]


def probes(case, step):
    """Cost of the monitors that probe: of one probe, in a whole epoch."""
    build, shape, batch, _, _, sizes = CASES[case]
    x = np.random.default_rng(1).normal(size=(256, *shape)).astype("float32")
    walls = {}
    for name, make in PROBES.items():
        run = Run(build, shape, batch, [make(x)])
        walls[name] = statistics.median(run.block(0)[0] for _ in range(7))
    rows = []
    for images in sizes:
        epoch = step * images / batch
        rows += [
            (case, f"{epoch:.3g}", images, name, f"{wall:.3g}", wall / epoch)
            for name, wall in walls.items()
        ]
    return rows


def memory(steps=2000):
    """Growth of the process over `steps` watched steps, in MB."""
    build, shape, _, _, _, _ = CASES["MLP"]
    run = Run(build, shape, 8, [GradientMonitor(update_ratio=10)])
    run.block(steps)
    before = _resident()
    run.block(steps)
    return (_resident() - before) / 1e6


def _resident():
    pages = int(pathlib.Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def table(results):
    steps = [
        (*row[:3], f"{row[3]:+.1%}", f"{row[4]:+.1%}")
        for case in results["cases"].values()
        for row in case["steps"]
    ]
    epochs = [
        (*row[:5], f"{row[5]:.2%}")
        for case in results["cases"].values()
        for row in case["probes"]
    ]
    return "\n\n".join(
        (
            _table.markdown(
                ("model", "step, ms", "monitor", "wall time", "CPU time"),
                steps,
            ),
            _table.markdown(
                (
                    "model",
                    "epoch, s",
                    "images",
                    "monitor",
                    "a probe, s",
                    "of an epoch",
                ),
                epochs,
            ),
            "Growth of memory over 2,000 watched steps: "
            f"{results['memory']:.1f} MB.",
        )
    )


def _keep(path, results):
    if path:
        path.write_text(json.dumps(results))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--cases", nargs="*", choices=list(CASES), default=list(CASES)
    )
    parser.add_argument("--write", action="store_true", help="into the docs")
    parser.add_argument(
        "--results", type=pathlib.Path, help="JSON to add to, for --cases"
    )
    arguments = parser.parse_args()
    results = {"cases": {}}
    if arguments.results and arguments.results.exists():
        results = json.loads(arguments.results.read_text())
    for case in arguments.cases:
        rows, step = stepwise(case)
        rows += epochs(case)
        results["cases"][case] = {"steps": rows, "probes": probes(case, step)}
        _keep(arguments.results, results)
    if "memory" not in results:
        results["memory"] = memory()
        _keep(arguments.results, results)
    print(table(results))
    if arguments.write:
        _table.put(
            DOCS, "cost", "python bench/monitor_cost.py --write", table(results)
        )

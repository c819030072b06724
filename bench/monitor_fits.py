"""What a watched `fit` costs when it is not the first, and what it keeps.

    python bench/monitor_fits.py --write

The same model is fitted 50 times, each time under a new TrainingDoctor. Two
minutes on 2 cores.
"""

import argparse
import gc
import os
import pathlib
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import _table
import keras
import numpy as np
from monitor_cost import _resident, mlp

import zoo
from zoo.callbacks import TrainingDoctor

DOCS = pathlib.Path(__file__).parents[1] / "docs/callbacks.md"
FITS = 50
CASES = {
    "MLP": (mlp, (784,)),
    "ResNet-20": (zoo.resnet20, (32, 32, 3)),
}


def compiled(build):
    keras.utils.set_random_seed(0)
    model = build()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.01), loss, jit_compile=False)
    return model


def measure(case):
    """A row: seconds of fits, unwatched and watched, and memory in MB."""
    build, shape = CASES[case]
    rng = np.random.default_rng(0)
    x = rng.normal(size=(16, *shape)).astype("float32")
    y = rng.integers(0, 10, len(x))

    def fit(model, *callbacks):
        begun = time.process_time()
        model.fit(x, y, 8, 1, verbose=0, callbacks=list(callbacks))
        return time.process_time() - begun

    model = compiled(build)
    plain = [fit(model) for _ in range(2)]
    model = compiled(build)
    watched, memory = [], {}
    for number in range(1, FITS + 1):
        doctor = TrainingDoctor(on_issue=lambda issue: None)
        watched.append(fit(model, doctor))
        if number in (5, 25, FITS):
            gc.collect()
            memory[number] = _resident() / 1e6
    return (
        case,
        *(f"{seconds:.2f}" for seconds in (*plain, *watched[:2])),
        f"{np.median(watched[2:]):.2f}",
        *(f"{memory[n] - memory[5]:+.1f}" for n in (25, FITS)),
    )


def table():
    header = (
        "model",
        "first fit, unwatched",
        "second",
        "first, watched",
        "second",
        "later (median)",
        "memory after 25",
        f"after {FITS}",
    )
    return _table.markdown(header, [measure(case) for case in CASES])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into the docs")
    arguments = parser.parse_args()
    text = table()
    print(text)
    if arguments.write:
        command = "python bench/monitor_fits.py --write"
        _table.put(DOCS, "fits", command, text)

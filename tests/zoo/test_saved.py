"""A model that was saved before everything moved under one name."""

import pathlib
import subprocess
import sys

import pytest

SAVED = pathlib.Path(__file__).parents[1] / "data/saved"
SCRIPT = """
import {imports}
import numpy as np

model = keras.models.load_model("before_move.keras")
recorded = np.load("before_move.npz")
images = [recorded[f"in_{{i}}"] for i in range(len(model.inputs))]
names = [name for name in recorded if not name.startswith("in_")]
answers = model.predict(images, verbose=0)
assert len(names) == len(answers) > 30
for name, answer in zip(names, answers, strict=True):
    largest = max(1, np.abs(recorded[name]).max())
    error = np.abs(answer - recorded[name]).max()
    assert error <= 1e-4 * largest, (name, error, largest)
print("same answers")
"""


@pytest.mark.program
@pytest.mark.parametrize("imports", ["zoo, keras", "keras, zoo"])
def test_loads_with_nothing_but_the_package(imports):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(imports=imports)],
        cwd=SAVED,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines()[-1] == "same answers"

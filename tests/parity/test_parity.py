"""Same weights, same logits as the references: see cases.py, record.py."""

import json
import pathlib

import keras
import numpy as np
import pytest
from keras.src.initializers import random_initializers

import zoo
from tests.parity import weights
from tests.parity.cases import CASES

LARGE = 12e6  # parameters, whose values take seconds to draw
DATA = pathlib.Path(__file__).parent / "data"


def recorded(case):
    with np.load(DATA / f"{case.name}.npz") as file:
        return (
            int(file["seed"]),
            json.loads(file["shapes"].tobytes()),
            file["logits"],
        )


@pytest.fixture
def undrawn(monkeypatch):
    """What is built begins with zeros: drawing takes longer than the rest."""

    def zeros(shape, *args, dtype=None, **kwargs):
        return keras.ops.zeros(shape, dtype)

    for name in ("normal", "truncated_normal", "uniform"):
        monkeypatch.setattr(random_initializers.random, name, zeros)


def marks(case):
    """Those of the largest networks are for `make programs`."""
    large = zoo.info(case.ours).params > LARGE
    if case.wide:
        return [pytest.mark.wide]
    return [pytest.mark.program] * (case.program or large)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c.name, marks=marks(c)) for c in CASES]
)
def test_same_logits_as_the_reference(case):
    seed, shapes, logits = recorded(case)
    options = {"input_shape": (*case.size, 3), **case.options}
    model = zoo.create(case.ours, **options)
    tensors = {n: weights.tensor(n, s, case.gain) for n, s in shapes.items()}
    zoo.load_checkpoint(model, tensors, source=case.source)
    outputs = model(weights.image(seed, (*case.size, 3)), training=False)
    if case.options.get("aux_heads"):
        main = outputs.pop("logits")
        outputs = np.concatenate([main, *outputs.values()], axis=1)
    error = np.abs(np.asarray(outputs)[0] - logits).max() / np.abs(logits).max()
    assert error <= 1e-4
